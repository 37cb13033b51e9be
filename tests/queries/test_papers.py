"""The papers of a dossier hold what its tables hold, and nothing that the reader may not see."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from catalogue.domain.papers import DRAFT_PAPER, INTERNAL_REMARKS
from catalogue.domain.reviewing import Audience, Choice, Stage, Verdict
from catalogue.domain.roles import Viewer
from catalogue.domain.states import DossierState
from catalogue.domain.words import UNVERIFIED, Role, SourceState
from catalogue.models import (
    Ballot,
    BallotMark,
    Comment,
    Dossier,
    Issuance,
    Person,
    Ruling,
    SourceDocument,
)
from catalogue.queries import decision_paper, papers
from tests.dossiers import Province, make_province
from tests.making import AT, TODAY, make_document

DIFFERING = [3, 4, 5, 6, 7, 8]
ISSUED_ON = date(2024, 4, 12)


@pytest.fixture
def province(session: Session) -> Province:
    made = make_province(session)
    made.match_all()
    return made


def viewer_of(person: Person, role: Role) -> Viewer:
    return Viewer(person.id, 0, person.name, {role: None}, TODAY)


def member(province: Province, place: int = 1) -> Viewer:
    return viewer_of(province.members[place], Role.COMMITTEE)


def organiser(province: Province) -> Viewer:
    return viewer_of(province.organiser, Role.ORGANISER)


def cast(
    province: Province,
    dossier: Dossier,
    person: Person,
    *marks: tuple[int, Choice, str],
    sent: bool = True,
) -> None:
    items = {item.ordinal: item.id for item in dossier.items}
    province.session.add(
        Ballot(
            dossier_id=dossier.id,
            stage=Stage.COMMITTEE,
            person_id=person.id,
            opened_at=AT,
            sent_at=AT if sent else None,
            marks=[
                BallotMark(item_id=items[ordinal], choice=choice, remark=remark)
                for ordinal, choice, remark in marks
            ],
        )
    )
    province.session.flush()


def comment(
    province: Province,
    dossier: Dossier,
    person: Person,
    text: str,
    ordinal: int | None = None,
    audience: Audience = Audience.UNIT,
) -> None:
    items = {item.ordinal: item.id for item in dossier.items}
    province.session.add(
        Comment(
            dossier_id=dossier.id,
            item_id=items[ordinal] if ordinal else None,
            audience=audience,
            author_id=person.id,
            text=text,
            written_at=AT,
            sent_at=AT,
        )
    )
    province.session.flush()


def rule(
    province: Province, dossier: Dossier, ordinal: int, verdict: Verdict, name: str | None = None
) -> None:
    item = next(item for item in dossier.items if item.ordinal == ordinal)
    number = 1 + province.session.query(Ruling).filter_by(item_id=item.id).count()
    province.session.add(
        Ruling(
            item_id=item.id,
            stage=Stage.COMMITTEE,
            number=number,
            verdict=verdict,
            amended_name=name,
            reason=f"Lý do {number}",
            ruled_by_id=province.members[0].id,
            ruled_at=AT,
        )
    )
    province.session.flush()


def issue(province: Province, dossier: Dossier, **changes: object) -> Issuance:
    document = make_document(province.session, "12-QĐ/TU")
    document.issued_on = ISSUED_ON
    facts: dict[str, object] = {
        "dossier_id": dossier.id,
        "source_document_id": document.id,
        "sha256": "f" * 64,
        "signatory": "Nguyễn Văn Mẫu",
        "signatory_office": "Phó Bí thư",
        "effective_from": date(2024, 4, 15),
        "issued_by_id": province.members[0].id,
        "issued_at": AT,
    }
    made = Issuance(**facts | changes)
    province.session.add(made)
    province.session.flush()
    return made


def test_a_proposal_holds_all_items_and_rests_on_the_decision(province: Province) -> None:
    dossier = province.dossier(DossierState.SUBMITTED)
    paper = papers.proposal(province.session, dossier, TODAY)
    assert [each.item.ordinal for each in paper.items] == list(range(1, 9))
    assert [each.number for each in paper.bases] == ["2752-QĐ/BTCTW"]
    assert paper.cover.sha256 == dossier.sha256
    assert paper.cover.marks == (UNVERIFIED,)


def test_a_paper_of_an_unsubmitted_dossier_says_that_it_is_a_draft(province: Province) -> None:
    paper = papers.proposal(province.session, province.dossier(), TODAY)
    assert (paper.cover.sha256, paper.cover.marks) == ("", (DRAFT_PAPER, UNVERIFIED))


def test_what_rests_on_signed_files_alone_bears_no_mark(province: Province) -> None:
    dossier = province.dossier(DossierState.SUBMITTED)
    for document in province.session.query(SourceDocument):
        document.state = SourceState.VERIFIED
    province.session.flush()
    paper = papers.proposal(province.session, dossier, TODAY)
    assert paper.cover.marks == ()
    assert not any(each.mark for each in paper.items)
    assert not any(each.mark for each in paper.bases)


def test_a_ballot_is_made_for_each_who_votes_with_the_items_that_differ(
    province: Province,
) -> None:
    dossier = province.dossier(DossierState.COMMITTEE_REVIEW)
    paper = papers.ballots(province.session, dossier, organiser(province))
    assert [each.item.ordinal for each in paper.items] == DIFFERING
    assert {each.member for each in paper.ballots} == {each.name for each in province.members}
    assert paper.body == "Ban Thường vụ Tỉnh ủy"


def test_an_unsent_ballot_is_printed_for_its_member_alone(province: Province) -> None:
    dossier = province.dossier(DossierState.COMMITTEE_REVIEW)
    cast(province, dossier, province.members[1], (4, Choice.DISAGREE, "Giữ nguyên"), sent=False)
    for place, said in ((1, {4: (Choice.DISAGREE, "Giữ nguyên")}), (2, {})):
        paper = papers.ballots(province.session, dossier, member(province, place))
        own = next(each for each in paper.ballots if each.member == province.members[1].name)
        assert own.said == said


def test_a_pack_carries_what_its_reader_may_see_and_marks_inner_threads(
    province: Province,
) -> None:
    dossier = province.dossier(DossierState.COMMITTEE_REVIEW)
    cast(province, dossier, province.members[1], (4, Choice.AGREE_AMENDED, "Sửa tên"))
    comment(province, dossier, province.members[2], "Trao đổi riêng", 5, Audience.COMMITTEE)
    comment(province, dossier, province.members[2], "Cần căn cứ")
    inner = papers.review_pack(province.session, dossier, member(province))
    outer = papers.review_pack(province.session, dossier, organiser(province))
    assert [(each.ordinal, each.text) for each in inner.remarks] == [
        (5, "Trao đổi riêng"),
        (None, "Cần căn cứ"),
        (4, "Đồng ý, có chỉnh sửa: Sửa tên"),
    ]
    assert INTERNAL_REMARKS in inner.cover.marks
    assert [each.text for each in outer.remarks] == ["Cần căn cứ", "Đồng ý, có chỉnh sửa: Sửa tên"]
    assert INTERNAL_REMARKS not in outer.cover.marks
    assert {each.at and each.at.hour for each in inner.remarks} == {9}


def test_answers_tell_what_was_taken_in_and_what_was_explained(province: Province) -> None:
    dossier = province.dossier(DossierState.COMMITTEE_REVIEW)
    first, second, third = province.members
    cast(
        province,
        dossier,
        second,
        (4, Choice.AGREE_AMENDED, "Sửa tên"),
        (5, Choice.DISAGREE, "Không tách"),
        (8, Choice.DISAGREE, "Bỏ"),
    )
    comment(province, dossier, third, "Trao đổi riêng", 5, Audience.COMMITTEE)
    comment(province, dossier, third, "Thêm số liệu")
    comment(province, dossier, province.organiser, "Hai mảng việc khác nhau", 5)
    rule(province, dossier, 4, Verdict.ADOPT, None)
    rule(province, dossier, 4, Verdict.ADOPT_AMENDED, "Văn thư và lưu trữ")
    rule(province, dossier, 5, Verdict.ADOPT)
    rule(province, dossier, 8, Verdict.REJECT)
    paper = papers.answers(province.session, dossier, viewer_of(first, Role.COMMITTEE))
    assert [
        (each.ordinal, each.remark, each.taken_in, each.explained) for each in paper.answers
    ] == [
        (
            4,
            "Đồng ý, có chỉnh sửa: Sửa tên",
            "Thông qua, có chỉnh sửa: «Văn thư và lưu trữ». Lý do 2",
            "",
        ),
        (5, "Không đồng ý: Không tách", "", "Hai mảng việc khác nhau\nThông qua. Lý do 1"),
        (8, "Không đồng ý: Bỏ", "Không thông qua. Lý do 1", ""),
        (None, "Thêm số liệu", "", ""),
    ]


def test_a_conclusion_holds_the_last_ruling_of_each_item(province: Province) -> None:
    dossier = province.dossier(DossierState.COMMITTEE_REVIEW)
    rule(province, dossier, 4, Verdict.REJECT)
    rule(province, dossier, 4, Verdict.ADOPT_AMENDED, "Văn thư và lưu trữ")
    paper = papers.conclusion(province.session, dossier, TODAY, 7)
    assert paper.undisputed == 7
    assert [(each.asked.item.ordinal, each.verdict, each.amended_name) for each in paper.ruled] == [
        (4, Verdict.ADOPT_AMENDED, "Văn thư và lưu trữ")
    ]
    assert DRAFT_PAPER in paper.cover.marks
    assert paper.cover.letterhead.number == 7


def test_a_decision_lists_what_was_adopted_under_its_amended_name(province: Province) -> None:
    dossier = province.dossier(DossierState.CONCLUDED)
    rule(province, dossier, 4, Verdict.ADOPT_AMENDED, "Văn thư và lưu trữ")
    rule(province, dossier, 8, Verdict.REJECT)
    draft = decision_paper.read(province.session, dossier, TODAY)
    (listing,) = draft.listings
    names = [position.name for group in listing.groups for position in group.positions]
    assert sorted(names) == sorted(
        [item.name for item in dossier.items if item.ordinal not in (4, 8)] + ["Văn thư và lưu trữ"]
    )
    assert (draft.number, draft.effective_from) == ("", None)
    assert draft.cover.marks == (DRAFT_PAPER, UNVERIFIED)


def test_an_issued_decision_bears_what_issuing_gave(province: Province) -> None:
    dossier = province.dossier(DossierState.CONCLUDED)
    issue(province, dossier)
    paper = decision_paper.read(province.session, dossier, TODAY + timedelta(days=30))
    assert (paper.number, paper.effective_from) == ("12-QĐ/TU", date(2024, 4, 15))
    assert paper.cover.letterhead.on == ISSUED_ON
    assert paper.cover.sha256 == "f" * 64
    assert (paper.closing.signature.office, paper.closing.signature.name) == (
        "Phó Bí thư",
        "Nguyễn Văn Mẫu",
    )
    assert paper.cover.marks == (UNVERIFIED,)


def test_an_urgent_or_withdrawn_decision_says_so_on_every_page(province: Province) -> None:
    dossier = province.dossier(DossierState.CONCLUDED)
    issued = issue(province, dossier, urgent=True, urgent_reason="Thời hạn")
    paper = decision_paper.read(province.session, dossier, TODAY)
    assert paper.cover.marks[-1] == "Ban hành khẩn – chờ xác nhận sau"
    issued.confirmed_by_id, issued.confirmed_at = province.members[1].id, AT
    issued.withdrawn_by_id, issued.withdrawn_on = province.members[0].id, TODAY
    province.session.flush()
    paper = decision_paper.read(province.session, dossier, TODAY)
    assert paper.cover.marks[-1] == DossierState.WITHDRAWN.label


def test_a_dossier_is_found_by_whoever_may_see_it(province: Province) -> None:
    dossier = province.dossier()
    assert papers.find(province.session, dossier.id, organiser(province)) is dossier
    assert papers.find(province.session, dossier.id, member(province)) is None
    stranger = replace(member(province), scopes={Role.STAFF: frozenset()})
    assert papers.find(province.session, dossier.id, stranger) is None
