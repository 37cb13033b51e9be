"""What LibreOffice makes of the papers: every page whole, every remark and change still there."""

import subprocess
from pathlib import Path

import pytest

from catalogue.domain.words import UNVERIFIED
from catalogue.importers import review_pack
from tests.exporters.paper_examples import COMPARISON, DIGEST, PACK
from tests.exporters.test_papers import PAPERS, printed
from tests.exporters.test_printed_pages import squeezed
from tests.exporters.test_tracked_changes import cells, rows_of
from tests.exporters.word_rules import document_of

AGAIN = ("pack", "comparison")
# What a reader looks for on each paper, from its head to its foot.
WORDS = {
    "proposal": ("ĐẢNG CỘNG SẢN VIỆT NAM", "TỜ TRÌNH", "Kính gửi: Ban Thường vụ", "TRƯỞNG BAN"),
    "ballots": ("PHIẾU LẤY Ý KIẾN", "Trần Ủy Viên", "☒", "☐", "NGƯỜI CHO Ý KIẾN"),
    "answers": ("BẢNG TỔNG HỢP", "Tiếp thu", "Giải trình", "Nơi nhận:"),
    "conclusion": ("THÔNG BÁO", "Số 07-TB/TU", "Không thông qua", "PHÓ BÍ THƯ"),
    "decision": ("QUYẾT ĐỊNH", "Điều 3.", "PHỤ LỤC", "Tổng cộng", DIGEST),
    "pack": ("BẢN XEM XÉT", "Hồ sơ số 12, lần trình 2.", DIGEST, "Văn thư, lưu trữ"),
    "comparison": ("SO SÁNH DANH MỤC", "ngày 01/4/2024 và ngày 15/4/2024", "Lái xe"),
}


@pytest.fixture(scope="module")
def folder(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Print every paper to PDF, and save what comes back as LibreOffice does."""
    folder = tmp_path_factory.mktemp("papers")
    for name in PAPERS:
        (folder / f"{name}.docx").write_bytes(printed(name))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for form, names, target in (
        ("pdf", PAPERS, "."),
        ("docx:MS Word 2007 XML", AGAIN, "again"),
    ):
        files = [f"{name}.docx" for name in names]
        command = [soffice, profile, "--headless", "--convert-to", form, "--outdir", target, *files]
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
    return folder


@pytest.fixture(scope="module")
def pages(folder: Path, pdftotext: str) -> dict[str, list[str]]:
    """Give each page's text without spaces, which a PDF places where it likes."""
    found = {}
    for name in PAPERS:
        command = [pdftotext, "-layout", str(folder / f"{name}.pdf"), "-"]
        text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        found[name] = [squeezed(page) for page in text.split("\f")[:-1]]
    return found


@pytest.mark.parametrize("name", PAPERS)
def test_every_page_bears_its_mark_and_no_paper_lacks_a_part(
    pages: dict[str, list[str]], name: str
) -> None:
    whole = "".join(pages[name])
    assert all(squeezed(UNVERIFIED) in page for page in pages[name])
    assert [words for words in WORDS[name] if squeezed(words) not in whole] == []


@pytest.mark.parametrize("name", ["proposal", "conclusion", "decision", "ballots"])
def test_no_signature_stands_on_a_page_alone(pages: dict[str, list[str]], name: str) -> None:
    signed = ("TRƯỞNG BAN", "T/M BAN THƯỜNG VỤ", "NGƯỜI CHO Ý KIẾN")
    before = ("Kính trình", "Trên đây là kết luận", "Điều 3.", "giữ nguyên như danh mục")
    for page in pages[name]:
        if any(squeezed(words) in page for words in signed):
            assert any(squeezed(words) in page for words in before)


def test_remarks_saved_by_libreoffice_are_on_their_rows(folder: Path) -> None:
    found = review_pack.read((folder / "again" / "pack.docx").read_bytes())
    here = {each.item.ordinal for each in PACK.items}
    expected = {
        (each.ordinal if each.ordinal in here else None, each.said, each.at)
        for each in PACK.remarks
    }
    assert {(each.ordinal, each.said, each.at) for each in found.remarks} == expected
    assert (found.dossier_id, found.sha256, found.problems) == (12, DIGEST, ())


def test_changes_saved_by_libreoffice_can_still_be_accepted_or_rejected(folder: Path) -> None:
    document = document_of((folder / "again" / "comparison.docx").read_bytes())
    assert rows_of(document, accept=True) == cells(COMPARISON.latter)
    assert rows_of(document, accept=False) == cells(COMPARISON.former)
