"""Remarks of a Word file are written once, on their items, under the name that the file gives."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.errors import CatalogueError, Conflict, Invalid, NotAllowed
from catalogue.domain.limits import NAME_CHARACTERS
from catalogue.domain.remarks import Remark, ReturnedPack
from catalogue.domain.reviewing import Audience, Choice, Stage
from catalogue.domain.roles import Viewer
from catalogue.domain.states import DossierState
from catalogue.domain.words import Role
from catalogue.models import AuditEntry, Ballot, BallotMark, Comment, Dossier
from catalogue.queries import papers
from catalogue.services import remarks
from tests.dossiers import Province
from tests.making import AT, TODAY

SOURCE = remarks.Source("góp ý.docx", Audience.UNIT)


@pytest.fixture
def dossier(province: Province) -> Dossier:
    return province.dossier(DossierState.COMMITTEE_REVIEW)


@pytest.fixture
def by(province: Province) -> Viewer:
    member = province.members[1]
    return Viewer(member.id, 0, member.name, {Role.COMMITTEE: None}, TODAY)


def pack_of(dossier: Dossier, *said: Remark) -> ReturnedPack:
    return ReturnedPack(dossier.id, dossier.sha256 or "", said)


def remark(ordinal: int | None, text: str, author: str = "Trần Văn Ngoài") -> Remark:
    return Remark(ordinal, author, None, text)


def comments(session: Session) -> list[tuple[int | None, str, str]]:
    items = {item.id: item.ordinal for item in session.scalars(select(Dossier)).one().items}
    return [
        (items[each.item_id] if each.item_id else None, each.text, each.origin)
        for each in session.scalars(select(Comment).order_by(Comment.id))
    ]


def test_an_officer_who_also_audits_sends_a_file_as_the_officer_only(
    session: Session, province: Province, dossier: Dossier, by: Viewer
) -> None:
    both = replace(
        by, scopes={Role.UNIT_OFFICER: frozenset({province.unit.id}), Role.AUDITOR: None}
    )
    inner = replace(SOURCE, audience=Audience.COMMITTEE)

    with pytest.raises(NotAllowed):
        remarks.from_file(session, dossier.id, pack_of(dossier), inner, by=both, at=AT)


def test_each_remark_becomes_a_sent_comment_on_its_item(
    session: Session, dossier: Dossier, by: Viewer
) -> None:
    pack = pack_of(
        dossier,
        remark(4, "Giữ tên cũ"),
        replace(remark(None, "Thêm căn cứ", ""), where="Đoạn «Phụ lục»"),
    )
    written = remarks.from_file(session, dossier.id, pack, SOURCE, by=by, at=AT)
    assert written == remarks.Written(added=2, known=0, on_the_whole=1)
    assert comments(session) == [
        (4, "Giữ tên cũ", "Trần Văn Ngoài · góp ý.docx"),
        (None, "Thêm căn cứ", "Không ghi tên · góp ý.docx · Đoạn «Phụ lục»"),
    ]
    stored = session.scalars(select(Comment)).first()
    assert stored is not None
    assert (stored.author_id, stored.audience, stored.sent_at) == (
        by.person_id, Audience.UNIT, AT,
    )  # fmt: skip


def test_the_same_file_twice_adds_nothing_whatever_its_name(
    session: Session, dossier: Dossier, by: Viewer
) -> None:
    long = "Một câu dài. " * NAME_CHARACTERS
    pack = pack_of(dossier, remark(4, "Giữ tên cũ"), remark(5, long), remark(None, "Chung"))
    first = remarks.from_file(session, dossier.id, pack, SOURCE, by=by, at=AT)
    other = replace(SOURCE, file_name="bản sao · khác.docx")
    second = remarks.from_file(session, dossier.id, pack, other, by=by, at=AT)
    assert first.added == second.known
    assert second.added == 0
    assert "".join(text for ordinal, text, _ in comments(session) if ordinal == 5) == long


def test_two_people_may_say_the_same_and_one_may_say_it_of_two_items(
    session: Session, dossier: Dossier, by: Viewer
) -> None:
    said = (remark(4, "Đồng ý"), remark(4, "Đồng ý", "Lê Thị Khác"), remark(5, "Đồng ý"))
    written = remarks.from_file(session, dossier.id, pack_of(dossier, *said), SOURCE, by=by, at=AT)
    assert written.added == 3


def test_a_remark_that_comes_back_nameless_is_the_one_that_went_out(
    session: Session, dossier: Dossier, by: Viewer
) -> None:
    first = pack_of(dossier, remark(4, "Giữ tên cũ"))
    remarks.from_file(session, dossier.id, first, SOURCE, by=by, at=AT)
    second = pack_of(dossier, remark(4, "Giữ tên cũ", "Author"), remark(5, "Giữ tên cũ", "Author"))
    written = remarks.from_file(session, dossier.id, second, SOURCE, by=by, at=AT)
    assert written == remarks.Written(added=1, known=1, on_the_whole=0)


def test_what_the_pack_took_along_does_not_come_in_again(
    session: Session, province: Province, dossier: Dossier, by: Viewer
) -> None:
    item = dossier.items[3]
    ballot = Ballot(
        dossier_id=dossier.id,
        stage=Stage.COMMITTEE,
        person_id=by.person_id,
        opened_at=AT,
        sent_at=AT,
        marks=[BallotMark(item_id=item.id, choice=Choice.DISAGREE, remark="Sửa tên")],
    )
    inner = Comment(
        dossier_id=dossier.id,
        item_id=dossier.items[0].id,
        audience=Audience.COMMITTEE,
        author_id=province.members[2].id,
        text="Trao đổi riêng",
        written_at=AT,
        sent_at=AT,
    )
    session.add_all((ballot, inner))
    session.flush()
    out = papers.review_pack(session, dossier, by)
    # What was said of an item that the pack leaves out hangs on the whole when it comes back.
    back = [
        replace(each, ordinal=None if each.ordinal == 1 else each.ordinal) for each in out.remarks
    ]
    outsider = replace(by, person_id=province.organiser.id, scopes={Role.ORGANISER: None})
    written = remarks.from_file(
        session, dossier.id, pack_of(dossier, *back), SOURCE, by=outsider, at=AT
    )
    assert written == remarks.Written(added=0, known=2, on_the_whole=0)


def test_a_remark_on_an_item_that_is_not_there_is_kept_for_the_whole(
    session: Session, dossier: Dossier, by: Viewer
) -> None:
    written = remarks.from_file(
        session, dossier.id, pack_of(dossier, remark(99, "Mục lạ")), SOURCE, by=by, at=AT
    )
    assert written.on_the_whole == 1
    assert comments(session)[0][:2] == (None, "Mục lạ")


def test_remarks_of_a_file_are_no_answers_of_its_sender(
    session: Session, province: Province, dossier: Dossier
) -> None:
    organiser = province.organiser
    sender = Viewer(organiser.id, 0, organiser.name, {Role.ORGANISER: None}, TODAY)
    pack = pack_of(dossier, remark(4, "Giữ tên cũ"))
    remarks.from_file(session, dossier.id, pack, SOURCE, by=sender, at=AT)
    (answer,) = papers.answers(session, dossier, sender).answers
    assert (answer.author, answer.remark, answer.explained) == ("Trần Văn Ngoài", "Giữ tên cũ", "")


@pytest.mark.parametrize(
    ("changes", "refusal", "words"),
    [
        ({"dossier_id": None, "sha256": ""}, Invalid, "không cho biết"),
        ({"dossier_id": 999}, Conflict, "hồ sơ khác"),
        ({"sha256": "0" * 64}, Conflict, "lần trình khác"),
    ],
)
def test_a_pack_of_another_dossier_is_refused(
    session: Session,
    dossier: Dossier,
    by: Viewer,
    changes: dict[str, object],
    refusal: type[CatalogueError],
    words: str,
) -> None:
    pack = replace(pack_of(dossier, remark(4, "Giữ")), **changes)  # type: ignore[arg-type]
    with pytest.raises(refusal, match=words):
        remarks.from_file(session, dossier.id, pack, SOURCE, by=by, at=AT)
    assert comments(session) == []


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (state, f"«{state.label}» nên không nhận thêm ý kiến")
        for state in (DossierState.DRAFT, DossierState.RETURNED, DossierState.ISSUED)
    ],
)
def test_a_dossier_that_is_not_under_way_takes_no_remarks(
    session: Session, province: Province, by: Viewer, state: DossierState, words: str
) -> None:
    dossier = province.dossier()
    dossier.state = state
    session.flush()
    with pytest.raises(Conflict, match=words):
        remarks.from_file(session, dossier.id, pack_of(dossier), SOURCE, by=by, at=AT)


def test_nobody_writes_into_a_thread_that_they_do_not_take_part_in(
    session: Session, dossier: Dossier, by: Viewer
) -> None:
    officer = replace(by, scopes={Role.UNIT_OFFICER: None})
    inner = replace(SOURCE, audience=Audience.COMMITTEE)
    with pytest.raises(NotAllowed, match="không tham gia trao đổi"):
        remarks.from_file(session, dossier.id, pack_of(dossier), inner, by=officer, at=AT)


def test_the_audit_names_the_file_and_how_many_it_brought(
    session: Session, dossier: Dossier, by: Viewer
) -> None:
    pack = pack_of(dossier, remark(4, "Giữ tên cũ"))
    remarks.from_file(session, dossier.id, pack, SOURCE, by=by, at=AT)
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert entry is not None
    assert (entry.action, entry.subject, entry.detail) == (
        "dossier.remarks_from_file",
        f"dossier:{dossier.id}",
        {"file": "góp ý.docx", "added": 1},
    )
