"""The official catalogue in one test: a decision's annex in, three hundred rows reconciled,
reviewed by two bodies, issued before the deadline, then superseded; every line still traces."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.issuing import Terms
from catalogue.domain.matching import EXACT
from catalogue.domain.reviewing import Audience, Choice, MatchKind, Stage, Verdict
from catalogue.domain.roles import Viewer
from catalogue.domain.states import DossierState
from catalogue.domain.voting import Judgement, Mark
from catalogue.domain.words import IN_FORCE, Role, SourceState, VersionState
from catalogue.importers import position_annex
from catalogue.models import (
    Agency,
    Dossier,
    LogLine,
    Person,
    PositionVersion,
    Reconciliation,
    Unit,
)
from catalogue.queries import checks, hours_by_position, sides, trace
from catalogue.services import (
    annex_files,
    ballots,
    cataloguing,
    comments,
    dossier_items,
    dossiers,
    issuing,
    matching,
    reviews,
    rulings,
)
from tests.dossiers import make_committee
from tests.making import (
    AT,
    TODAY,
    make_agency,
    make_description,
    make_document,
    make_line,
    make_person,
    make_positions,
    make_unit,
    task_versions,
)
from tests.official_lists import RENAMED, annex, official_names, own_names

EFFECT, AFTER = date(2024, 4, 15), date(2024, 7, 1)


@dataclass
class Story:
    """Four people and what they work on."""

    session: Session
    agency: Agency
    unit: Unit
    unit_officer: Person
    organiser: Person
    members: list[Person]
    own: list[PositionVersion]
    lines: list[LogLine]

    def received(self, number: str, data: bytes) -> Reconciliation:
        """Read a decision's annex and lay it beside what is in force."""
        source = cataloguing.Source(
            document=make_document(self.session, number),
            agency=self.agency,
            file_name=f"{sha256(data).hexdigest()[:8]}.docx",
            sha256=sha256(data).hexdigest(),
            state=SourceState.REFERENCE,
            valid_from=EFFECT,
        )
        file = annex_files.record(
            self.session, position_annex.read(data), source, by=self.organiser.id, at=AT
        )
        return matching.open(self.session, self.agency.id, file.id, by=self.unit_officer.id, at=AT)

    def reviewed(self, dossier: Dossier) -> None:
        """Take a submitted dossier through both bodies; one item is disputed in the second."""
        chief, member, _ = self.members
        reviews.take_up(self.session, dossier.id, by=chief.id, at=AT, today=TODAY)
        self.vote(dossier, Stage.STANDING, disputed=None)
        reviews.forward(self.session, dossier.id, by=chief.id, at=AT, today=TODAY)
        disputed = next(item for item in dossier.items if item.kind is not MatchKind.SAME)
        self.vote(dossier, Stage.COMMITTEE, disputed=disputed.id)
        with pytest.raises(reviews.StillOpen):
            reviews.conclude(self.session, dossier.id, by=chief.id, at=AT, today=TODAY)
        ruled = Judgement(Stage.COMMITTEE, Verdict.ADOPT, "Giữ như tờ trình")
        rulings.rule(self.session, disputed.id, ruled, seen=0, by=member.id, at=AT, today=TODAY)
        reviews.conclude(self.session, dossier.id, by=chief.id, at=AT, today=TODAY)

    def vote(self, dossier: Dossier, stage: Stage, *, disputed: int | None) -> None:
        for place, member in enumerate(self.members):
            ballot = ballots.take_up(
                self.session, dossier.id, stage, by=member.id, at=AT, today=TODAY
            )
            if disputed is not None and place == 0:
                remark = Mark(Choice.DISAGREE, "Tên cũ rõ hơn")
                ballots.mark(self.session, ballot, {disputed: remark})
            ballots.agree_to_rest(self.session, ballot)
            ballots.send(self.session, ballot, by=member.id, at=AT)

    def issue(self, dossier: Dossier, number: str, effect: date) -> None:
        terms = Terms(
            number=number,
            issued_on=min(TODAY, effect),
            signatory="Nguyễn Văn Ký",
            signatory_office="Phó Bí thư Thường trực",
            effective_from=effect,
            sha256_seen=dossier.sha256 or "",
        )
        issuing.issue(self.session, dossier.id, terms, by=self.members[1].id, at=AT, today=TODAY)

    def in_force(self, day: date) -> dict[str, VersionState]:
        standing = select(PositionVersion.name, PositionVersion.state).where(
            PositionVersion.state.in_(IN_FORCE), PositionVersion.holds_on(day)
        )
        return {name: state for name, state in self.session.execute(standing)}  # noqa: C416 (rows)

    def hours_in_march(self, as_of: date) -> dict[str, tuple[int, int, bool]]:
        """Minutes by official position, from how many positions, and whether a split is open."""
        viewer = Viewer(self.organiser.id, 0, "", {Role.ORGANISER: None}, as_of)
        found = hours_by_position.of_period(
            self.session, date(2024, 3, 1), date(2024, 3, 31), viewer, as_of=as_of
        )
        return {each.name: (each.minutes, each.former, each.undecided) for each in found}

    def assert_every_line_traces(self) -> None:
        assert trace.untraced(self.session) == 0
        assert all(check.broken == 0 for check in checks.run(self.session))
        for line in self.lines:
            chain = trace.of_line(self.session, line.id)
            assert chain is not None
            assert chain.annex_file == "VPTU.docx"


@pytest.fixture
def story(session: Session) -> Story:
    agency = make_agency(session, "VPTU", "Văn phòng Tỉnh ủy")
    own = make_positions(session, agency, make_document(session, "Tham khảo VPTU"), own_names())
    unit = make_unit(session, "VPTU", "Văn phòng Tỉnh ủy", agency)
    members, _ = make_committee(session)
    lines = []
    for version in (own[0], own[20], *own[-3:]):
        described = make_description(session, version, agency, (f"Việc của {version.name}",))
        holder = make_person(
            session, f"Người giữ {version.name}", unit=unit, position_id=version.position_id
        )
        task = task_versions(session, described)[0]
        lines.append(make_line(session, holder, task, day=date(2024, 3, 5)))
    return Story(
        session=session,
        agency=agency,
        unit=unit,
        unit_officer=make_person(
            session, "Võ Cán Bộ Tổ Chức", role=Role.UNIT_OFFICER, role_unit=unit
        ),
        organiser=make_person(session, "Đỗ Ban Tổ Chức", role=Role.ORGANISER),
        members=members,
        own=own,
        lines=lines,
    )


def test_from_a_changed_annex_to_an_issued_catalogue_and_on_to_the_next(story: Story) -> None:
    session, officer = story.session, story.unit_officer.id
    names = official_names(own_names())

    # reconcile: what is equal at once, the renames by score, the merge and the split one by one
    lists = story.received("2752-QĐ/BTCTW", annex(names))
    exact = matching.accept_alike(session, lists.id, EXACT, by=officer, at=AT)
    alike = matching.accept_alike(session, lists.id, 60.0, by=officer, at=AT)
    merged, split = story.own[-3:-1], story.own[-1:]
    rows = {row.name: row.key for row in sides.official(session, lists.official_file_id)}
    for kind, versions, asked in (
        (MatchKind.MERGED, merged, names[-3:-2]),
        (MatchKind.SPLIT, split, names[-2:]),
    ):
        matching.rule(
            session,
            lists.id,
            kind,
            [version.id for version in versions],
            [rows[name] for name in asked],
            "theo khối lượng việc",
            by=officer,
            at=AT,
        )
    assert (len(exact), len(alike)) == (297 - len(RENAMED), len(RENAMED))

    # submit, comment, vote, rule, issue before the deadline
    dossier = dossiers.draft(session, "Danh mục chính thức", by=story.organiser.id, at=AT)
    dossier_items.gather(session, dossier.id, lists.id, by=story.organiser.id, at=AT)
    dossiers.submit(session, dossier.id, by=story.organiser.id, at=AT)
    viewer = Viewer(story.members[0].id, 0, "", {Role.COMMITTEE: None}, TODAY)
    said = comments.Said(dossier.items[0].id, Audience.ORGANISERS, "Nên ghi rõ căn cứ")
    remark = comments.write(session, dossier.id, said, viewer=viewer, at=AT)
    comments.send(session, remark.id, by=story.members[0].id, at=AT)
    story.reviewed(dossier)
    story.issue(dossier, "21-QĐ/TU", EFFECT)

    assert state_of(session, dossier) is DossierState.ISSUED
    assert story.in_force(EFFECT) == dict.fromkeys(names, VersionState.ISSUED)
    assert set(story.in_force(TODAY)) == set(own_names())
    story.assert_every_line_traces()
    rolled_up = story.hours_in_march(as_of=EFFECT)
    assert rolled_up["Văn thư, lưu trữ"] == (180, 2, False)
    assert rolled_up["Chuyên viên quản trị, lễ tân"] == (90, 1, True)
    assert sum(minutes for minutes, _, _ in rolled_up.values()) == 5 * 90

    # the next decision supersedes it
    later = official_names(names[:-3] + own_names()[-3:], prefix="Chuyên viên cao cấp")
    following = story.received("2753-QĐ/BTCTW", annex(later))
    matching.accept_alike(session, following.id, 60.0, by=officer, at=AT)
    second = dossiers.draft(session, "Sửa đổi danh mục", by=story.organiser.id, at=AT)
    dossier_items.gather(session, second.id, following.id, by=story.organiser.id, at=AT)
    dossiers.submit(session, second.id, by=story.organiser.id, at=AT)
    story.reviewed(second)
    story.issue(second, "35-QĐ/TU", AFTER)

    assert state_of(session, dossier) is DossierState.SUPERSEDED
    assert set(story.in_force(AFTER)) == set(later)
    story.assert_every_line_traces()


def state_of(session: Session, dossier: Dossier) -> DossierState:
    return session.scalars(select(Dossier.state).where(Dossier.id == dossier.id)).one()
