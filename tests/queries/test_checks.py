"""The check finds what was tampered with behind the program's back, and nothing else."""

from collections.abc import Callable

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from catalogue.domain.reviewing import MatchKind, Verdict
from catalogue.domain.states import DossierState
from catalogue.models import (
    AnnexRow,
    Description,
    Dossier,
    DossierItem,
    Issuance,
    PersonDay,
    Ruling,
    Succession,
)
from catalogue.queries import checks
from tests.dossiers import Province, make_province
from tests.issuances import issued, rule
from tests.making import SINCE, make_description, make_line, task_versions

UNFAITHFUL = "Mọi quyết định còn đúng mã kiểm tra lúc duyệt"
BACKWARDS = "Mọi chuyển đổi đi từ vị trí cũ sang vị trí mới"
ROLLED_UP = "Giờ cộng theo vị trí chính thức bằng đúng các dòng"


@pytest.fixture
def province(session: Session) -> Province:
    made = make_province(session)
    made.match_all()
    make_description(session, made.own[3], made.agency, ("Việc của vị trí",))
    dossier = made.dossier(DossierState.CONCLUDED)
    rule(made, dossier, "Chuyên viên cơ yếu", Verdict.ADOPT_AMENDED, "Chuyên viên mật mã")
    issued(made, dossier)
    return made


def broken(session: Session) -> dict[str, int]:
    return {check.promise: check.broken for check in checks.run(session) if check.broken}


def test_an_issued_catalogue_keeps_every_promise(province: Province) -> None:
    assert broken(province.session) == {}
    assert {check.promise: check.looked_at for check in checks.run(province.session)} == {
        "Mọi dòng nhật ký truy về được một dòng phụ lục": 0,
        "Tổng ngày bằng đúng các dòng, đến từng phút": 0,
        "Mọi lần của vị trí có nguồn gốc": 15,
        UNFAITHFUL: 1,
        "Mọi bản mô tả đã trình còn đúng mã kiểm tra lúc gửi": 0,
        BACKWARDS: 4,
        ROLLED_UP: 0,
    }


def _change_content(session: Session) -> None:
    dossier = session.scalars(select(Dossier)).one()
    content = list(dossier.content or [])
    dossier.content = [dict(content[0], name="Tên khác"), *content[1:]]


def _change_digest(session: Session) -> None:
    session.scalars(select(Issuance)).one().sha256 = "0" * 64


def _change_row(session: Session) -> None:
    row = select(AnnexRow).where(AnnexRow.name == "Chuyên viên mật mã")
    session.scalars(row).one().name = "Chuyên viên cơ yếu"


def _change_item(session: Session) -> None:
    session.scalars(select(DossierItem).where(DossierItem.ordinal == 1)).one().rank = "Khác"


def _change_ruling(session: Session) -> None:
    session.scalars(select(Ruling)).one().amended_name = "Tên khác"


@pytest.mark.parametrize(
    "tamper", [_change_content, _change_digest, _change_row, _change_item, _change_ruling]
)
def test_a_decision_that_was_tampered_with_is_found(
    province: Province, tamper: Callable[[Session], None]
) -> None:
    tamper(province.session)
    province.session.flush()

    assert broken(province.session) == {UNFAITHFUL: 1}


def test_a_step_back_in_time_is_found(province: Province) -> None:
    session = province.session
    session.execute(
        update(Succession).where(Succession.kind == MatchKind.MERGED).values(valid_from=SINCE)
    )

    assert broken(session) == {BACKWARDS: 2}


def test_minutes_lost_on_the_way_to_the_official_positions_are_found(province: Province) -> None:
    session = province.session
    described = session.scalars(select(Description)).one()
    line = make_line(session, province.holders[3], task_versions(session, described)[0])
    assert broken(session) == {}

    session.execute(delete(PersonDay).where(PersonDay.assignment_id == line.assignment_id))

    assert broken(session)[ROLLED_UP] == line.minutes
