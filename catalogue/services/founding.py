"""Laying the ground that lists are read onto: documents, agencies, units, calendar, rules."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.foundation import AgencyFact, Foundation, UnitFact
from catalogue.domain.text import fold
from catalogue.domain.words import SourceState
from catalogue.models import (
    Agency,
    ApprovalRule,
    Base,
    CalendarDay,
    ColumnAlias,
    DiaryRule,
    DutyTemplate,
    Milestone,
    SourceDocument,
    Unit,
)


def lay(session: Session, foundation: Foundation, *, at: datetime) -> bool:
    """Write the foundation once; a second time changes nothing and answers False."""
    if session.scalar(select(SourceDocument.id).limit(1)) is not None:
        return False
    session.add_all(
        SourceDocument(
            number=fact.number,
            issuer=fact.issuer,
            issued_on=fact.issued_on,
            title=fact.title,
            state=SourceState.UNSIGNED,
        )
        for fact in foundation.documents
    )
    session.add_all(_agency(fact) for fact in foundation.agencies)
    session.add_all(
        CalendarDay(day=fact.day, kind=fact.kind, source=fact.source)
        for fact in foundation.calendar
    )
    session.add_all(
        Milestone(
            name=fact.name,
            subject=fact.subject,
            due_on=fact.due_on,
            basis=fact.basis,
            added_at=at,
        )
        for fact in foundation.milestones
    )
    lay_rules(session, foundation)
    session.flush()
    return True


def lay_rules(session: Session, foundation: Foundation) -> None:
    """Write the rules that come with the program, of each kind of which there is none yet.

    So an installation that was made before a kind of rule was known gets it when it is brought
    to the newest schema; whatever people have set since stays.
    """
    since = foundation.in_force_from
    laid: dict[type[Base], Iterator[Base]] = {
        ApprovalRule: _approvals(foundation, since),
        DutyTemplate: _templates(foundation, since),
        DiaryRule: _limits(foundation, since),
        ColumnAlias: _headings(foundation),
    }
    for table, rows in laid.items():
        if session.scalar(select(table).limit(1)) is None:
            session.add_all(rows)


def _approvals(foundation: Foundation, since: date) -> Iterator[Base]:
    for fact in foundation.approvals:
        yield ApprovalRule(
            general=fact.general,
            drafter=fact.drafter,
            appraiser=fact.appraiser,
            approver=fact.approver,
            basis=fact.basis,
            valid_from=since,
        )


def _templates(foundation: Foundation, since: date) -> Iterator[Base]:
    for fact in foundation.templates:
        for group in fact.groups:
            yield DutyTemplate(
                name=fact.name,
                group=group,
                duties=list(fact.duties),
                basis=fact.basis,
                valid_from=since,
            )


def _limits(foundation: Foundation, since: date) -> Iterator[Base]:
    for fact in foundation.limits:
        yield DiaryRule(
            limit=fact.limit,
            kind=fact.kind,
            value=fact.value,
            basis=fact.basis,
            valid_from=since,
        )


def _headings(foundation: Foundation) -> Iterator[Base]:
    for fact in foundation.headings:
        yield ColumnAlias(
            column=fact.column,
            heading=fact.heading,
            heading_folded=fold(fact.heading),
            basis=fact.basis,
        )


def establish_units(session: Session, units: tuple[UnitFact, ...], *, since: date) -> None:
    """Write the tree of units; each top entry is a reporting unit, its parts report under it."""
    agencies = {agency.code: agency.id for agency in session.scalars(select(Agency))}
    for rank, fact in enumerate(units):
        top = _unit(fact, agencies, rank, since)
        session.add(top)
        session.flush()
        top.reporting_unit_id = top.id
        for part_rank, part in enumerate(fact.parts):
            unit = _unit(part, agencies, part_rank, since)
            unit.parent_id = unit.reporting_unit_id = top.id
            session.add(unit)
    session.flush()


def reference_document(
    session: Session, number: str, title: str, in_force_from: date
) -> SourceDocument:
    """Find or add the document that a reference list is read as; it never counts as verified."""
    document = session.scalar(select(SourceDocument).where(SourceDocument.number == number))
    if document is None:
        document = SourceDocument(
            number=number,
            issuer="",
            issued_on=in_force_from,
            title=title,
            state=SourceState.REFERENCE,
        )
        session.add(document)
        session.flush()
    return document


def _agency(fact: AgencyFact) -> Agency:
    return Agency(
        code=fact.code,
        name=fact.name,
        name_folded=fold(fact.name),
        short_name=fact.short_name,
        level=fact.level,
        basis=fact.basis,
    )


def _unit(fact: UnitFact, agencies: dict[str, int], rank: int, since: date) -> Unit:
    return Unit(
        code=fact.code,
        name=fact.name,
        name_folded=fold(fact.name),
        agency_id=agencies[fact.agency] if fact.agency else None,
        rank=rank,
        basis=fact.basis,
        valid_from=since,
    )
