"""The command line as a test types it: in this process, on a database of its own."""

import json
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from catalogue import cli
from catalogue.app import create_app
from catalogue.config import Config
from catalogue.extensions import db

_TOLD_FROM_OUTSIDE = (
    "TODAY",
    "DATABASE_URL",
    "HTTPS",
    "PROXIES",
    "TRUSTED_HOSTS",
    "SMTP_HOST",
    "VAPID_PRIVATE_KEY",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command answered and printed."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 (what JSON holds)
        return json.loads(self.out)


@dataclass
class Terminal:
    """Runs commands one after another against one database.

    `apps` holds an application for each settings: made once, for it is long in making.
    """

    environment: pytest.MonkeyPatch
    instance: Path
    apps: dict[Config, Flask] = field(default_factory=dict)

    def use(self, url: str) -> None:
        """Turn the commands to come to the database at this address."""
        self.environment.setenv("CATALOGUE_DATABASE_URL", url)

    def __call__(self, *arguments: str | Path) -> Answer:
        out, err = StringIO(), StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            status = cli.run([str(argument) for argument in arguments], self._app)
        self.close()
        return Answer(status, out.getvalue(), err.getvalue())

    def close(self) -> None:
        """Leave no connection open, as a command that has ended leaves none."""
        for app in self.apps.values():
            with app.app_context():
                db.engine.dispose()

    def _app(self) -> Flask:
        settings = Config.from_environment()
        if settings not in self.apps:
            self.apps[settings] = create_app(settings)
        return self.apps[settings]


def open_terminal(environment: pytest.MonkeyPatch, instance: Path) -> Terminal:
    """Open a terminal whose settings say nothing but where its files lie."""
    for name in _TOLD_FROM_OUTSIDE:
        environment.delenv(f"CATALOGUE_{name}", raising=False)
    environment.setenv("CATALOGUE_INSTANCE", str(instance))
    return Terminal(environment, instance)


Ask = Callable[..., Answer]
