"""Small builders of agencies, positions, people and lines, through the program's own services."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain import description as records
from catalogue.domain.annex import Annex, Row
from catalogue.domain.competency import Dictionary, DictionaryEntry
from catalogue.domain.diary import LineDraft
from catalogue.domain.reviewing import MilestoneSubject
from catalogue.domain.text import fold, sort_key
from catalogue.domain.words import (
    AssignmentKind,
    Level,
    PositionGroup,
    Role,
    SourceState,
    VersionState,
)
from catalogue.models import (
    Account,
    Agency,
    AnnexFile,
    Assignment,
    CompetencyDictionary,
    Description,
    Duty,
    Establishment,
    LogLine,
    Milestone,
    Person,
    Position,
    PositionVersion,
    RoleGrant,
    SourceDocument,
    TaskVersion,
    Unit,
)
from catalogue.services import (
    accounts,
    annex_files,
    cataloguing,
    competencies,
    describing,
    granting,
    logging_work,
)

AT = datetime(2024, 4, 10, 2, 0, tzinfo=UTC)
SINCE = date(2024, 1, 1)
TODAY = date(2024, 4, 10)
DUE = date(2024, 4, 15)
PASSWORD = "một mật khẩu đủ dài"


def make_agency(session: Session, code: str, name: str) -> Agency:
    agency = Agency(
        code=code, name=name, name_folded=fold(name), short_name=name, level=Level.PROVINCE
    )
    session.add(agency)
    session.flush()
    return agency


def make_document(
    session: Session, number: str, state: SourceState = SourceState.UNSIGNED
) -> SourceDocument:
    document = SourceDocument(
        number=number, issuer="Nơi ban hành", issued_on=SINCE, title=f"Về {number}", state=state
    )
    session.add(document)
    session.flush()
    return document


def make_milestone(
    session: Session,
    subject: MilestoneSubject = MilestoneSubject.CATALOGUE,
    due_on: date = DUE,
) -> Milestone:
    milestone = Milestone(
        name=subject.label, subject=subject, due_on=due_on, basis="Kế hoạch", added_at=AT
    )
    session.add(milestone)
    session.flush()
    return milestone


def annex_of(names: Sequence[str], group: PositionGroup = PositionGroup.SPECIALIST) -> Annex:
    """An annex whose rows are codes VT-01, VT-02, … in one table."""
    return Annex(
        tuple(
            Row(
                no=str(number),
                name=name,
                group=group.label,
                rank="Chuyên viên",
                code=f"VT-{number:02d}",
                headcount=None,
                table=1,
                row=number + 1,
                raw=(str(number), name, "Chuyên viên", f"VT-{number:02d}"),
            )
            for number, name in enumerate(names, start=1)
        )
    )


def make_positions(
    session: Session,
    agency: Agency,
    document: SourceDocument,
    names: Sequence[str],
    state: SourceState = SourceState.REFERENCE,
) -> list[PositionVersion]:
    """Positions in force, each with the row of the annex that words it."""
    file_name = f"{agency.code}.docx"
    source = cataloguing.Source(
        document=document,
        agency=agency,
        file_name=file_name,
        sha256=sha256(f"{file_name} {document.number}".encode()).hexdigest(),
        state=state,
        valid_from=SINCE,
    )
    cataloguing.record_annex(session, annex_of(names), source, by=None, at=AT)
    in_force = (
        select(PositionVersion)
        .join(Position, Position.id == PositionVersion.position_id)
        .where(Position.agency_id == agency.id, PositionVersion.valid_to.is_(None))
        .where(PositionVersion.state == VersionState.PROVISIONAL)
        .order_by(PositionVersion.id)
    )
    return list(session.scalars(in_force))


def make_annex_file(
    session: Session,
    agency: Agency,
    document: SourceDocument,
    names: Sequence[str],
    state: SourceState = SourceState.REFERENCE,
) -> AnnexFile:
    """A file of the document with these rows, and nothing in force by it."""
    digest = sha256(repr((agency.code, document.number, names)).encode()).hexdigest()
    source = cataloguing.Source(document, agency, "phu-luc.docx", digest, state, SINCE)
    return annex_files.record(session, annex_of(names), source, by=None, at=AT)


def description_of(name: str, tasks: Sequence[str]) -> records.Description:
    return records.Description(
        name=name,
        purpose="Giúp cơ quan làm tốt phần việc được giao.",
        duties=(
            records.Duty(
                "1",
                "Tham mưu",
                tasks=tuple(
                    records.Task(text, f"Sản phẩm của {text}", "Đúng hạn") for text in tasks
                ),
            ),
            records.Duty("2", "Thực hiện nhiệm vụ khác", criteria=("Đúng yêu cầu",)),
        ),
        relations=records.Relations(
            managed_by=("Lãnh đạo cơ quan",),
            outside=(records.OutsideRelation("Các cơ quan liên quan", "Phối hợp"),),
        ),
        authority=(records.Authority("4.1", "Được chủ động về phương pháp"),),
        qualifications={"Trình độ đào tạo": ("Đại học",)},
        competencies=(records.Requirement("Nhóm chung", "Giao tiếp", 2, 3),),
        marks=("bản mẫu trình diễn",),
    )


def make_description(
    session: Session, version: PositionVersion, agency: Agency, tasks: Sequence[str]
) -> Description:
    read = description_of(version.name, tasks)
    source = describing.Source(
        file_name=f"mo-ta-{version.position_id}.docx",
        sha256=sha256(f"mô tả {version.position_id}".encode()).hexdigest(),
        valid_from=SINCE,
        agency_id=agency.id,
    )
    describing.record_descriptions(session, [read], source, by=None, at=AT)
    wanted = select(Description).where(Description.position_id == version.position_id)
    return session.scalars(wanted.order_by(Description.number.desc())).first() or _none(wanted)


def make_dictionary(
    session: Session,
    audience: PositionGroup | None = None,
    *,
    name: str = "Giao tiếp",
    heading: str = "I. NHÓM NĂNG LỰC CHUNG",
    since: date = SINCE,
) -> tuple[int, int]:
    """A dictionary that words levels 2 to 4 of one competency; answers the keys of both."""
    levels: dict[int, str | None] = {level: f"{name}, cấp {level}" for level in (2, 3, 4)}
    read = Dictionary(f"Khung của {name}", (DictionaryEntry(heading, name, levels),))
    digest = sha256(f"từ điển {name} {audience} {since}".encode()).hexdigest()
    source = competencies.Source("tu-dien.docx", digest, since, audience)
    competencies.record_dictionary(session, read, source, by=None, at=AT)
    dictionary = select(CompetencyDictionary.id).where(CompetencyDictionary.sha256 == digest)
    found = competencies.find_or_add(session, [name])[fold(name)]
    return found, session.scalars(dictionary).one()


def make_unit(
    session: Session, code: str, name: str, agency: Agency | None = None, parent: Unit | None = None
) -> Unit:
    unit = Unit(
        code=code,
        name=name,
        name_folded=fold(name),
        agency_id=agency.id if agency else None,
        parent_id=parent.id if parent else None,
        reporting_unit_id=parent.id if parent else None,
        rank=1,
        valid_from=SINCE,
    )
    session.add(unit)
    session.flush()
    if parent is None:
        unit.reporting_unit_id = unit.id
    session.flush()
    return unit


def make_person(
    session: Session,
    name: str,
    *,
    unit: Unit | None = None,
    position_id: int | None = None,
    role: Role | None = None,
    role_unit: Unit | None = None,
) -> Person:
    """A person, holding a position at a unit where one is given, granted a role where one is."""
    person = Person(name=name, name_folded=fold(name), sort_key=sort_key(name))
    session.add(person)
    session.flush()
    if unit is not None and position_id is not None:
        establishment = Establishment(
            unit_id=unit.id, position_id=position_id, headcount=1, valid_from=SINCE
        )
        session.add(establishment)
        session.flush()
        session.add(
            Assignment(
                person_id=person.id,
                establishment_id=establishment.id,
                kind=AssignmentKind.PRIMARY,
                valid_from=SINCE,
            )
        )
    if role is not None:
        make_grant(session, person, role, role_unit)
    session.flush()
    return person


def make_grant(session: Session, person: Person, role: Role, unit: Unit | None) -> RoleGrant:
    return granting.grant(
        session,
        person.id,
        role,
        unit_id=unit.id if unit else None,
        since=SINCE,
        by=None,
        at=AT,
    )


def make_account(session: Session, person: Person, username: str) -> Account:
    """An account without a password: `accounts.set_password` gives it one where a test needs it."""
    return accounts.make_account(session, person.id, username, by=None, at=AT)


def task_versions(session: Session, description: Description) -> list[TaskVersion]:
    query = (
        select(TaskVersion)
        .join(Duty, Duty.id == TaskVersion.duty_id)
        .where(Duty.description_id == description.id)
        .order_by(TaskVersion.id)
    )
    return list(session.scalars(query))


def make_line(  # noqa: PLR0913 (a line has this many circumstances)
    session: Session,
    person: Person,
    task: TaskVersion,
    *,
    day: date = TODAY,
    minutes: int = 90,
    content: str = "",
    product: str | None = "Một văn bản",
) -> LogLine:
    draft = LineDraft(task.id, minutes, content=content, product=product)
    return logging_work.log_line(session, draft, day=day, today=TODAY, by=person.id, at=AT)


def _none(query: object) -> Description:
    message = f"nothing was made for {query}"
    raise AssertionError(message)
