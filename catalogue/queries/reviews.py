"""A dossier before the committee: what it asks, what was said of it, and what was ruled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, load_only, selectinload

from catalogue.domain.reviewing import Stage, Verdict
from catalogue.domain.roles import Permission, Viewer
from catalogue.domain.states import UNDER_REVIEW
from catalogue.domain.voting import Result, Rule, Tally
from catalogue.models import (
    AnnexFile,
    AnnexRow,
    Dossier,
    DossierItem,
    Match,
    Meeting,
    Person,
    Ruling,
    Seat,
)
from catalogue.queries import ballots, seats
from catalogue.queries.visible import visible

# What names the place of a row, without its cells.
_PLACE = (
    load_only(AnnexRow.id, AnnexRow.table_no, AnnexRow.row_no),
    joinedload(AnnexRow.file).joinedload(AnnexFile.document),
)


class Ruled(NamedTuple):
    """One ruling as it is read; the highest number at a stage holds."""

    item_id: int
    stage: Stage
    number: int
    verdict: Verdict
    amended_name: str | None
    reason: str
    ruled_by: str
    ruled_at: datetime


@dataclass(frozen=True, slots=True)
class Review:
    """Everything that was said of a dossier, on one day, in both stages."""

    day: date
    seats: Sequence[Seat]
    rules: Mapping[Stage, Rule]
    cast: Sequence[ballots.Cast]
    tallies: Mapping[Stage, Mapping[int, Tally]]
    meetings: Sequence[Meeting]
    rulings: Mapping[tuple[Stage, int], Sequence[Ruled]]

    def result(self, stage: Stage) -> Result:
        """Give what the stage has come to, of what counts."""
        return Result(
            voters=sum(seat.stage is stage and seat.votes for seat in self.seats),
            rule=self.rules.get(stage),
            ballots=sum(one.stage is stage and one.counts for one in self.cast),
            tallies=self.tallies.get(stage, {}),
            meeting=ballots.minutes(self.meetings, stage),
            ruled=frozenset(item_id for at, item_id in self.rulings if at is stage),
        )

    def sits(self, stage: Stage | None, person_id: int) -> list[Seat]:
        """List the seats that a person has at a stage."""
        return [one for one in self.seats if (one.stage, one.person_id) == (stage, person_id)]


def read(session: Session, dossier_id: int, day: date) -> Review:
    """Read what was said of a dossier; only for those who read every unit's dossiers."""
    return Review(
        day=day,
        seats=seats.on(session, day),
        rules=seats.rules_on(session, day),
        cast=ballots.cast(session, dossier_id),
        tallies=ballots.tallies(session, dossier_id),
        meetings=ballots.meetings(session, dossier_id),
        rulings=rulings(session, dossier_id),
    )


def rulings(
    session: Session, dossier_id: int, item_id: int | None = None
) -> dict[tuple[Stage, int], list[Ruled]]:
    """Give all rulings of a dossier, or of one item, by stage and item, the one that holds last."""
    given = (
        select(
            Ruling.item_id,
            Ruling.stage,
            Ruling.number,
            Ruling.verdict,
            Ruling.amended_name,
            Ruling.reason,
            Person.name,
            Ruling.ruled_at,
        )
        .join(DossierItem, DossierItem.id == Ruling.item_id)
        .join(Person, Person.id == Ruling.ruled_by_id)
        .where(DossierItem.dossier_id == dossier_id)
        .order_by(Ruling.item_id, Ruling.number)
    )
    if item_id is not None:
        given = given.where(Ruling.item_id == item_id)
    found: dict[tuple[Stage, int], list[Ruled]] = {}
    for row in session.execute(given):
        ruled = Ruled(*row)
        found.setdefault((ruled.stage, ruled.item_id), []).append(ruled)
    return found


def dossier(session: Session, viewer: Viewer, dossier_id: int) -> Dossier | None:
    """Find a dossier that the person may see."""
    seen = select(Dossier).where(Dossier.id == dossier_id, visible(Dossier, viewer))
    return session.scalar(seen.options(joinedload(Dossier.unit)))


def series(session: Session, viewer: Viewer, dossier: Dossier) -> Sequence[Dossier]:
    """List the other drafts of a dossier that the person may see, the first one first."""
    first = dossier.first_id or dossier.id
    others = select(Dossier).where(visible(Dossier, viewer))
    others = others.where(
        or_(Dossier.id == first, Dossier.first_id == first), Dossier.id != dossier.id
    )
    return session.scalars(others.order_by(Dossier.number)).all()


def items(session: Session, dossier_id: int, ordinal: int | None = None) -> Sequence[DossierItem]:
    """Read the items in order, or the one of that number, each with the rows that it rests on."""
    listed = (
        select(DossierItem)
        .where(DossierItem.dossier_id == dossier_id)
        .options(
            joinedload(DossierItem.agency),
            joinedload(DossierItem.match).options(
                selectinload(Match.rows).options(*_PLACE), selectinload(Match.versions)
            ),
            joinedload(DossierItem.wording_row).options(*_PLACE),
        )
        .order_by(DossierItem.ordinal)
    )
    if ordinal is not None:
        listed = listed.where(DossierItem.ordinal == ordinal)
    return session.scalars(listed).unique().all()


def origins(item: DossierItem) -> list[AnnexRow]:
    """List the rows of annexes that an item rests on, its wording's included."""
    rows = {row.id: row for row in (*item.match.rows, item.wording_row)}
    return [rows[key] for key in sorted(rows)]


def writers(session: Session, dossier: Dossier) -> tuple[str, str | None]:
    """Name who drafted a dossier and who submitted it."""
    keys = {dossier.drafted_by_id, dossier.submitted_by_id}
    named = select(Person.id, Person.name).where(Person.id.in_(keys - {None}))
    names = dict(session.execute(named).tuples().all())
    return names[dossier.drafted_by_id], names.get(dossier.submitted_by_id or 0)


def reads_ballots(viewer: Viewer) -> bool:
    """Tell whether the person reads what members say: whoever reads every unit's dossiers."""
    return viewer.units(Permission.READ_DOSSIER) is None


def reads_rulings(viewer: Viewer, dossier: Dossier) -> bool:
    """Tell whether the person reads rulings: the units, only once the review is over."""
    return reads_ballots(viewer) or dossier.state not in UNDER_REVIEW
