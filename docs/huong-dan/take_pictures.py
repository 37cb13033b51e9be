"""Takes the pictures of the README and the user guide from a fresh demonstration; `make pictures`.

Needs Chromium, LibreOffice, poppler-utils and ImageMagick beside the project's environment.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from plays import TODAY
from playwright.sync_api import Browser, Page, sync_playwright
from shots import DESK, PAPERS, SHOTS, Size
from sqlalchemy import Select, func, select
from story import Story
from story_of_a_day import StoryOfADay
from story_of_a_description import StoryOfADescription
from werkzeug.serving import make_server

from catalogue.app import create_app
from catalogue.cli import run
from catalogue.cli.writing import write_samples
from catalogue.config import Config
from catalogue.extensions import db
from catalogue.models import Account, Agency, Assessment, Assignment, LogLine, Milestone
from catalogue.services import accounts

PICTURES = Path(__file__).parent / "anh"
PASSWORD = "mat-khau-chup-anh"
COLOURS = 64
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory() as name:
        folder = Path(name)
        os.environ |= {"CATALOGUE_INSTANCE": name, "CATALOGUE_TODAY": TODAY.isoformat()}
        os.environ.pop("CATALOGUE_DATABASE_URL", None)
        app = _loaded(folder)
        with _served(app) as address, sync_playwright() as playwright, app.app_context():
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=list(_FLAGS)
            )
            camera = Camera(browser, address, folder)
            for moment, places in _moments():
                camera.take(moment, places)
            browser.close()
            db.engine.dispose()
        for document in ("bao-cao-quy-1", "mo-ta", "danh-muc"):
            _picture_of(folder / "out" / f"{document}.docx", f"word-{document}")
    _make_small()


class Camera:
    """Takes what is to be seen at a moment of the story."""

    def __init__(self, browser: Browser, address: str, folder: Path) -> None:
        self.browser, self.address, self.folder = browser, address, folder

    def take(self, moment: str, places: Mapping[str, int]) -> None:
        for shot in SHOTS.get(moment, ()):
            page = self._signed_in(shot.who, shot.size)
            if shot.after:
                page.goto(self.address + shot.after)
                page.wait_for_load_state("networkidle")  # by then the device keeps what it needs
            page.goto(self.address + shot.path.format_map(places))
            if shot.typed:
                page.fill(*shot.typed)
            page.screenshot(path=PICTURES / f"{shot.name}.png")
            page.context.close()
        for name, path in PAPERS.get(moment, ()):
            page = self._signed_in("tochuctinh", DESK)
            answer = page.request.get(self.address + path.format_map(places))
            document = self.folder / f"{name}.docx"
            document.write_bytes(answer.body())
            _picture_of(document, name)
            page.context.close()

    def _signed_in(self, who: str, size: Size) -> Page:
        width, height = size
        page = self.browser.new_page(
            viewport={"width": width, "height": height}, locale="vi-VN", reduced_motion="reduce"
        )
        page.goto(f"{self.address}/dang-nhap")
        page.fill("input[name=username]", who)
        page.fill("input[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_load_state()
        return page


def _loaded(folder: Path) -> Flask:
    """Load the demonstration, where every account has the password of the pictures."""
    app = create_app(Config.from_environment())
    if status := run(["demo"], lambda: app):
        sys.exit(status)
    with app.app_context():
        for account in db.session.scalars(select(Account)):
            accounts.set_password(db.session(), account, PASSWORD, by=None, at=datetime.now(UTC))
        db.session.commit()
        list(write_samples(db.session(), folder / "out", today=TODAY))
    return app


@contextmanager
def _served(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


def _moments() -> Iterator[tuple[str, Mapping[str, int]]]:
    """Give each moment with the keys that addresses need: first as loaded, then the stories."""
    session = db.session()
    places = {
        "line": _line_of(session.scalars(_account("canbo")).one()),
        "milestone": session.scalars(select(func.min(Milestone.id))).one() or 0,
        "agency": session.scalars(select(Agency.id).where(Agency.code == "VPTU")).one(),
        "assessment": session.scalars(select(func.min(Assessment.id))).one() or 0,
    }
    session.commit()
    yield "load", places
    for story in (StoryOfADay(session), StoryOfADescription(session), Story(session)):
        for moment in story.play():
            yield moment, places | story.places


def _account(username: str) -> Select[tuple[Account]]:
    return select(Account).where(Account.username == username)


def _line_of(account: Account) -> int:
    query = (
        select(func.min(LogLine.id))
        .join(Assignment, Assignment.id == LogLine.assignment_id)
        .where(Assignment.person_id == account.person_id, LogLine.product.is_not(None))
    )
    return db.session.scalars(query).one() or 0


def _picture_of(document: Path, name: str) -> None:
    """Render the document's first page as LibreOffice lays it out."""
    profile = f"-env:UserInstallation=file://{document.parent / 'profile'}"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir"]
    subprocess.run([*convert, str(document.parent), str(document)], check=True, capture_output=True)
    first_page = ["pdftoppm", "-r", "75", "-png", "-singlefile", "-f", "1"]
    pdf = document.with_suffix(".pdf")
    subprocess.run([*first_page, str(pdf), str(PICTURES / name)], check=True)


def _make_small() -> None:
    """Keep few colours, so that the repository stays small; texts stay as sharp as they were."""
    pictures = [str(path) for path in sorted(PICTURES.glob("*.png"))]
    reduce = ["mogrify", "-strip", "+dither", "-colors", str(COLOURS)]
    subprocess.run([*reduce, *pictures], check=True)


if __name__ == "__main__":
    main()
