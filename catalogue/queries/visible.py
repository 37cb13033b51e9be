"""What a person may see: the one place from which every list, page and export takes it."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, aliased

from catalogue.domain.reviewing import Audience
from catalogue.domain.roles import Permission, Viewer
from catalogue.domain.states import DossierState
from catalogue.domain.words import Role, VersionState
from catalogue.models import (
    Absence,
    Adjustment,
    AnnexFile,
    AnnexRow,
    Assessment,
    Assignment,
    Ballot,
    Base,
    Comment,
    Description,
    DescriptionDraft,
    Dossier,
    DossierItem,
    Job,
    LogLine,
    PendingLine,
    PersonDay,
    Position,
    PositionOrigin,
    PositionVersion,
    Reconciliation,
    Unit,
    WorkItem,
)
from catalogue.queries import visible_work


def visible(model: type[Base], viewer: Viewer) -> ColumnElement[bool]:
    """Give the condition under which rows of a table may be shown to the person."""
    return _RULES[model](viewer)


def _positions(viewer: Viewer) -> ColumnElement[bool]:
    return true() if viewer.may(Permission.READ_CATALOGUE) else false()


def wordings(viewer: Viewer) -> ColumnElement[bool]:
    """Limit positions' wordings: drafts are seen by those who see the list that brought them."""
    own = (
        select(AnnexRow.id)
        .join(AnnexFile, AnnexFile.id == AnnexRow.annex_file_id)
        .where(AnnexRow.id == PositionVersion.wording_row_id, _files(viewer))
    )
    return and_(_positions(viewer), or_(PositionVersion.state != VersionState.DRAFT, own.exists()))


def _files(viewer: Viewer) -> ColumnElement[bool]:
    """Leave decisions open; a unit's own list is for those who may read its reconciling."""
    units = viewer.units(Permission.READ_RECONCILIATION)
    own = true() if units is None else AnnexFile.unit_id.in_(units)
    return and_(_positions(viewer), or_(AnnexFile.unit_id.is_(None), own))


def _rows(viewer: Viewer) -> ColumnElement[bool]:
    """Limit rows as their files, but for those that something issued has come to rest on."""
    files = select(AnnexFile.id).where(_files(viewer))
    settled = aliased(PositionVersion)
    rested_on = (
        select(PositionOrigin.annex_row_id)
        .join(settled, settled.id == PositionOrigin.position_version_id)
        .where(PositionOrigin.annex_row_id == AnnexRow.id, settled.state != VersionState.DRAFT)
    )
    return or_(AnnexRow.annex_file_id.in_(files), and_(_positions(viewer), rested_on.exists()))


def _descriptions(viewer: Viewer) -> ColumnElement[bool]:
    return true() if viewer.may(Permission.READ_DESCRIPTION) else false()


def _units(viewer: Viewer) -> ColumnElement[bool]:
    return _within(Unit.id, viewer.units(Permission.READ_UNIT))


def _sums(viewer: Viewer) -> ColumnElement[bool]:
    """Limit sums through their unit: who may read them, reads them for all of it."""
    return _within(Unit.id, viewer.units(Permission.READ_HOURS))


def _reconciliations(viewer: Viewer) -> ColumnElement[bool]:
    """One's units' own lists, and those of the kinds of agency that these units are."""
    units = viewer.units(Permission.READ_RECONCILIATION)
    if units is None:
        return true()
    shared = and_(
        Reconciliation.unit_id.is_(None), Reconciliation.agency_id.in_(_agencies_of(units))
    )
    return or_(Reconciliation.unit_id.in_(units), shared)


def _dossiers(viewer: Viewer) -> ColumnElement[bool]:
    """Drafts are seen where they are drafted; what was submitted, by all whom it concerns."""
    drafting = viewer.may(Permission.DRAFT_DOSSIER)
    submitted = true() if drafting else Dossier.state != DossierState.DRAFT
    units = viewer.units(Permission.READ_DOSSIER)
    if units is None:
        return submitted
    of_agencies = select(DossierItem.dossier_id).where(
        DossierItem.agency_id.in_(_agencies_of(units))
    )
    general = and_(Dossier.unit_id.is_(None), Dossier.id.in_(of_agencies))
    return and_(submitted, or_(Dossier.unit_id.in_(units), general))


def _comments(viewer: Viewer) -> ColumnElement[bool]:
    """One's own drafts; what was sent, in the threads that one takes part in."""
    sent = and_(Comment.sent_at.is_not(None), Comment.audience.in_(audiences(viewer)))
    concerned = Comment.dossier_id.in_(select(Dossier.id).where(_dossiers(viewer)))
    return and_(concerned, or_(Comment.author_id == viewer.person_id, sent))


def audiences(viewer: Viewer) -> list[Audience]:
    """List the threads that the person reads."""
    roles = viewer.scopes.keys()
    if Role.COMMITTEE in roles or Role.AUDITOR in roles:
        return list(Audience)
    if Role.ORGANISER in roles:
        return [Audience.UNIT, Audience.ORGANISERS]
    return [Audience.UNIT] if viewer.may(Permission.READ_DOSSIER) else []


def _ballots(viewer: Viewer) -> ColumnElement[bool]:
    """One's own and those that one entered; sent ones, by those who read every unit's dossiers."""
    own = or_(Ballot.person_id == viewer.person_id, Ballot.entered_by_id == viewer.person_id)
    reads_all = viewer.units(Permission.READ_DOSSIER) is None
    return or_(own, Ballot.sent_at.is_not(None)) if reads_all else own


def _drafts(viewer: Viewer) -> ColumnElement[bool]:
    """Drafts of one's units, and the general ones of the kinds of agency that these units are."""
    units = viewer.units(Permission.READ_DRAFT)
    if units is None:
        return true()
    of_kind = (
        select(Position.id)
        .where(Position.id == DescriptionDraft.position_id)
        .where(Position.agency_id.in_(_agencies_of(units)))
    )
    general = and_(DescriptionDraft.unit_id.is_(None), of_kind.exists())
    return or_(DescriptionDraft.unit_id.in_(units), general)


def _assessments(viewer: Viewer) -> ColumnElement[bool]:
    """One's own, and those of who works in the units that one answers for."""
    own = select(Assignment.id).where(Assignment.person_id == viewer.person_id)
    units = viewer.units(Permission.READ_ASSESSMENT)
    if units is None:
        return true()
    held = visible_work.held(Assignment.id, units).where(Assignment.holds_on(viewer.on))
    return or_(Assessment.assignment_id.in_(own), Assessment.assignment_id.in_(held))


def _jobs(viewer: Viewer) -> ColumnElement[bool]:
    """One's own; everybody's, for who imports for all units."""
    if viewer.units(Permission.IMPORT_ANNEX) is None:
        return true()
    return Job.asked_by_id == viewer.person_id


def _agencies_of(units: frozenset[int]) -> Select[tuple[int | None]]:
    return select(Unit.agency_id).where(Unit.id.in_(units), Unit.agency_id.is_not(None))


def _within(
    column: InstrumentedAttribute[int], units: frozenset[int] | None
) -> ColumnElement[bool]:
    return true() if units is None else column.in_(units)


_RULES: dict[type[Base], Callable[[Viewer], ColumnElement[bool]]] = {
    PositionVersion: _positions,
    AnnexFile: _files,
    AnnexRow: _rows,
    Description: _descriptions,
    Unit: _units,
    PersonDay: _sums,
    LogLine: visible_work.lines,
    Reconciliation: _reconciliations,
    Dossier: _dossiers,
    Comment: _comments,
    Ballot: _ballots,
    Job: _jobs,
    DescriptionDraft: _drafts,
    Assessment: _assessments,
    Absence: visible_work.absences,
    Adjustment: visible_work.adjustments,
    PendingLine: visible_work.pending,
    WorkItem: visible_work.work,
}
