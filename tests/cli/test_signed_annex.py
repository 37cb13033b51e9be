"""What the signed file of a decision changes, and what it leaves as it was."""

import json
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from catalogue.domain.words import SourceState
from catalogue.models import AnnexFile, AnnexRow, PositionVersion, SourceDocument
from tests.cli.conftest import OFFICE_LIST, annex_file
from tests.terminal import Answer, Terminal

MATCHED = ("Chánh Văn phòng", "Phó Chánh Văn phòng")
UNHEARD_OF = "Chuyên viên an toàn bức xạ hạt nhân"


@pytest.fixture
def office(terminal: Terminal) -> Terminal:
    """An installation with the reference list of the provincial office, 28 positions."""
    answer = terminal(
        "import", "annex", OFFICE_LIST, "--source", "Tham khảo VPTU", "--agency", "VPTU",
        "--reference",
    )  # fmt: skip
    assert answer.status == 0
    return terminal


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    return annex_file(tmp_path / "2754.docx", *MATCHED, UNHEARD_OF)


def in_force(instance: Path) -> dict[int, tuple[str, SourceState]]:
    """Each position with its name in force and the state of the document that words it."""
    engine = create_engine(f"sqlite:///{instance / 'catalogue.db'}")
    wordings = (
        select(PositionVersion.position_id, PositionVersion.name, SourceDocument.state)
        .join(AnnexRow, AnnexRow.id == PositionVersion.wording_row_id)
        .join(AnnexFile, AnnexFile.id == AnnexRow.annex_file_id)
        .join(SourceDocument, SourceDocument.id == AnnexFile.source_document_id)
        .where(PositionVersion.valid_to.is_(None))
    )
    with Session(engine) as session:
        found = {key: (name, state) for key, name, state in session.execute(wordings)}
    engine.dispose()
    return found


def take_in(terminal: Terminal, file: Path, *options: str) -> Answer:
    return terminal("import", "annex", file, *options)


@pytest.mark.parametrize(
    "options",
    [
        ("--source", "2754-QĐ/BTCTW", "--agency", "Văn phòng"),
        ("--decision", "2754", "--agency", "Văn phòng"),
        ("--source", "2754 -qđ/btctw", "--agency", "van phong tinh uy"),
    ],
    ids=["source", "decision", "as typed in a hurry"],
)
def test_a_signed_file_verifies_its_decision_alone(
    office: Terminal, signed: Path, options: tuple[str, ...]
) -> None:
    assert "Đã đọc văn bản ký: 0/14" in office("coverage").out

    answer = take_in(office, signed, *options)

    assert answer.status == 0, answer.err
    assert "Đã ghi 3 dòng: 1 vị trí mới, 2 trùng khớp" in answer.out
    assert "26 vị trí đang có không có trong tệp" in answer.out
    *lines, last = office("coverage").out.splitlines()
    assert last == "Đã đọc văn bản ký: 1/14"
    unsigned = [line for line in lines if line.endswith("chưa có văn bản đã ký")]
    assert len(unsigned) == 13
    assert not any(line.startswith("2754") for line in unsigned)


def test_any_other_document_is_taken_in_and_counts_for_none_of_the_fourteen(
    office: Terminal, signed: Path
) -> None:
    for number in ("15-QĐ/TU", "2766-QĐ/BTCTW"):
        answer = take_in(office, signed, "--source", number, "--agency", "Văn phòng")

        assert answer.status == 0, answer.err
        assert office("coverage").out.endswith("0/14\n")


def test_an_unknown_agency_is_refused_with_the_nearest_names(
    office: Terminal, signed: Path
) -> None:
    answer = take_in(office, signed, "--decision", "2754", "--agency", "Văn phòngg")

    assert answer.status == 65
    assert "Có phải: Văn phòng" in answer.err
    assert "0/14" in office("coverage").out


def test_a_new_agency_is_made_only_when_asked_for(office: Terminal, signed: Path) -> None:
    options = ("--source", "1-QĐ/TU", "--agency", "Ban Quản lý Khu di tích")
    assert take_in(office, signed, *options).status == 65

    answer = take_in(office, signed, *options, "--add-agency")

    assert "3 vị trí mới" in answer.out


def test_a_reference_list_may_not_stand_in_for_a_signed_decision(
    office: Terminal, signed: Path
) -> None:
    take_in(office, signed, "--decision", "2754", "--agency", "Văn phòng")

    answer = take_in(
        office, OFFICE_LIST, "--decision", "2754", "--agency", "Văn phòng", "--reference"
    )

    assert answer.status == 65
    assert "đã đọc bản ký" in answer.err


def test_only_the_matched_positions_of_the_demonstration_lose_the_mark(
    shown: Terminal, signed: Path, tmp_path: Path
) -> None:
    before = in_force(tmp_path)
    assert len(before) == 363
    assert {state for _, state in before.values()} == {SourceState.REFERENCE}

    assert take_in(shown, signed, "--decision", "2754", "--agency", "Văn phòng").status == 0

    after = in_force(tmp_path)
    unmarked = {key: name for key, (name, state) in after.items() if state is SourceState.VERIFIED}
    assert sorted(unmarked.values()) == sorted((*MATCHED, UNHEARD_OF))
    assert before.keys() < after.keys()
    assert {key: after[key] for key in before.keys() - unmarked.keys()} == {
        key: before[key] for key in before.keys() - unmarked.keys()
    }
    assert shown("coverage").out.endswith("1/14\n")


def test_lines_written_before_the_signed_file_keep_their_chain(
    shown: Terminal, signed: Path
) -> None:
    before = shown("trace", "1", "--json").out

    take_in(shown, signed, "--decision", "2754", "--agency", "Văn phòng")

    assert shown("trace", "1", "--json").out == before
    assert json.loads(before)["mark"]
    assert shown("check").status == 0
