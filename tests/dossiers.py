"""A small province with a decision to reconcile, and dossiers in any state, for tests."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.reviewing import MatchKind, Stage
from catalogue.domain.states import DossierState, Move
from catalogue.domain.text import code_key
from catalogue.domain.words import Role
from catalogue.models import (
    Agency,
    AnnexFile,
    AnnexRow,
    Dossier,
    Match,
    Person,
    PositionVersion,
    Reconciliation,
    Seat,
    SourceDocument,
    Unit,
    VotingRule,
)
from catalogue.services import dossier_items, dossiers
from tests.making import (
    AT,
    SINCE,
    make_agency,
    make_document,
    make_person,
    make_positions,
    make_unit,
)

OWN = (
    "Chánh Văn phòng",
    "Phó Chánh Văn phòng",
    "Chuyên viên tổng hợp",
    "Chuyên viên văn thư",
    "Chuyên viên lưu trữ",
    "Chuyên viên hành chính, quản trị",
    "Cố vấn đờn ca tài tử",
)
OFFICIAL = (
    "Chánh Văn phòng",
    "Phó Chánh Văn phòng",
    "Chuyên viên về tổng hợp",
    "Văn thư, lưu trữ",
    "Chuyên viên hành chính",
    "Chuyên viên quản trị công sở",
    "Chuyên viên cơ yếu",
)
_MEMBERS = ("Nguyễn Thường Trực", "Trần Ủy Viên", "Lê Ủy Viên")
_SECRETARY = "Phạm Thư Ký"
_UNIT_OFFICER = "Võ Cán Bộ Tổ Chức"
_ORGANISER = "Đỗ Ban Tổ Chức"


@dataclass
class Province:
    """What the tests name; `own` are the positions in force, `official` the decision's rows."""

    session: Session
    agency: Agency
    unit: Unit
    own: Sequence[PositionVersion]
    official: Sequence[AnnexRow]
    reconciliation: Reconciliation
    unit_officer: Person
    organiser: Person
    members: Sequence[Person]
    secretary: Person
    holders: Sequence[Person]

    def match(
        self, kind: MatchKind, own: Sequence[int] = (), official: Sequence[int] = (), why: str = ""
    ) -> Match:
        made = Match(
            reconciliation_id=self.reconciliation.id,
            kind=kind,
            score=100.0,
            reason="cùng tên",
            why=why,
            ruled_by_id=self.organiser.id,
            ruled_at=AT,
            versions=[self.own[n] for n in own],
            rows=[self.official[n] for n in official],
        )
        self.session.add(made)
        self.session.flush()
        return made

    def match_all(self) -> None:
        """Two that are the same, a renamed one, a merge, a split, a local and a missing one."""
        self.match(MatchKind.SAME, [0], [0])
        self.match(MatchKind.SAME, [1], [1])
        self.match(MatchKind.RENAMED, [2], [2], "cùng nhiệm vụ")
        self.match(MatchKind.MERGED, [3, 4], [3], "một người làm cả hai việc")
        self.match(MatchKind.SPLIT, [5], [4, 5], "hai mảng việc khác nhau")
        self.match(MatchKind.LOCAL, [6], [], "việc riêng của tỉnh")
        self.match(MatchKind.MISSING, [], [6], "cơ quan chưa có")

    def dossier(self, state: DossierState = DossierState.DRAFT) -> Dossier:
        """Make a dossier of all matches, and take it to the state by the services."""
        chief, writer = self.members[0].id, self.organiser.id
        made = dossiers.draft(self.session, "Danh mục chính thức của Văn phòng", by=writer, at=AT)
        dossier_items.gather(self.session, made.id, self.reconciliation.id, by=writer, at=AT)
        route = (
            (DossierState.SUBMITTED, Move.SUBMIT),
            (DossierState.STANDING_REVIEW, Move.OPEN),
            (DossierState.COMMITTEE_REVIEW, Move.FORWARD),
            (DossierState.CONCLUDED, Move.CONCLUDE),
        )
        for reached, step in route:
            if made.state is state:
                break
            if step is Move.SUBMIT:
                dossiers.submit(self.session, made.id, by=writer, at=AT)
            else:
                dossiers.move(self.session, made.id, step, by=chief, at=AT)
            assert made.state is reached
        assert made.state is state
        return made


def make_province(session: Session) -> Province:
    """Lay down one agency with its temporary list, a unit, a decision's rows, and the people."""
    agency = make_agency(session, "VPTU", "Văn phòng Tỉnh ủy")
    temporary = make_document(session, "Tham khảo VPTU")
    own = make_positions(session, agency, temporary, OWN)
    unit = make_unit(session, "VPTU", "Văn phòng Tỉnh ủy", agency)
    official = make_official(session, agency, "2752-QĐ/BTCTW", OFFICIAL)
    reconciliation = Reconciliation(
        agency_id=agency.id, official_file_id=official[0].annex_file_id, started_at=AT
    )
    session.add(reconciliation)
    session.flush()
    make_committee(session)
    for version in own:
        make_person(session, _holder(version), unit=unit, position_id=version.position_id)
    make_person(session, _UNIT_OFFICER, role=Role.UNIT_OFFICER, role_unit=unit)
    make_person(session, _ORGANISER, role=Role.ORGANISER)
    return find_province(session)


def find_province(session: Session) -> Province:
    """Find what was laid down."""
    reconciliation = session.scalars(select(Reconciliation)).one()
    agency = session.get_one(Agency, reconciliation.agency_id)
    own = session.scalars(select(PositionVersion).order_by(PositionVersion.id)).all()
    people = {each.name: each for each in session.scalars(select(Person))}
    return Province(
        session=session,
        agency=agency,
        unit=session.scalars(select(Unit)).one(),
        own=own,
        official=_rows(session, reconciliation.official_file_id),
        reconciliation=reconciliation,
        unit_officer=people[_UNIT_OFFICER],
        organiser=people[_ORGANISER],
        members=[people[name] for name in _MEMBERS],
        secretary=people[_SECRETARY],
        holders=[people[_holder(version)] for version in own],
    )


def make_official(
    session: Session, agency: Agency, number: str, names: Sequence[str]
) -> list[AnnexRow]:
    """Write the rows of a decision's annex, of which nothing is in force yet."""
    known = session.scalar(select(SourceDocument).where(SourceDocument.number == number))
    document = known or make_document(session, number)
    digest = sha256(f"{number} {'|'.join(names)}".encode()).hexdigest()
    file = AnnexFile(
        source_document_id=document.id,
        agency_id=agency.id,
        file_name=f"{number.replace('/', '-')}.docx",
        sha256=digest,
        read_at=AT,
    )
    session.add(file)
    session.flush()
    session.add_all(_row(file, place, name) for place, name in enumerate(names, start=1))
    session.flush()
    return _rows(session, file.id)


def _rows(session: Session, file_id: int) -> list[AnnexRow]:
    rows = select(AnnexRow).where(AnnexRow.annex_file_id == file_id).order_by(AnnexRow.row_no)
    return list(session.scalars(rows))


def _holder(version: PositionVersion) -> str:
    return f"Người giữ {version.name}"


def _row(file: AnnexFile, place: int, name: str) -> AnnexRow:
    code = f"VT-{place:02d}"
    return AnnexRow(
        annex_file_id=file.id,
        table_no=1,
        row_no=place + 1,
        no=str(place),
        name=name,
        group_heading="II. Nghiệp vụ chuyên ngành",
        rank="Chuyên viên",
        code=code,
        code_key=code_key(code),
        headcount=1,
        raw=[str(place), name, "Chuyên viên", code],
    )


def make_committee(session: Session) -> tuple[list[Person], Person]:
    members = [make_person(session, name, role=Role.COMMITTEE) for name in _MEMBERS]
    secretary = make_person(session, _SECRETARY, role=Role.COMMITTEE)
    for stage in Stage:
        for person in members:
            session.add(seat(stage, person))
        session.add(seat(stage, secretary, secretary=True))
        session.add(
            VotingRule(
                stage=stage,
                quorum_percent=50,
                agree_percent=50,
                basis="Quy tắc của bộ kiểm thử",
                valid_from=SINCE,
            )
        )
    session.flush()
    return members, secretary


def seat(stage: Stage, person: Person, *, secretary: bool = False, since: date = SINCE) -> Seat:
    return Seat(
        stage=stage,
        person_id=person.id,
        office="Thư ký" if secretary else "Ủy viên",
        votes=not secretary,
        secretary=secretary,
        valid_from=since,
    )
