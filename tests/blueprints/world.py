"""A small office for page tests: two units, a district, one person per role, some lines."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain import adjusting, drafting
from catalogue.domain.description import Section
from catalogue.domain.diary import LineDraft
from catalogue.domain.diary_sheet import SheetFile
from catalogue.domain.drafting import Content
from catalogue.domain.issuing import Terms
from catalogue.domain.judging import Verdict
from catalogue.domain.pending import PendingDraft
from catalogue.domain.reviewing import MatchKind, MilestoneSubject, Stage
from catalogue.domain.roles import Viewer
from catalogue.domain.states import DraftMove, DraftState, Move
from catalogue.domain.words import DayKind, Role, SourceState
from catalogue.domain.work_items import WorkDraft
from catalogue.exporters import case_package
from catalogue.models import (
    Account,
    Adjustment,
    Agency,
    BackfillConsent,
    CalendarDay,
    DescriptionDraft,
    Dossier,
    DraftAuthor,
    DraftStep,
    Issuance,
    Judgement,
    LogLine,
    Match,
    Objection,
    Person,
    PositionVersion,
    Reconciliation,
    StoredFile,
    Submission,
    TaskVersion,
    Unit,
)
from catalogue.queries import assignable, exchange
from catalogue.queries.sources import DECISIONS
from catalogue.services import (
    beginning_work,
    dossier_items,
    dossiers,
    files,
    issuing,
    pending_lines,
)
from tests.assessments import assignment_of, make_assessment
from tests.diaries import sheet_file, sheet_row
from tests.dossiers import make_official, seat
from tests.drafts import make_rules, whole_record
from tests.exchanges import a_framework
from tests.making import (
    AT,
    TODAY,
    make_account,
    make_agency,
    make_description,
    make_dictionary,
    make_document,
    make_line,
    make_milestone,
    make_person,
    make_positions,
    make_unit,
    task_versions,
)
from tests.uploads import make_description_job, make_diary_job, make_job

OWN_CANARY = "Ghi chú riêng của đơn vị nhà"
OTHER_CANARY = "Ghi chú riêng của đơn vị khác"
OTHER_PERSON = "Lê Thị Đơn Vị Khác"
COMMITTEE_POSITIONS = ("Chuyên viên tổ chức đảng", "Chuyên viên chính sách cán bộ")
TASKS = ("Soạn thảo kế hoạch công tác năm", "Theo dõi việc thực hiện kế hoạch")
ROLES = {
    "staff": None,
    "head": Role.HEAD,
    "unit_officer": Role.UNIT_OFFICER,
    "organiser": Role.ORGANISER,
    "committee": Role.COMMITTEE,
    "administrator": Role.ADMINISTRATOR,
    "auditor": Role.AUDITOR,
}
_PROVINCE_WIDE = {"organiser", "committee", "administrator", "auditor"}


@dataclass(frozen=True)
class World:
    """The identifiers that tests ask pages for."""

    unit: int
    other_unit: int
    district: int
    part: int
    position: int
    description: int
    annex_row: int
    document: int
    agency: int
    line: int
    other_line: int
    old_other_line: int
    task: int
    other_task: int
    milestone: int
    official_file: int
    reconciliation: int
    draft: int
    dossier: int
    item: int
    job: int
    other_job: int
    issuance: int
    competency: int
    dictionary: int
    description_draft: int
    other_description_draft: int
    exchanged_file: int
    case: str
    case_item: str
    assessment: int
    other_assessment: int
    sent_descriptions: int
    other_sent_descriptions: int
    sent_diary: int
    other_sent_diary: int
    submission: int
    other_submission: int
    judged_line: int
    judgement: int
    objection: int
    adjustment: int
    other_adjustment: int
    consent: int
    other_consent: int
    pending: int
    other_pending: int
    work_item: int
    other_work_item: int
    people: dict[str, int]


def build(session: Session) -> World:
    """Fill an empty database."""
    for number in DECISIONS:
        make_document(session, number)
    reference = make_document(session, "09-ĐA/TU", SourceState.REFERENCE)
    session.add(CalendarDay(day=date(2024, 1, 1), kind=DayKind.HOLIDAY, source="Lịch nghỉ"))
    milestone = make_milestone(session)
    make_milestone(session, MilestoneSubject.DESCRIPTIONS, date(2024, 6, 30))
    office = make_agency(session, "VP", "Văn phòng")
    committee = make_agency(session, "BTC", "Ban Tổ chức")
    names = [f"Chuyên viên tham mưu lĩnh vực số {n}" for n in range(1, 61)]
    positions = make_positions(session, office, reference, names)
    others = make_positions(session, committee, reference, COMMITTEE_POSITIONS)
    described = make_description(session, positions[0], office, TASKS)
    make_description(session, others[0], committee, ("Thẩm định hồ sơ đảng viên",))
    task = task_versions(session, described)[0]
    other_description = make_description(
        session, others[0], committee, ("Thẩm định hồ sơ đảng viên",)
    )
    other_task = task_versions(session, other_description)[0]

    unit = make_unit(session, "VPTU", "Văn phòng Tỉnh ủy", office)
    other_unit = make_unit(session, "BTCTU", "Ban Tổ chức Tỉnh ủy", committee)
    district = make_unit(session, "VTH", "Huyện Vị Thủy")
    part = make_unit(session, "VTH-VP", "Văn phòng Huyện ủy Vị Thủy", office, district)

    people, stranger, other_head = _people(
        session, (unit, positions[0].position_id), (other_unit, others[0].position_id)
    )

    staff = session.get_one(Person, session.get_one(Account, people["staff"]).person_id)
    line = make_line(session, staff, task, content=OWN_CANARY, product="Bản kế hoạch")
    other_line = make_line(session, stranger, other_task, content=OTHER_CANARY)
    old = make_line(
        session, stranger, other_task, day=TODAY - timedelta(days=60), content=OTHER_CANARY
    )
    lists = _reconciled(session, office, positions, people["organiser"])
    draft, dossier = (_dossier(session, match, people["organiser"]) for match in lists.matches)
    dossiers.submit(session, dossier.id, by=draft.drafted_by_id, at=AT)
    _seat(session, people["committee"])
    job = make_job(session, people["unit_officer"], office, unit)
    other_job = make_job(session, people["organiser"], committee, other_unit)
    issuance = _issued(session, committee, others[0], people)
    make_rules(session)
    competency, dictionary = make_dictionary(session)
    drafted = _drafted(session, positions[1], unit.id, people["unit_officer"])
    other_drafted = _drafted(session, others[0], other_unit.id, people["organiser"])
    exchanged_file = _exchanged_file(session)
    head = session.get_one(Person, session.get_one(Account, people["head"]).person_id)
    assessed = make_assessment(session, staff, head, text=OWN_CANARY)
    other_assessed = make_assessment(session, stranger, other_head, text=OTHER_CANARY)
    uploaded = make_description_job(
        session, people["unit_officer"], unit, whole_record(positions[2].name)
    )
    other_uploaded = make_description_job(
        session,
        people["organiser"],
        None,
        whole_record("Chuyên viên không có trong danh mục"),
        whole_record(COMMITTEE_POSITIONS[1]),
    )
    diary = make_diary_job(session, people["staff"], _told(TASKS[0], OWN_CANARY))
    other_diary = make_diary_job(session, people["other_staff"], _told("Khác", OTHER_CANARY))
    sent = _sent(session, _drafted(session, positions[5], unit.id, people["unit_officer"]))
    other_sent = _sent(session, _drafted(session, others[1], other_unit.id, people["organiser"]))
    work = _work(session, (staff, head, task), (stranger, other_head, other_task))
    session.commit()
    return World(
        unit=unit.id,
        other_unit=other_unit.id,
        district=district.id,
        part=part.id,
        position=positions[0].position_id,
        description=described.id,
        annex_row=positions[0].wording_row_id,
        document=reference.id,
        agency=office.id,
        line=line.id,
        other_line=other_line.id,
        old_other_line=old.id,
        task=task.id,
        other_task=other_task.id,
        milestone=milestone.id,
        official_file=lists.reconciliation.official_file_id,
        reconciliation=lists.reconciliation.id,
        draft=draft.id,
        dossier=dossier.id,
        item=dossier.items[0].id,
        job=job.id,
        other_job=other_job.id,
        issuance=issuance.id,
        competency=competency,
        dictionary=dictionary,
        description_draft=drafted.id,
        other_description_draft=other_drafted.id,
        exchanged_file=exchanged_file.id,
        case=exchange.frameworks(session, dictionary)[0].identifier,
        case_item=exchange.frameworks(session, dictionary)[0].entries[0].identifier,
        assessment=assessed.id,
        other_assessment=other_assessed.id,
        sent_descriptions=uploaded.id,
        other_sent_descriptions=other_uploaded.id,
        sent_diary=diary.id,
        other_sent_diary=other_diary.id,
        submission=sent.id,
        other_submission=other_sent.id,
        **work,
        people=people,
    )


def _people(
    session: Session, own: tuple[Unit, int], other: tuple[Unit, int]
) -> tuple[dict[str, int], Person, Person]:
    """One account a persona; the stranger and the head of the other unit are wanted as persons."""
    unit, position_id = own
    other_unit, other_position_id = other
    people: dict[str, int] = {}
    for persona, role in ROLES.items():
        wide = persona in _PROVINCE_WIDE
        person = make_person(
            session,
            f"Nguyễn Văn {persona}",
            unit=None if wide else unit,
            position_id=None if wide else position_id,
            role=role,
            role_unit=None if wide else unit,
        )
        people[persona] = _account(session, person, persona).id
    stranger = make_person(session, OTHER_PERSON, unit=other_unit, position_id=other_position_id)
    people["other_staff"] = _account(session, stranger, "other_staff").id
    other_head = make_person(session, "Trần Trưởng Ban", role=Role.HEAD, role_unit=other_unit)
    people["other_head"] = _account(session, other_head, "other_head").id
    leaver = make_person(session, "Võ Đã Khóa", unit=unit, position_id=position_id)
    disabled = _account(session, leaver, "disabled")
    disabled.disabled = True
    people["disabled"] = disabled.id
    return people, stranger, other_head


def _work(
    session: Session,
    own: tuple[Person, Person, TaskVersion],
    other: tuple[Person, Person, TaskVersion],
) -> dict[str, int]:
    """What stands around lines, of the unit's own and of the other: writer, head and task."""
    (staff, head, task), (stranger, other_head, other_task) = own, other
    judged = make_line(session, staff, task, day=TODAY - timedelta(days=22), product="Tờ trình")
    word = _judged(session, judged, head)
    objection = _objected(session, staff, head, task)
    adjustments = [
        _adjustment(session, person, versions, text)
        for person, versions, text in (
            (staff, task, OWN_CANARY),
            (stranger, other_task, OTHER_CANARY),
        )
    ]
    consents = [
        _consent(session, person, text)
        for person, text in ((staff, OWN_CANARY), (stranger, OTHER_CANARY))
    ]
    pending, work = _waiting(session, staff, head, OWN_CANARY)
    other_pending, other_work = _waiting(session, stranger, other_head, OTHER_CANARY)
    return {
        "judged_line": judged.id,
        "judgement": word.id,
        "objection": objection.id,
        "adjustment": adjustments[0].id,
        "other_adjustment": adjustments[1].id,
        "consent": consents[0].id,
        "other_consent": consents[1].id,
        "pending": pending,
        "other_pending": other_pending,
        "work_item": work,
        "other_work_item": other_work,
    }


def _judged(session: Session, line: LogLine, head: Person) -> Judgement:
    """Say of a line that it is not accepted."""
    word = Judgement(
        log_line_id=line.id,
        verdict=Verdict.NOT_ACCEPTED,
        reason=OWN_CANARY,
        by_id=head.id,
        at=AT,
    )
    line.verdict = Verdict.NOT_ACCEPTED
    session.add(word)
    session.flush()
    return word


def _objected(session: Session, staff: Person, head: Person, task: TaskVersion) -> Objection:
    """Judge another line, and object to it."""
    line = make_line(session, staff, task, day=TODAY - timedelta(days=23))
    word = _judged(session, line, head)
    objection = Objection(judgement_id=word.id, by_id=staff.id, text=OWN_CANARY, at=AT)
    session.add(objection)
    session.flush()
    return objection


def _adjustment(session: Session, person: Person, task: TaskVersion, text: str) -> Adjustment:
    draft = LineDraft(task.id, 60, content=text, product="Một văn bản")
    made = Adjustment(
        assignment_id=assignment_of(session, person),
        day=TODAY - timedelta(days=40),
        content=adjusting.as_json(draft),
        reason=text,
        asked_by_id=person.id,
        asked_at=AT,
    )
    session.add(made)
    session.flush()
    return made


def _consent(session: Session, person: Person, text: str) -> BackfillConsent:
    made = BackfillConsent(
        person_id=person.id,
        first_day=TODAY - timedelta(days=30),
        last_day=TODAY - timedelta(days=29),
        reason=text,
        asked_at=AT,
    )
    session.add(made)
    session.flush()
    return made


def _waiting(session: Session, person: Person, head: Person, told: str) -> tuple[int, int]:
    """Hours without a task, and work of several days that was given."""
    place = assignment_of(session, person)
    draft = PendingDraft(place, 45, told, product="Báo cáo nhanh")
    long_ago = TODAY - timedelta(days=24)
    line = pending_lines.tell(session, draft, day=long_ago, today=TODAY, by=person.id, at=AT)
    task = assignable.tasks_of(session, place, TODAY)[0]
    work = WorkDraft(task.task_version_id, told, "Kế hoạch", 1, TODAY + timedelta(days=7))
    giver = Viewer(head.id, 0, head.name, {Role.HEAD: None}, TODAY)
    item = beginning_work.assign(session, place, work, viewer=giver, at=AT)
    return line.id, item.id


def _told(task: str, content: str) -> SheetFile:
    return sheet_file(sheet_row(task=task, content=content, day=TODAY))


def _exchanged_file(session: Session) -> StoredFile:
    package = case_package.write(a_framework(), root="https://noi.vn", on=TODAY)
    content = json.dumps(package).encode()
    return files.store(session, "goi.json", "application/json", content, by=None, at=AT)


def _drafted(
    session: Session, version: PositionVersion, unit_id: int, account_id: int
) -> DescriptionDraft:
    made = DescriptionDraft(
        position_id=version.position_id,
        position_version_id=version.id,
        unit_id=unit_id,
        state=DraftState.WRITING,
        content=drafting.as_json(Content(whole_record(version.name))),
        revisions={section.value: 1 for section in Section},
        started_at=AT,
        changed_at=AT,
    )
    session.add(made)
    session.flush()
    person = session.get_one(Account, account_id).person_id
    session.add(DraftAuthor(draft_id=made.id, person_id=person, last_at=AT))
    session.flush()
    return made


def _sent(session: Session, drafted: DescriptionDraft) -> Submission:
    """Send a draft as whoever wrote it."""
    author = select(DraftAuthor.person_id).where(DraftAuthor.draft_id == drafted.id)
    person_id = session.scalars(author).one()
    sent = Submission(
        draft_id=drafted.id,
        number=1,
        content=drafted.content,
        sha256=drafting.digest(drafted.content),
        submitted_by_id=person_id,
        submitted_at=AT,
    )
    session.add(sent)
    session.flush()
    step = DraftStep(
        draft_id=drafted.id,
        submission_id=sent.id,
        move=DraftMove.SUBMIT,
        person_id=person_id,
        at=AT,
    )
    session.add(step)
    drafted.state = DraftState.SUBMITTED
    session.flush()
    return sent


@dataclass(frozen=True)
class Lists:
    """Two lists side by side, with one match for each of two dossiers."""

    reconciliation: Reconciliation
    matches: tuple[Match, Match]


def _reconciled(
    session: Session, agency: Agency, positions: Sequence[PositionVersion], account_id: int
) -> Lists:
    names = [positions[0].name, "Chuyên viên tham mưu lĩnh vực số hai", "Chuyên viên cơ yếu"]
    rows = make_official(session, agency, DECISIONS[0], names)
    reconciliation = Reconciliation(
        agency_id=agency.id, official_file_id=rows[0].annex_file_id, started_at=AT
    )
    session.add(reconciliation)
    session.flush()
    person = session.get_one(Account, account_id).person_id
    same, renamed = (
        Match(
            reconciliation_id=reconciliation.id,
            kind=kind,
            score=100.0,
            reason="cùng tên",
            ruled_by_id=person,
            ruled_at=AT,
            versions=[positions[place]],
            rows=[rows[place]],
        )
        for place, kind in enumerate((MatchKind.SAME, MatchKind.RENAMED))
    )
    session.add_all((same, renamed))
    session.flush()
    return Lists(reconciliation, (same, renamed))


def _dossier(session: Session, match: Match, account_id: int, title: str = "") -> Dossier:
    person = session.get_one(Account, account_id).person_id
    title = title or f"Hồ sơ {match.kind.label.lower()}"
    dossier = dossiers.draft(session, title, by=person, at=AT)
    dossier_items.gather(session, dossier.id, match.reconciliation_id, by=person, at=AT)
    for item in list(dossier.items):
        if item.match_id != match.id:
            dossier_items.leave_out(session, dossier.id, item.match_id, by=person, at=AT)
    return dossier


def _issued(
    session: Session, agency: Agency, version: PositionVersion, people: dict[str, int]
) -> Issuance:
    """A renamed position, issued before today and in force only after it."""
    writer, chief = (
        session.get_one(Account, people[persona]).person_id
        for persona in ("organiser", "committee")
    )
    rows = make_official(session, agency, DECISIONS[1], ["Chuyên viên công tác đảng viên"])
    lists = Reconciliation(
        agency_id=agency.id, official_file_id=rows[0].annex_file_id, started_at=AT
    )
    session.add(lists)
    session.flush()
    match = Match(
        reconciliation_id=lists.id,
        kind=MatchKind.RENAMED,
        score=90.0,
        reason="cùng nhóm",
        ruled_by_id=writer,
        ruled_at=AT,
        versions=[version],
        rows=rows,
    )
    session.add(match)
    session.flush()
    dossier = _dossier(session, match, people["organiser"], "Hồ sơ của Ban Tổ chức")
    dossiers.submit(session, dossier.id, by=writer, at=AT)
    for step in (Move.OPEN, Move.FORWARD, Move.CONCLUDE):
        dossiers.move(session, dossier.id, step, by=chief, at=AT)
    terms = Terms(
        number="21-QĐ/TU",
        issued_on=TODAY,
        signatory="Nguyễn Văn Ký",
        signatory_office="Phó Bí thư Thường trực",
        effective_from=TODAY + timedelta(days=20),
        sha256_seen=dossier.sha256 or "",
    )
    return issuing.issue(session, dossier.id, terms, by=chief, at=AT, today=TODAY)


def _seat(session: Session, account_id: int) -> None:
    person = session.get_one(Person, session.get_one(Account, account_id).person_id)
    session.add_all(seat(stage, person) for stage in Stage)


def _account(session: Session, person: Person, username: str) -> Account:
    return make_account(session, person, username)
