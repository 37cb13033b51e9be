"""What the committee's pages are made of: a dossier, and what was said beside each item."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalogue.blueprints.guard import viewer
from catalogue.domain.errors import NotFound
from catalogue.domain.reviewing import Stage
from catalogue.domain.voting import Result, Tally
from catalogue.extensions import db
from catalogue.models import AnnexRow, Comment, Dossier, DossierItem
from catalogue.queries import ballots, reviews
from catalogue.queries.ballots import Remark
from catalogue.queries.reviews import Review, Ruled

Place = tuple[Stage, int]


@dataclass(frozen=True, slots=True)
class Said:
    """What one stage says of one item.

    `tally` is None for who reads no ballots; `shown`, the show of hands, without a meeting.
    """

    stage: Stage
    tally: Tally | None
    shown: Tally | None
    remarks: Sequence[Remark]
    rulings: Sequence[Ruled]
    disputed: bool

    @property
    def ruling(self) -> Ruled | None:
        return self.rulings[-1] if self.rulings else None


@dataclass(frozen=True, slots=True)
class Shown:
    """One item with all that stands beside it."""

    item: DossierItem
    origins: Sequence[AnnexRow]
    stages: Sequence[Said]
    comments: Sequence[Comment]

    def now(self, stage: Stage | None) -> Said | None:
        return next((said for said in self.stages if said.stage is stage), None)


def found(dossier_id: int) -> Dossier:
    """Find a dossier that the person may see, or say that there is none."""
    dossier = reviews.dossier(db.session(), viewer(), dossier_id)
    if dossier is None:
        raise NotFound("Không tìm thấy hồ sơ này.")
    return dossier


def review_of(dossier: Dossier) -> Review | None:
    """Read what members said, for those who may read it."""
    person = viewer()
    if not reviews.reads_ballots(person):
        return None
    return reviews.read(db.session(), dossier.id, person.on)


def shown(
    dossier: Dossier,
    items: Sequence[DossierItem],
    review: Review | None,
    comments: Sequence[Comment],
) -> list[Shown]:
    """Put beside each item what the person may read of it."""
    session = db.session()
    remarks = ballots.remarks(session, dossier.id) if review else []
    rulings = _rulings(dossier, review)
    stages = {
        stage: review.result(stage) if review else None
        for stage in Stage
        if _reached(dossier, stage, review, rulings)
    }
    return [
        Shown(
            item,
            reviews.origins(item),
            [
                _said(stage, item.id, result, remarks, rulings.get((stage, item.id), ()))
                for stage, result in stages.items()
            ],
            [comment for comment in comments if comment.item_id == item.id],
        )
        for item in items
    ]


def _rulings(dossier: Dossier, review: Review | None) -> Mapping[Place, Sequence[Ruled]]:
    if review is not None:
        return review.rulings
    if reviews.reads_rulings(viewer(), dossier):
        return reviews.rulings(db.session(), dossier.id)
    return {}


def _reached(
    dossier: Dossier, stage: Stage, review: Review | None, rulings: Mapping[Place, Sequence[Ruled]]
) -> bool:
    """Tell whether a stage has anything to show: it is the present one, or was walked through."""
    voted = review is not None and (
        any(one.stage is stage for one in review.cast)
        or any(one.stage is stage for one in review.meetings)
    )
    return voted or Stage.of(dossier.state) is stage or any(at is stage for at, _ in rulings)


def _said(
    stage: Stage,
    item_id: int,
    result: Result | None,
    remarks: Sequence[Remark],
    rulings: Sequence[Ruled],
) -> Said:
    if result is None:
        return Said(stage, None, None, (), rulings, disputed=False)
    tally = result.tallies.get(item_id, Tally())
    return Said(
        stage=stage,
        tally=tally,
        shown=result.meeting.counts.get(item_id) if result.meeting else None,
        remarks=[one for one in remarks if (one.stage, one.item_id) == (stage, item_id)],
        rulings=rulings,
        # Before enough have answered only an objection disputes: the others may still agree.
        disputed=bool(tally.objections) or (result.quorate and result.disputed(item_id)),
    )
