"""What LibreOffice makes of our files: pages with everything on them, forms that still read."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from catalogue.domain.layout import layout_on
from catalogue.domain.words import UNVERIFIED
from catalogue.exporters import description_document, hours_report, position_annex
from catalogue.importers.description_document import read
from tests.exporters.examples import DAY, DRIVER, LISTING, REPORT, SPECIMEN


@pytest.fixture(scope="module")
def folder(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Print one file of each kind to PDF, and save the form again as LibreOffice does."""
    folder = tmp_path_factory.mktemp("printed")
    layout = layout_on(DAY)
    group = LISTING.groups[1]
    long_group = replace(group, positions=group.positions * 20)
    files = {
        "form": description_document.write([DRIVER] * 2, layout=layout),
        "annex": position_annex.write(replace(LISTING, groups=(long_group,)), layout=layout),
        "report": hours_report.write(REPORT, layout=layout),
    }
    for kind, file in files.items():
        (folder / f"{kind}.docx").write_bytes(file)
    _convert(soffice, folder, "pdf", *(f"{kind}.docx" for kind in files))
    _convert(soffice, folder, "docx:MS Word 2007 XML", "form.docx", "--outdir", "again")
    return folder


@pytest.fixture(scope="module")
def pages(folder: Path, pdftotext: str) -> dict[str, list[str]]:
    """Give each page's text without spaces, which a PDF places where it likes."""
    found = {}
    for pdf in folder.glob("*.pdf"):
        command = [pdftotext, "-layout", str(pdf), "-"]
        text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        found[pdf.stem] = [squeezed(page) for page in text.split("\f")[:-1]]
    return found


def _convert(soffice: str, folder: Path, *arguments: str) -> None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", *arguments]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_a_form_saved_again_by_libreoffice_reads_back_the_same(folder: Path) -> None:
    found = read((folder / "again" / "form.docx").read_bytes())
    assert [replace(description, problems=()) for description in found] == [DRIVER, DRIVER]


def test_every_page_of_a_form_bears_its_mark_and_pages_are_counted_anew(
    pages: dict[str, list[str]],
) -> None:
    texts = pages["form"]
    assert all(squeezed(SPECIMEN) in text for text in texts)
    opening = [squeezed("BẢN MÔ TẢ CÔNG VIỆC") in text for text in texts]
    assert opening == [True, False] * 2
    assert [text.startswith("2") for text in texts] == [False, True] * 2


def test_every_page_of_an_annex_bears_its_mark_and_the_heads_of_its_table(
    pages: dict[str, list[str]],
) -> None:
    texts = pages["annex"]
    assert len(texts) > 2
    for words in (UNVERIFIED, "Tên vị trí việc làm", "Nguồn gốc"):
        assert all(squeezed(words) in text for text in texts)
    assert squeezed("Tổng cộng 40 vị trí 40") in texts[-1]


def test_a_report_prints_its_figures_its_footnotes_and_its_annex(
    pages: dict[str, list[str]],
) -> None:
    whole = "".join(pages["report"])
    for words in ("ĐẢNG CỘNG SẢN VIỆT NAM", "giờ/người/ngày", "in 6,23", "Nơi nhận:"):
        assert squeezed(words) in whole
    (annex,) = [text for text in pages["report"] if squeezed("PHỤ LỤC") in text]
    assert squeezed("Trường Chính trị tỉnh") in annex
