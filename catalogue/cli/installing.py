"""Commands that set an installation up and say how it stands."""

import shutil
import sqlite3
from datetime import UTC, datetime

import click
from sqlalchemy import func, inspect, select, text

from catalogue.cli.schema import SEED, upgrade
from catalogue.config import Config
from catalogue.domain.errors import CatalogueError, Conflict, NotFound
from catalogue.domain.words import Role
from catalogue.extensions import db
from catalogue.importers import foundation as foundations
from catalogue.models import Account, AuditEntry, sqlite
from catalogue.services import accounts, auditing, founding, granting, staffing

_FREE_SHARE = 0.10
_FULL = 2  # PRAGMA synchronous


class NotSound(CatalogueError):
    """The installation has something that must be mended before people rely on it."""


@click.command()
@click.option("--username", default="quantri", show_default=True, help="Tên đăng nhập đầu tiên.")
@click.option("--name", default="Quản trị viên", show_default=True, help="Họ tên.")
@click.option("--url", default="http://127.0.0.1:8000", show_default=True, help="Địa chỉ trang.")
@click.pass_context
def init(ctx: click.Context, username: str, name: str, url: str) -> None:
    """Lập một bản cài đặt trống; quản trị viên đầu tiên vào bằng đường dẫn dùng một lần."""
    at = datetime.now(UTC)
    with ctx.obj().app_context():
        upgrade()
        if db.session.scalar(select(Account.id).limit(1)) is not None:
            raise Conflict("Bản cài đặt đã có tài khoản. Dùng «catalogue link TÊN» để vào lại.")
        founding.lay(db.session(), foundations.read(SEED), at=at)
        person = staffing.add_person(db.session(), name)
        db.session.flush()
        granting.grant(
            db.session(),
            person.id,
            Role.ADMINISTRATOR,
            unit_id=None,
            since=at.date(),
            by=None,
            at=at,
        )
        account = accounts.make_account(db.session(), person.id, username, by=None, at=at)
        secret = accounts.make_one_time_link(db.session(), account, by=None, at=at)
        auditing.record(db.session(), "installation.made", username, by=None, at=at)
        db.session.commit()
    _print_link(url, username, secret)


@click.command()
@click.argument("username")
@click.option("--url", default="http://127.0.0.1:8000", show_default=True, help="Địa chỉ trang.")
@click.pass_context
def link(ctx: click.Context, username: str, url: str) -> None:
    """Cấp đường dẫn dùng một lần để một tài khoản đặt lại mật khẩu."""
    with ctx.obj().app_context():
        wanted = select(Account).where(Account.username == accounts.canonical(username))
        account = db.session.scalar(wanted)
        if account is None:
            message = f"Không có tài khoản «{username}»."
            raise NotFound(message)
        at = datetime.now(UTC)
        secret = accounts.make_one_time_link(db.session(), account, by=None, at=at)
        db.session.commit()
    _print_link(url, username, secret)


@click.command()
@click.pass_context
def migrate(ctx: click.Context) -> None:
    """Đưa cơ sở dữ liệu lên lược đồ mới nhất."""
    with ctx.obj().app_context():
        upgrade()
    click.echo("Cơ sở dữ liệu đã ở lược đồ mới nhất.")


@click.command()
@click.pass_context
def doctor(ctx: click.Context) -> None:
    """Xem bản cài đặt có điều gì cần sửa trước khi dùng thật."""
    app = ctx.obj()
    with app.app_context():
        findings = [
            *_database_findings(),
            *_installation_findings(app.extensions["catalogue_config"]),
        ]
    for sound, words in findings:
        click.echo(f"{'  được' if sound else '  SỬA '}  {words}")
    if not all(sound for sound, _ in findings):
        raise NotSound("Có điều cần sửa: xem các dòng SỬA.")


COMMANDS = (init, link, migrate, doctor)


def _print_link(url: str, username: str, secret: str) -> None:
    click.echo(f"Tài khoản: {username}")
    click.echo(f"Đặt mật khẩu tại (dùng một lần): {url.rstrip('/')}/mat-khau/{secret}")


def _database_findings() -> list[tuple[bool, str]]:
    dialect = db.engine.dialect.name
    if dialect != "sqlite":
        version = db.session.scalar(text("SHOW server_version"))
        settings = [
            (name, db.session.scalar(text(f"SHOW {name}")))
            for name in ("fsync", "synchronous_commit", "full_page_writes")
        ]
        return [
            (True, f"PostgreSQL {version}"),
            *((value != "off", f"{name} = {value}") for name, value in settings),
        ]
    mode = db.session.scalar(text("PRAGMA journal_mode")).upper()
    why = (
        "bản này đã vá lỗi WAL-reset"
        if sqlite.wal_is_safe(sqlite3.sqlite_version_info)
        else "bản này còn lỗi WAL-reset có thể mất dữ liệu đã ghi, nên không dùng WAL"
    )
    return [
        (mode == sqlite.journal_mode(), f"SQLite {sqlite3.sqlite_version}, nhật ký {mode}: {why}"),
        (
            db.session.scalar(text("PRAGMA synchronous")) >= _FULL,
            "mỗi lần ghi chờ đĩa",
        ),
        (db.session.scalar(text("PRAGMA foreign_keys")) == 1, "khóa ngoại được giữ"),
        (db.session.scalar(text("PRAGMA integrity_check")) == "ok", "tệp dữ liệu nguyên vẹn"),
    ]


def _installation_findings(config: Config) -> list[tuple[bool, str]]:
    usage = shutil.disk_usage(config.instance)
    free = usage.free / usage.total
    demonstration = is_demonstration()
    return [
        (free > _FREE_SHARE, f"đĩa còn trống {free:.0%}"),
        (bool(config.trusted_hosts), f"tên máy được nhận: {', '.join(config.trusted_hosts)}"),
        (
            config.secure_cookies or demonstration,
            "cookie chỉ đi qua HTTPS (CATALOGUE_HTTPS=1)"
            if config.secure_cookies
            else "cookie đi qua HTTP: chỉ chấp nhận được trên máy này (đặt CATALOGUE_HTTPS=1)",
        ),
    ]


def is_demonstration() -> bool:
    """Tell whether this database was made by the demonstration's load."""
    if not inspect(db.session.connection()).has_table(AuditEntry.__tablename__):
        return False
    loads = select(func.count(AuditEntry.seq)).where(AuditEntry.action == "demonstration.loaded")
    return db.session.scalars(loads).one() > 0
