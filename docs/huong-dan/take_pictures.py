"""Takes the pictures of the README and the user guide from a fresh demonstration; `make pictures`.

Needs Chromium, LibreOffice and poppler-utils beside the project's environment.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import Select, func, select
from werkzeug.serving import make_server

from catalogue.app import create_app
from catalogue.cli import run
from catalogue.cli.writing import write_samples
from catalogue.config import Config
from catalogue.extensions import db
from catalogue.models import Account, Assignment, LogLine
from catalogue.services import accounts

PICTURES = Path(__file__).parent / "anh"
TODAY = date(2024, 4, 10)
PASSWORD = "mat-khau-chup-anh"
DESK, PHONE = (1180, 760), (360, 780)
# picture, who looks, at which size, which page
SHOTS = (
    ("trang-dau", "tochuctinh", DESK, "/"),
    ("danh-muc", "tochuctinh", DESK, "/danh-muc?tim=cong+tac+can+bo"),
    ("vi-tri", "tochuctinh", DESK, "/vi-tri/5"),
    ("van-ban", "tochuctinh", DESK, "/van-ban"),
    ("gio-thang", "tochuctinh", DESK, "/gio?thang=2024-03"),
    ("don-vi", "thutruong", DESK, "/don-vi/1"),
    ("nguon-goc", "tochuctinh", DESK, "/dong/{line}"),
    ("hom-nay", "canbo", PHONE, "/ngay-cua-toi?ngay=2024-03-05"),
)
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
    with TemporaryDirectory() as folder:
        os.environ |= {"CATALOGUE_INSTANCE": folder, "CATALOGUE_TODAY": TODAY.isoformat()}
        os.environ.pop("CATALOGUE_DATABASE_URL", None)
        with _served(Path(folder)) as (address, line), sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=list(_FLAGS)
            )
            for name, who, size, path in SHOTS:
                page = _signed_in(browser, address, who, size)
                page.goto(address + path.format(line=line))
                page.screenshot(path=PICTURES / f"{name}.png")
                page.context.close()
            browser.close()
        for document in ("bao-cao-quy-1", "mo-ta", "danh-muc"):
            _picture_of(Path(folder) / "out" / f"{document}.docx", f"word-{document}")


@contextmanager
def _served(folder: Path) -> Iterator[tuple[str, int]]:
    """Load the demonstration and serve it; gives its address and a line of one of the accounts."""
    app = create_app(Config.from_environment())
    if status := run(["demo"], lambda: app):
        sys.exit(status)
    with app.app_context():
        for account in db.session.scalars(select(Account)):
            accounts.set_password(db.session(), account, PASSWORD, by=None, at=datetime.now(UTC))
        db.session.commit()
        line = _line_of(db.session.scalars(_account("canbo")).one())
        list(write_samples(db.session(), folder / "out", today=TODAY))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", line
    server.shutdown()
    thread.join()
    with app.app_context():
        db.engine.dispose()


def _account(username: str) -> Select[tuple[Account]]:
    return select(Account).where(Account.username == username)


def _line_of(account: Account) -> int:
    query = (
        select(func.min(LogLine.id))
        .join(Assignment, Assignment.id == LogLine.assignment_id)
        .where(Assignment.person_id == account.person_id, LogLine.product.is_not(None))
    )
    return db.session.scalars(query).one() or 0


def _signed_in(browser: Browser, address: str, who: str, size: tuple[int, int]) -> Page:
    width, height = size
    page = browser.new_page(viewport={"width": width, "height": height}, locale="vi-VN")
    page.goto(f"{address}/dang-nhap")
    page.fill("input[name=username]", who)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_load_state()
    return page


def _picture_of(document: Path, name: str) -> None:
    """Render the document's first page as LibreOffice lays it out."""
    profile = f"-env:UserInstallation=file://{document.parent / 'profile'}"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir"]
    subprocess.run([*convert, str(document.parent), str(document)], check=True, capture_output=True)
    first_page = ["pdftoppm", "-r", "70", "-png", "-singlefile", "-f", "1"]
    pdf = document.with_suffix(".pdf")
    subprocess.run([*first_page, str(pdf), str(PICTURES / name)], check=True)


if __name__ == "__main__":
    main()
