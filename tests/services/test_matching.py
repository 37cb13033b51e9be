"""Rulings on two lists: each line at most once, who and why kept, taken back until submission."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from catalogue.domain.errors import Conflict, Invalid, NotFound
from catalogue.domain.matching import EXACT
from catalogue.domain.reviewing import MatchKind
from catalogue.domain.states import DossierState
from catalogue.domain.words import OriginKind, SourceState, VersionState
from catalogue.models import AnnexFile, AuditEntry, Match, Position, PositionOrigin, PositionVersion
from catalogue.queries import matches, sides
from catalogue.services import matching, own_lists, staffing
from catalogue.services.cataloguing import Source
from tests.making import (
    AT,
    SINCE,
    annex_of,
    make_agency,
    make_annex_file,
    make_document,
    make_person,
    make_positions,
    make_unit,
)
from tests.services.lists import Lists, lay_lists, put_in_dossier, rows_of

OWN = (
    "Chánh Văn phòng",
    "Chuyên viên văn thư",
    "Chuyên viên lưu trữ",
    "Chuyên viên tổng hợp, đối ngoại",
    "Chuyên viên quản trị mạng",
    "Lái xe cơ quan",
)
OFFICIAL = (
    "Chánh Văn phòng",
    "Chuyên viên về văn thư, lưu trữ",
    "Chuyên viên tổng hợp",
    "Chuyên viên đối ngoại",
    "Chuyên viên về quản trị mạng",
    "Kế toán trưởng",
)


@pytest.fixture
def lists(session: Session) -> Lists:
    return lay_lists(session, OWN, OFFICIAL)


def rule(lists: Lists, kind: MatchKind, own: list[str], rows: list[str], why: str = "") -> Match:
    return matching.rule(
        lists.session,
        lists.reconciliation.id,
        kind,
        [lists.version(name) for name in own],
        [lists.row(name) for name in rows],
        why,
        by=lists.officer.id,
        at=AT,
    )


def newer_file(lists: Lists, names: Sequence[str]) -> AnnexFile:
    verified = SourceState.VERIFIED
    return make_annex_file(lists.session, lists.agency, lists.decision, names, verified)


def open_kinds(lists: Lists) -> list[MatchKind]:
    ruled = matches.listed(lists.session, *matches.live(lists.reconciliation.id))
    found = matching.proposals(lists.session, lists.reconciliation, ruled)
    return [each.kind for each in found]


def test_the_same_two_lists_are_opened_once(lists: Lists) -> None:
    first = lists.reconciliation
    again = matching.open(lists.session, first.agency_id, first.official_file_id, by=None, at=AT)
    assert again.id == first.id
    unit = make_unit(lists.session, "VPTU", "Văn phòng Tỉnh ủy", lists.agency)
    other = matching.open(
        lists.session, first.agency_id, first.official_file_id, unit_id=unit.id, by=None, at=AT
    )
    assert other.id != first.id


def test_a_ruling_keeps_who_when_why_its_score_and_its_reason(lists: Lists) -> None:
    name = "Chuyên viên quản trị mạng"
    match = rule(lists, MatchKind.RENAMED, [name], ["Chuyên viên về quản trị mạng"], "cùng việc")
    assert (match.ruled_by_id, match.ruled_at, match.why) == (lists.officer.id, AT, "cùng việc")
    assert match.score == pytest.approx(94.3)
    assert "tên giống 94%" in match.reason
    written = lists.session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert written
    assert (written.action, written.detail["kind"]) == ("match.ruled", "renamed")


def test_a_kind_joins_only_so_many_of_each_side(lists: Lists) -> None:
    for kind, own, rows in (
        (MatchKind.SAME, OWN[:2], OFFICIAL[:1]),
        (MatchKind.RENAMED, OWN[:1], ()),
        (MatchKind.MERGED, OWN[:1], OFFICIAL[:1]),
        (MatchKind.MERGED, OWN[:2], OFFICIAL[:2]),
        (MatchKind.SPLIT, OWN[:1], OFFICIAL[:1]),
        (MatchKind.LOCAL, OWN[:1], OFFICIAL[:1]),
        (MatchKind.MISSING, OWN[:1], OFFICIAL[:1]),
        (MatchKind.MISSING, (), ()),
    ):
        with pytest.raises(Invalid, match=kind.label):
            rule(lists, kind, list(own), list(rows))
    assert lists.live() == []


def test_each_kind_is_ruled_in_its_shape(lists: Lists) -> None:
    rule(lists, MatchKind.SAME, ["Chánh Văn phòng"], ["Chánh Văn phòng"])
    merged = ["Chuyên viên văn thư", "Chuyên viên lưu trữ"]
    rule(lists, MatchKind.MERGED, merged, ["Chuyên viên về văn thư, lưu trữ"])
    parts = ["Chuyên viên tổng hợp", "Chuyên viên đối ngoại"]
    rule(lists, MatchKind.SPLIT, ["Chuyên viên tổng hợp, đối ngoại"], parts)
    rule(lists, MatchKind.LOCAL, ["Lái xe cơ quan"], [])
    rule(lists, MatchKind.MISSING, [], ["Kế toán trưởng"])

    assert open_kinds(lists) == [MatchKind.RENAMED]
    assert [(len(each.versions), len(each.rows)) for each in lists.live()] == [
        (1, 1),
        (2, 1),
        (1, 2),
        (1, 0),
        (0, 1),
    ]


def test_the_second_to_rule_on_a_line_is_told_what_the_first_ruled(lists: Lists) -> None:
    rule(lists, MatchKind.LOCAL, ["Lái xe cơ quan"], [])
    told = "«Lái xe cơ quan» đã được Lê Văn Tổ Chức kết luận «Của địa phương»"
    with pytest.raises(Conflict, match=told):
        rule(lists, MatchKind.RENAMED, ["Lái xe cơ quan"], ["Kế toán trưởng"])
    assert len(lists.live()) == 1


def test_a_line_of_another_list_is_refused(lists: Lists) -> None:
    other = make_agency(lists.session, "BTC", "Ban Tổ chức")
    document = make_document(lists.session, "Danh sách khác", SourceState.REFERENCE)
    (stranger,) = make_positions(lists.session, other, document, ["Chuyên viên"])
    numbers = [stranger.id]
    with pytest.raises(Conflict, match="không còn trong danh sách"):
        matching.rule(
            lists.session,
            lists.reconciliation.id,
            MatchKind.LOCAL,
            numbers,
            [],
            "",
            by=None,
            at=AT,
        )


def test_a_reason_too_long_to_keep_is_refused(lists: Lists) -> None:
    with pytest.raises(Invalid, match="vượt giới hạn 2000"):
        rule(lists, MatchKind.LOCAL, ["Lái xe cơ quan"], [], "x" * 2001)


def test_exact_ones_are_accepted_at_once_with_one_entry(lists: Lists) -> None:
    accepted = matching.accept_alike(
        lists.session, lists.reconciliation.id, EXACT, by=lists.officer.id, at=AT
    )
    assert [(each.kind, each.score) for each in accepted] == [(MatchKind.SAME, 100)]
    assert MatchKind.SAME not in open_kinds(lists)
    entries = select(func.count(AuditEntry.seq)).where(AuditEntry.action == "matches.accepted")
    assert lists.session.scalar(entries) == 1


def test_near_ones_are_accepted_from_a_chosen_score_but_never_a_merge(lists: Lists) -> None:
    accepted = matching.accept_alike(
        lists.session, lists.reconciliation.id, 90, by=lists.officer.id, at=AT
    )
    assert [each.kind for each in accepted] == [MatchKind.SAME, MatchKind.RENAMED]
    assert open_kinds(lists)[:2] == [MatchKind.MERGED, MatchKind.SPLIT]


def test_a_ruling_taken_back_stays_to_be_read_and_its_lines_are_open_again(lists: Lists) -> None:
    match = rule(lists, MatchKind.LOCAL, ["Lái xe cơ quan"], [])
    matching.undo(lists.session, match.id, by=lists.officer.id, at=AT)

    undone = lists.session.scalars(select(Match)).one()
    assert (undone.undone_by_id, undone.undone_at) == (lists.officer.id, AT)
    assert MatchKind.LOCAL in open_kinds(lists)
    rule(lists, MatchKind.LOCAL, ["Lái xe cơ quan"], [])
    with pytest.raises(Conflict, match="đã được Lê Văn Tổ Chức bỏ"):
        matching.undo(lists.session, match.id, by=None, at=AT)
    with pytest.raises(NotFound):
        matching.undo(lists.session, 999_999, by=None, at=AT)


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (DossierState.DRAFT, "lấy mục này ra khỏi hồ sơ đang soạn"),
        (DossierState.SUBMITTED, "«Đã trình»"),
        (DossierState.ISSUED, "«Đã ban hành»"),
    ],
)
def test_what_a_dossier_rests_on_is_not_taken_back(
    lists: Lists, state: DossierState, told: str
) -> None:
    match = rule(lists, MatchKind.LOCAL, ["Lái xe cơ quan"], [])
    put_in_dossier(lists, match, state)
    with pytest.raises(Conflict, match=told):
        matching.undo(lists.session, match.id, by=None, at=AT)
    with pytest.raises(Conflict, match="nằm trong hồ sơ «Danh mục Văn phòng»"):
        rule(lists, MatchKind.LOCAL, ["Lái xe cơ quan"], [])
    assert match.undone_at is None


@pytest.mark.parametrize("state", [DossierState.RETURNED, DossierState.WITHDRAWN])
def test_a_dossier_that_ended_without_effect_lets_its_rulings_go(
    lists: Lists, state: DossierState
) -> None:
    match = rule(lists, MatchKind.LOCAL, ["Lái xe cơ quan"], [])
    put_in_dossier(lists, match, state)
    assert matching.undo(lists.session, match.id, by=None, at=AT).undone_at == AT


def test_a_newer_file_carries_over_what_its_rows_still_say(lists: Lists) -> None:
    rule(lists, MatchKind.SAME, ["Chánh Văn phòng"], ["Chánh Văn phòng"], "đã hỏi")
    renamed = rule(
        lists, MatchKind.RENAMED, ["Chuyên viên quản trị mạng"], ["Chuyên viên về quản trị mạng"]
    )
    rule(lists, MatchKind.LOCAL, ["Lái xe cơ quan"], [])
    changed = [name.replace("Chuyên viên về quản trị", "Kỹ sư") for name in OFFICIAL]
    file = newer_file(lists, changed)
    later = AT + timedelta(days=1)
    newer = matching.open(lists.session, lists.agency.id, file.id, by=None, at=later)

    assert newer.former_id == lists.reconciliation.id
    (carried,) = matches.listed(lists.session, *matches.live(newer.id))
    assert carried.rows[0].key == rows_of(lists.session, file)[0].id
    assert (carried.by, carried.at, carried.why) == ("Lê Văn Tổ Chức", AT, "đã hỏi")
    assert carried.reason.startswith("giữ từ lần đối chiếu tệp trước")
    assert renamed.undone_at is None
    with pytest.raises(Conflict, match="tệp mới hơn"):
        rule(lists, MatchKind.MISSING, [], ["Kế toán trưởng"])


def test_a_local_position_stays_local_where_the_newer_file_adds_nothing(lists: Lists) -> None:
    rule(lists, MatchKind.LOCAL, ["Lái xe cơ quan"], [])
    file = newer_file(lists, OFFICIAL[:-1])
    newer = matching.open(lists.session, lists.agency.id, file.id, by=None, at=AT)
    carried = matches.listed(lists.session, *matches.live(newer.id))
    assert [each.kind for each in carried] == [MatchKind.LOCAL]


def test_a_units_side_is_what_is_established_there(lists: Lists) -> None:
    unit = make_unit(lists.session, "VPTU", "Văn phòng Tỉnh ủy", lists.agency)
    position = lists.own[-1].position
    staffing.establish(lists.session, unit, position, headcount=1, since=SINCE)
    of_unit = matching.open(
        lists.session,
        lists.agency.id,
        lists.reconciliation.official_file_id,
        unit_id=unit.id,
        by=None,
        at=AT,
    )
    assert [each.name for each in sides.own(lists.session, of_unit)] == ["Lái xe cơ quan"]


def test_what_was_issued_on_a_ruled_row_is_not_asked_about_again(lists: Lists) -> None:
    rule(lists, MatchKind.MISSING, [], ["Kế toán trưởng"])
    issued = PositionVersion(
        position=Position(agency_id=lists.agency.id),
        number=1,
        wording_row_id=lists.row("Kế toán trưởng"),
        name="Kế toán trưởng",
        name_folded="ke toan truong",
        state=VersionState.ISSUED,
        valid_from=SINCE,
        created_at=AT,
    )
    lists.session.add(issued)
    lists.session.flush()
    names = {each.name for each in sides.own(lists.session, lists.reconciliation)}
    assert "Kế toán trưởng" in names

    origin = PositionOrigin(
        position_version_id=issued.id,
        annex_row_id=lists.row("Kế toán trưởng"),
        kind=OriginKind.SAME,
    )
    lists.session.add(origin)
    lists.session.flush()
    names = {each.name for each in sides.own(lists.session, lists.reconciliation)}
    assert names == set(OWN)


def test_an_own_list_stands_in_for_what_is_in_force(lists: Lists) -> None:
    unit = make_unit(lists.session, "VPTU", "Văn phòng Tỉnh ủy", lists.agency)
    document = make_document(lists.session, "Danh sách của đơn vị", SourceState.REFERENCE)
    source = Source(document, lists.agency, "a.docx", "9" * 64, SourceState.REFERENCE, SINCE)
    annex = annex_of(["Chánh Văn phòng", "Thủ quỹ"])
    file = own_lists.record(lists.session, annex, source, unit, by=None, at=AT)
    opened = matching.open(
        lists.session,
        lists.agency.id,
        lists.reconciliation.official_file_id,
        unit_id=unit.id,
        own_file_id=file.id,
        by=None,
        at=AT,
    )
    assert [each.name for each in sides.own(lists.session, opened)] == [
        "Chánh Văn phòng",
        "Thủ quỹ",
    ]
    accepted = matching.accept_alike(lists.session, opened.id, EXACT, by=None, at=AT)
    assert [each.versions[0].state.value for each in accepted] == ["draft"]


def test_lists_of_two_kinds_of_agency_do_not_stand_side_by_side(lists: Lists) -> None:
    other = make_agency(lists.session, "BTC", "Ban Tổ chức")
    unit = make_unit(lists.session, "BTCTU", "Ban Tổ chức Tỉnh ủy", other)
    file = lists.reconciliation.official_file_id
    with pytest.raises(Invalid, match="Tệp của văn bản"):
        matching.open(lists.session, other.id, file, by=None, at=AT)
    with pytest.raises(Invalid, match="Đơn vị"):
        matching.open(lists.session, lists.agency.id, file, unit_id=unit.id, by=None, at=AT)


def test_three_hundred_rows_with_renames_a_merge_and_a_split_are_reconciled(
    session: Session,
) -> None:
    equal = [f"Chuyên viên theo dõi lĩnh vực số {number}" for number in range(290)]
    lists = lay_lists(session, [*equal, *OWN[1:]], [*equal, *OFFICIAL[1:]])
    by, number = lists.officer.id, lists.reconciliation.id

    # Their codes differ after the merge, as they do in a real list: only names are equal there.
    exact = matching.accept_alike(session, number, EXACT, by=by, at=AT)
    assert len(exact) == 290
    left = matching.proposals(
        session, lists.reconciliation, matches.listed(session, *matches.live(number))
    )
    for each in left:
        matching.rule(
            session,
            number,
            each.kind,
            [one.key for one in each.own],
            [one.key for one in each.rows],
            "đã hỏi đơn vị",
            by=by,
            at=AT,
        )
    assert open_kinds(lists) == []
    assert len(lists.live()) == 295
    assert [each.kind for each in lists.live()[290:]] == [
        MatchKind.MERGED,
        MatchKind.SPLIT,
        MatchKind.RENAMED,
        MatchKind.MISSING,
        MatchKind.LOCAL,
    ]


def test_of_two_people_at_once_one_rules_and_the_other_is_told(engine: Engine) -> None:
    with Session(engine) as session:
        lists = lay_lists(session, OWN, OFFICIAL)
        number, version = lists.reconciliation.id, lists.version("Lái xe cơ quan")
        people = [lists.officer.id, make_person(session, "Trần Thị Hai").id]
        session.commit()
    together = Barrier(2)

    def rule_at_once(person: int) -> str | None:
        with Session(engine) as session:
            together.wait()
            try:
                matching.rule(session, number, MatchKind.LOCAL, [version], [], "", by=person, at=AT)
            except Conflict as refusal:
                return str(refusal)
            session.commit()
            return None

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(rule_at_once, people))
    assert sum(each is None for each in told) == 1
    assert "kết luận «Của địa phương»" in next(each for each in told if each)
    with Session(engine) as session:
        assert session.scalar(select(func.count(Match.id))) == 1


def test_another_name_is_not_the_same(lists: Lists) -> None:
    with pytest.raises(Invalid, match="Hãy chọn «Đổi tên»"):
        rule(lists, MatchKind.SAME, ["Lái xe cơ quan"], ["Kế toán trưởng"])
