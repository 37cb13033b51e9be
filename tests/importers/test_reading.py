"""Reading in a child process: what comes back, and what a hostile file cannot do."""

import shutil
import subprocess

import pytest

from catalogue.domain import limits
from catalogue.domain.annex import as_json
from catalogue.domain.errors import UnreadableFile
from catalogue.importers import position_annex, reading
from tests.docx_kit import docx, inserted, pack, parts, table

HEADER = ["TT", "Tên vị trí việc làm", "Ngạch", "Mã", "Biên chế"]
ANNEX = docx(
    table(
        HEADER,
        ["1", inserted("Chánh Văn phòng"), "CVC", "I.01", "1"],
        ["2", "Văn thư", "VTV", "", "x"],
    )
)


def test_a_record_comes_back_from_the_child_as_it_was_read() -> None:
    assert reading.read_annex(ANNEX, "a.docx") == position_annex.read(ANNEX, "a.docx")


def test_json_of_an_annex_names_the_fields_of_each_row() -> None:
    plain = as_json(position_annex.read(ANNEX))
    assert plain["rows"][0] == {
        "no": "1",
        "name": "Chánh Văn phòng",
        "group": None,
        "rank": "CVC",
        "code": "I.01",
        "headcount": 1,
        "table": 1,
        "row": 2,
        "raw": ["1", "Chánh Văn phòng", "CVC", "I.01", "1"],
    }
    assert {"where", "what", "fix"} <= plain["problems"][0].keys()


def test_progress_ends_at_the_whole_document() -> None:
    seen: list[tuple[int, int, int]] = []
    reading.read_annex(ANNEX, "a.docx", lambda *told: seen.append(told))
    done, total, _ = seen[-1]
    assert done == total > 0


def test_progress_tells_how_many_rows_were_met_so_far() -> None:
    rows = [[str(number), f"Vị trí {number}", "", "", ""] for number in range(1, 4001)]
    seen: list[int] = []
    long = docx(table(HEADER, *rows[:2000]), "", table(HEADER, *rows[2000:]))
    reading.read_annex(long, "a.docx", lambda _, __, rows: seen.append(rows))
    assert seen == sorted(seen)
    assert seen[0] < 2000 < seen[-1] <= 4002


def test_one_child_reads_many_files_in_a_row_and_outlives_a_refusal() -> None:
    with reading.Reader() as reader:
        assert len(reader.annex(ANNEX, "a.docx").rows) == 2
        with pytest.raises(UnreadableFile, match="bị hỏng"):
            reader.annex(b"", "b.docx")
        assert len(reader.annex(ANNEX, "c.docx").rows) == 2


def test_a_file_that_takes_too_long_is_refused_and_the_next_is_read() -> None:
    with (
        reading.Reader(seconds=0.0) as reader,
        pytest.raises(UnreadableFile, match="không được nhận"),
    ):
        reader.annex(ANNEX, "slow.docx")
    with reading.Reader() as reader:
        assert len(reader.annex(ANNEX, "a.docx").rows) == 2


def test_a_file_of_too_many_elements_is_refused() -> None:
    files = parts("")
    paragraphs = b"<w:p/>" * (limits.DOCUMENT_ELEMENTS + 1)
    files["word/document.xml"] = files["word/document.xml"].replace(
        b"<w:body>", b"<w:body>" + paragraphs
    )
    with pytest.raises(UnreadableFile, match="sau khi giải nén"):
        reading.read_annex(pack(files), "bomb.docx")


def test_an_upload_over_the_limit_is_refused_before_a_child_sees_it() -> None:
    with pytest.raises(UnreadableFile, match="vượt giới hạn 10 MB"):
        reading.read_annex(bytes(limits.UPLOAD_BYTES + 1), "big.docx")


def test_the_child_is_not_told_the_application_s_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATALOGUE_SECRET_KEY", "secret")
    seen: dict[str, str] = {}
    start = subprocess.Popen

    def spy(*args: object, **kwargs: object) -> object:
        seen.update(kwargs["env"])  # type: ignore[call-overload]
        return start(*args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "Popen", spy)
    reading.read_annex(ANNEX, "a.docx")
    assert "PYTHONPATH" in seen
    assert "secret" not in seen.values()


@pytest.fixture(scope="module")
def old_word(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The annex as LibreOffice saves it for Word 97."""
    folder = tmp_path_factory.mktemp("old_word")
    source = folder / "annex.docx"
    source.write_bytes(ANNEX)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, "--headless", profile, "--convert-to", "doc:MS Word 97", "--outdir"]
    subprocess.run([*command, str(folder), str(source)], check=True, capture_output=True)
    return (folder / "annex.doc").read_bytes()


def test_a_doc_is_converted_and_read(old_word: bytes) -> None:
    names = [row.name for row in reading.read_annex(old_word, "a.doc").rows]
    assert names == ["Chánh Văn phòng", "Văn thư"]


def test_a_doc_is_refused_in_words_where_nothing_can_convert_it(
    old_word: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(UnreadableFile, match="không có LibreOffice để chuyển đổi"):
        reading.read_annex(old_word, "a.doc")
