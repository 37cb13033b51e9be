"""Wires the program: configuration, extensions, pages, and the command line."""

from datetime import timedelta

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from catalogue import blueprints, cli
from catalogue.config import ROOT, Config
from catalogue.domain.limits import FORM_BYTES, UPLOAD_BYTES
from catalogue.extensions import csrf, db, login, migrate
from catalogue.models import postgresql, sqlite

_FORM_SLACK = 64 * 1024


def create_app(config: Config | None = None) -> Flask:
    """Build the application; the database is not touched until something is asked of it."""
    config = config or Config.from_environment()
    app = Flask("catalogue", root_path=str(ROOT / "catalogue"), template_folder=ROOT / "templates")
    app.config.update(_settings(config))
    app.extensions["catalogue_config"] = config
    _bind_extensions(app)
    blueprints.register(app)
    if config.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=config.proxies, x_proto=config.proxies, x_host=config.proxies
        )
    return app


def main() -> None:
    """Run the command line."""
    cli.main(create_app)


def _settings(config: Config) -> dict[str, object]:
    return {
        "SECRET_KEY": config.secret_key(),
        "SQLALCHEMY_DATABASE_URI": config.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(config.database_url),
        "MAX_CONTENT_LENGTH": UPLOAD_BYTES + _FORM_SLACK,
        "MAX_FORM_MEMORY_SIZE": FORM_BYTES,
        "MAX_FORM_PARTS": 1_000,
        "TRUSTED_HOSTS": list(config.trusted_hosts),
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=10),
        "SESSION_COOKIE_NAME": "__Host-catalogue" if config.secure_cookies else "catalogue",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": config.secure_cookies,
        "WTF_CSRF_TIME_LIMIT": None,
    }


def _engine_options(database_url: str) -> dict[str, str]:
    return sqlite.OPTIONS if database_url.startswith("sqlite:") else {}


def _bind_extensions(app: Flask) -> None:
    db.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "catalogue" / "migrations"))
    csrf.init_app(app)
    login.init_app(app)
    with app.app_context():
        sqlite.prepare(db.engine)
        postgresql.prepare(db.engine)
