"""Two days' catalogues as lines: headings, order, origins, and what changed between them."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from catalogue.domain.roles import Viewer
from catalogue.domain.text import fold
from catalogue.domain.words import UNVERIFIED, PositionGroup, Role, VersionState
from catalogue.models import PositionVersion
from catalogue.queries import catalogue_lines
from tests.dossiers import OWN, Province, make_province
from tests.making import AT, SINCE, TODAY

CHANGE = date(2024, 4, 5)
READER = Viewer(1, 1, "Người đọc", {Role.STAFF: frozenset()}, TODAY)


@pytest.fixture
def province(session: Session) -> Province:
    return make_province(session)


def reword(province: Province, place: int, name: str) -> None:
    """Let a second version follow the first from the day of the change on."""
    former = province.own[place]
    former.valid_to = CHANGE - timedelta(days=1)
    province.session.flush()
    province.session.add(
        PositionVersion(
            position_id=former.position_id,
            number=2,
            wording_row_id=province.official[place].id,
            name=name,
            name_folded=fold(name),
            group=PositionGroup.LEADERSHIP,
            rank=None,
            code=None,
            code_key=None,
            state=VersionState.ISSUED,
            created_at=AT,
            valid_from=CHANGE,
        )
    )
    province.session.flush()


def test_a_day_lists_each_agency_and_group_under_its_heading(province: Province) -> None:
    lines = catalogue_lines.lines(province.session, TODAY, province.agency, READER)
    headings = [line.cells[0] for line in lines if line.heading]
    assert headings == ["Văn phòng Tỉnh ủy", PositionGroup.SPECIALIST.label]
    assert [line.cells[0] for line in lines if not line.heading] == list(OWN)
    origin = lines[2].cells[4]
    assert origin == f"Tham khảo VPTU, bảng 1, dòng 2\n{UNVERIFIED}"


def test_a_position_reworded_between_two_days_is_one_line_that_changed(
    province: Province,
) -> None:
    reword(province, 0, "Chánh Văn phòng Tỉnh ủy")
    found = catalogue_lines.comparison(
        province.session, CHANGE - timedelta(days=1), CHANGE, province.agency, READER
    )
    position = str(province.own[0].position_id)
    former, latter = (
        next(line for line in lines if line.key[-1] == position and not line.heading)
        for lines in (found.former, found.latter)
    )
    assert (former.cells[0], latter.cells[0]) == (OWN[0], "Chánh Văn phòng Tỉnh ủy")
    assert latter.key[1] == PositionGroup.LEADERSHIP.value
    assert found.latter[1].cells == (PositionGroup.LEADERSHIP.label,)
    assert (found.title, found.marks) == ("Văn phòng Tỉnh ủy", (UNVERIFIED,))


def test_before_anything_was_in_force_the_catalogue_is_empty(province: Province) -> None:
    day = SINCE - timedelta(days=1)
    assert catalogue_lines.lines(province.session, day, None, READER) == ()


def test_without_an_agency_all_are_compared(province: Province) -> None:
    found = catalogue_lines.comparison(province.session, SINCE, TODAY, None, READER)
    assert found.title == catalogue_lines.WHOLE
    assert found.former == found.latter
    assert len(found.latter) == len(OWN) + 2
