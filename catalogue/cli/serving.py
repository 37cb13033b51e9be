"""Commands that serve the pages, after loading the demonstration where asked."""

import errno
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException

import click
import waitress
from sqlalchemy import select

from catalogue.cli.exits import AppFactory
from catalogue.cli.installing import is_demonstration
from catalogue.cli.progress import advance_bar
from catalogue.cli.schema import SEED, upgrade
from catalogue.cli.values import WholeNumber
from catalogue.cli.working import start_beside
from catalogue.cli.writing import write_samples
from catalogue.config import ROOT
from catalogue.demonstration import accounts, assessed, loading
from catalogue.domain.errors import CatalogueError, Conflict
from catalogue.extensions import db
from catalogue.models import SourceDocument
from catalogue.services import auditing

_HOST = "127.0.0.1"
_EVERYWHERE = "0.0.0.0"  # noqa: S104 (compared with, not bound)
HEALTH = "/suc-khoe"
WORKERS = 2


_port = click.option(
    "--port",
    type=WholeNumber(1, 65_535),
    default=8000,
    show_default=True,
    help="Cổng để mở trang.",
)


class PortTaken(CatalogueError):
    """The port cannot be listened on."""


@click.command()
@_port
@click.pass_context
def run(ctx: click.Context, port: int) -> None:
    """Nạp bản trình diễn nếu chưa có, viết out/*.docx, rồi mở trang."""
    refuse_taken_port(_HOST, port)
    _load(ctx.obj)
    os.environ.setdefault("CATALOGUE_TODAY", loading.WORKING_DATE.isoformat())
    click.echo(f"\nMở trình duyệt tại http://{_HOST}:{port}   (dừng: Ctrl+C)")
    _serve(ctx.obj, _HOST, port)


@click.command()
@click.pass_context
def demo(ctx: click.Context) -> None:
    """Nạp bản trình diễn vào cơ sở dữ liệu trống và viết out/*.docx."""
    _load(ctx.obj)


@click.command()
@click.option("--host", default=_HOST, show_default=True, help="Địa chỉ mạng để nghe.")
@_port
@click.pass_context
def serve(ctx: click.Context, host: str, port: int) -> None:
    """Mở trang trên cơ sở dữ liệu đang có."""
    refuse_taken_port(host, port)
    with _opened(ctx.obj):
        upgrade()
        if is_demonstration():
            os.environ.setdefault("CATALOGUE_TODAY", loading.WORKING_DATE.isoformat())
    _serve(ctx.obj, host, port)


COMMANDS = (run, demo, serve)


def refuse_taken_port(host: str, port: int) -> None:
    """Raise PortTaken, saying whether it is this program that already runs there."""
    try:
        socket.create_server((host, port)).close()
    except OSError as refusal:
        if refusal.errno != errno.EADDRINUSE:
            message = f"Không mở được cổng {port} tại {host}: {refusal.strerror}."
            raise PortTaken(message) from None
        raise PortTaken(_whose_port(host, port)) from None


def _whose_port(host: str, port: int) -> str:
    reached = _HOST if host == _EVERYWHERE else host
    connection = HTTPConnection(reached, port, timeout=2)
    try:
        connection.request("GET", HEALTH)
        ours = connection.getresponse().read(16).strip() == b"ok"
    except (OSError, HTTPException):
        ours = False
    finally:
        connection.close()
    if ours:
        return f"Chương trình đã chạy rồi: mở http://{reached}:{port}"
    return (
        f"Cổng {port} đang có chương trình khác dùng. Hãy chọn cổng khác: make run PORT={port + 1}"
    )


def _load(create_app: AppFactory) -> None:
    """Load the demonstration into an empty database; leaves one that holds anything alone."""
    with _opened(create_app):
        upgrade()
        if is_demonstration():
            click.echo("Bản trình diễn đã có sẵn; không thay đổi gì.")
            return
        if db.session.scalar(select(SourceDocument.id).limit(1)) is not None:
            raise Conflict(
                "Cơ sở dữ liệu đã có dữ liệu thật; không nạp bản trình diễn vào đó. "
                "Để mở trang trên dữ liệu ấy: «catalogue serve»."
            )
        at = datetime.now(UTC)
        load = loading.Loading(db.session(), SEED, at=at, progress=advance_bar)
        for step in load.steps():
            click.echo(f"  {step.name:<24} {step.counts}")
        printed = accounts.grant_roles(db.session(), since=load.foundation.in_force_from, at=at)
        step = assessed.assess(db.session(), today=loading.WORKING_DATE, at=at)
        click.echo(f"  {step.name:<24} {step.counts}")
        auditing.record(db.session(), "demonstration.loaded", SEED.name, by=None, at=at)
        for path in write_samples(db.session(), ROOT / "out", today=loading.WORKING_DATE):
            click.echo(f"  {'Báo cáo → Word':<24} {path.relative_to(ROOT)}")
        db.session.commit()
    _print_accounts(printed)


def _print_accounts(printed: list[accounts.Printed]) -> None:
    click.echo("\nTài khoản trình diễn (mật khẩu chỉ hiện lần này; quên thì «catalogue link TÊN»):")
    for account in printed:
        click.echo(f"  {account.username:<12} {account.password:<14} {account.role.label}")


@contextmanager
def _opened(create_app: AppFactory) -> Iterator[None]:
    """Open the database; nothing of it is left open that the server's processes would share."""
    with create_app().app_context():
        yield
        db.session.remove()
        db.engine.dispose()


def _serve(create_app: AppFactory, host: str, port: int) -> None:
    """Serve until stopped: gunicorn takes the process over, waitress where there is none.

    A worker that reads uploaded files runs beside it and ends with it.
    """
    start_beside()
    if sys.platform == "win32":
        waitress.serve(create_app(), listen=f"{host}:{port}")
        return
    from gunicorn.app import wsgiapp  # noqa: PLC0415 (not to be had there)

    settings = [
        *("--bind", f"{host}:{port}"),
        *("--workers", str(WORKERS), "--preload", "--no-control-socket"),
    ]
    # Here and not as a program of its own: all that it serves has been imported already.
    sys.argv = ["gunicorn", *settings, "catalogue.app:create_app()"]
    wsgiapp.run()
