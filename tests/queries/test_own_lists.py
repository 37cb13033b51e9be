"""A unit's own list is chosen by that unit, and its drafts are read where it is."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.errors import Invalid
from catalogue.domain.roles import Viewer
from catalogue.domain.words import Role, SourceState, VersionState
from catalogue.models import PositionVersion
from catalogue.queries import openings, sources, wordings
from catalogue.services import matching, own_lists
from catalogue.services.cataloguing import Source
from tests.making import AT, SINCE, TODAY, annex_of, make_document, make_unit
from tests.services.lists import Lists, lay_lists


@pytest.fixture
def lists(session: Session) -> Lists:
    return lay_lists(session, ["Lái xe"], ["Thủ quỹ"])


def test_a_units_list_is_chosen_by_and_for_that_unit_only(lists: Lists) -> None:
    session, official = lists.session, lists.reconciliation.official_file_id
    sender, other = (
        make_unit(session, code, f"Văn phòng {code}", lists.agency) for code in ("A", "B")
    )
    document = make_document(session, "Danh sách của A", SourceState.REFERENCE)
    source = Source(document, lists.agency, "a.docx", "9" * 64, SourceState.REFERENCE, SINCE)
    sent = own_lists.record(session, annex_of(["Thủ quỹ"]), source, sender, by=None, at=AT)

    offered = [
        [file.file_id for file in openings.own_files(session, viewer)]
        for unit in (sender, other)
        for viewer in (Viewer(1, 1, "", {Role.UNIT_OFFICER: frozenset({unit.id})}, TODAY),)
    ]
    assert offered == [[sent.id], []]
    for unit_id in (other.id, None):
        with pytest.raises(Invalid, match="chính đơn vị đã chọn gửi"):
            matching.open(
                session,
                lists.agency.id,
                official,
                unit_id=unit_id,
                own_file_id=sent.id,
                by=None,
                at=AT,
            )
    with pytest.raises(Invalid, match="danh sách của một đơn vị"):
        matching.open(session, lists.agency.id, sent.id, by=None, at=AT)


def test_drafts_are_read_where_their_list_is_until_something_rests_on_them(lists: Lists) -> None:
    session = lists.session
    unit = make_unit(session, "A", "Văn phòng A", lists.agency)
    document = make_document(session, "Danh sách của A", SourceState.REFERENCE)
    source = Source(document, lists.agency, "a.docx", "9" * 64, SourceState.REFERENCE, SINCE)
    own_lists.record(session, annex_of(["Thủ quỹ"]), source, unit, by=None, at=AT)
    drafted = select(PositionVersion).where(PositionVersion.state == VersionState.DRAFT)
    draft = session.scalars(drafted).one()
    own = frozenset({unit.id})
    scopes: list[dict[Role, frozenset[int] | None]] = [
        {Role.ORGANISER: None},
        {Role.UNIT_OFFICER: own},
        {Role.UNIT_OFFICER: frozenset({unit.id + 1})},
        {Role.STAFF: own},
    ]
    readers = [Viewer(1, 1, "", scope, TODAY) for scope in scopes]

    def seen() -> list[tuple[bool, bool]]:
        return [
            (
                wordings.page(session, draft.position_id, reader) is not None,
                sources.annex_row(session, draft.wording_row_id, reader) is not None,
            )
            for reader in readers
        ]

    assert seen() == [(True, True), (True, True), (False, False), (False, False)]
    draft.state = VersionState.SUPERSEDED
    session.flush()
    assert seen() == [(True, True)] * 4
