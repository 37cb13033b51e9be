"""What issuing a dossier will change, worked out and refused before anything is written."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy.orm import Session

from catalogue.domain.errors import Conflict, Invalid
from catalogue.domain.issuing import RuledItem
from catalogue.domain.reviewing import MatchKind
from catalogue.domain.text import fold
from catalogue.domain.words import VersionState
from catalogue.queries import issuances
from catalogue.queries.issuances import Matched, Standing

_CONTINUING = (MatchKind.SAME, MatchKind.RENAMED, MatchKind.LOCAL)
_SUCCEEDING = (MatchKind.MERGED, MatchKind.SPLIT)
_NAMED = 5


class Step(NamedTuple):
    """What one adopted item does: a position goes on, or a new one takes the place of others."""

    item: RuledItem
    continues: int | None
    succeeds: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Enactment:
    """Everything that one issue changes; `ended` and `drafts` are versions that give way.

    `changed` names the items whose own positions are no longer in force as they were matched.
    A split is carried out by the parts that were adopted, and its former position then ends. A
    local position that was not adopted ends too; any other rejected item leaves what is in force.
    """

    items: tuple[RuledItem, ...]
    steps: tuple[Step, ...]
    ended: tuple[Standing, ...]
    drafts: tuple[int, ...]
    changed: tuple[str, ...]
    last_numbers: dict[int, int]

    @property
    def rejected(self) -> tuple[RuledItem, ...]:
        return tuple(item for item in self.items if not item.adopted)

    @property
    def ended_for_good(self) -> list[str]:
        """Name the local positions that were not adopted."""
        gone_on = {position for step in self.steps for position in _touched(step)}
        return [each.name for each in self.ended if each.position_id not in gone_on]

    def by_kind(self) -> list[tuple[MatchKind, int]]:
        counted = Counter(step.item.kind for step in self.steps)
        return [(kind, counted[kind]) for kind in MatchKind if counted[kind]]


def of(session: Session, dossier_id: int) -> Enactment:
    """Work out what issuing the dossier would change as things stand now."""
    items = issuances.ruled(session, dossier_id)
    own: dict[int, list[Matched]] = defaultdict(list)
    for version in issuances.matched(session, dossier_id):
        own[version.match_id].append(version)
    steps = tuple(_step(item, own[item.match_id]) for item in items if item.adopted)
    given_up = {
        _continued(item, own[item.match_id])
        for item in items
        if not item.adopted and item.kind is MatchKind.LOCAL
    }
    ending = given_up.union(*map(_touched, steps))
    adopted = {step.item.match_id for step in steps}
    in_play = [item for item in items if item.match_id in adopted or item.kind is MatchKind.LOCAL]
    return Enactment(
        tuple(items),
        steps,
        tuple(
            each for each in issuances.standing(session, dossier_id) if each.position_id in ending
        ),
        tuple(
            version.version_id
            for match_id in adopted
            for version in own[match_id]
            if version.state is VersionState.DRAFT
        ),
        tuple(_changed(item, own[item.match_id]) for item in in_play if _gone(own[item.match_id])),
        issuances.last_numbers(session, dossier_id),
    )


def refuse_stale(session: Session, dossier_id: int, effective_from: date) -> Enactment:
    """Work it out, or refuse what no longer fits together."""
    enactment = of(session, dossier_id)
    if enactment.changed:
        message = (
            f"Từ lúc đối chiếu, vị trí của {_listed(enactment.changed)} đã thay đổi nên chưa ban "
            "hành được. Hãy trả lại hồ sơ để đối chiếu lại các mục này. Chưa có gì thay đổi."
        )
        raise Conflict(message)
    refuse_doubled(session, enactment)
    _refuse_too_early(enactment, effective_from)
    return enactment


def refuse_doubled(session: Session, enactment: Enactment) -> None:
    """Refuse what would leave one position, or one name of an agency, twice."""
    _refuse_claimed_twice(enactment)
    _refuse_twins(session, enactment)


def _refuse_twins(session: Session, enactment: Enactment) -> None:
    """Refuse to bring into force a name that the agency would then have twice.

    It happens where a unit's own list words a position that it was not recognised as.
    """
    agencies = {step.item.agency_id for step in enactment.steps}
    ended = {each.position_id for each in enactment.ended}
    names = Counter(
        (each.agency_id, each.name_folded)
        for each in issuances.names_in_force(session, agencies)
        if each.position_id not in ended
    )
    names.update((step.item.agency_id, fold(step.item.issued_name)) for step in enactment.steps)
    twins = [
        f"mục {step.item.ordinal} («{step.item.issued_name}»)"
        for step in enactment.steps
        if names[step.item.agency_id, fold(step.item.issued_name)] > 1
    ]
    if twins:
        message = (
            f"Sau khi ban hành, cơ quan sẽ có hai vị trí cùng tên: {_listed(twins)}. Vị trí cùng "
            "tên đang có hiệu lực chưa được đối chiếu, hoặc hai mục mang một tên. Hãy đối chiếu "
            "các mục này với danh mục đang có hiệu lực, hoặc bỏ bớt. Chưa có gì thay đổi."
        )
        raise Conflict(message)


def _step(item: RuledItem, own: Sequence[Matched]) -> Step:
    if item.kind in _CONTINUING:
        return Step(item, _continued(item, own), ())
    succeeded = tuple(dict.fromkeys(version.position_id for version in own))
    return Step(item, None, succeeded if item.kind in _SUCCEEDING else ())


def _continued(item: RuledItem, own: Sequence[Matched]) -> int:
    """Give the position that an item goes on with: of several local ones, its own row's."""
    worded = (version for version in own if version.wording_row_id == item.wording_row_id)
    return next(worded, own[0]).position_id


def _touched(step: Step) -> set[int]:
    return {*step.succeeds} if step.continues is None else {step.continues}


def _gone(own: Sequence[Matched]) -> list[str]:
    return [version.name for version in own if not version.stands]


def _changed(item: RuledItem, own: Sequence[Matched]) -> str:
    return f"mục {item.ordinal} («{'; '.join(_gone(own))}»)"


def _refuse_claimed_twice(enactment: Enactment) -> None:
    """Name the rows that ask for one position; the parts of a split ask for it together."""
    claims: dict[int, dict[int, int]] = defaultdict(dict)
    for step in enactment.steps:
        together = -step.item.match_id if step.continues is None else step.item.item_id
        for position_id in _touched(step):
            claims[position_id].setdefault(together, step.item.ordinal)
    rows = [
        f"mục {row}" for claimed in claims.values() if len(claimed) > 1 for row in claimed.values()
    ]
    if rows:
        message = (
            f"Cùng một vị trí được đề nghị ở {_listed(rows)} nên chưa ban hành được. "
            "Hãy trả lại hồ sơ để bỏ bớt, mỗi vị trí chỉ một mục. Chưa có gì thay đổi."
        )
        raise Conflict(message)


def _refuse_too_early(enactment: Enactment, effective_from: date) -> None:
    later = [each for each in enactment.ended if each.valid_from >= effective_from]
    if later:
        first_day = max(each.valid_from for each in later)
        message = (
            f"Ngày hiệu lực: {_listed([f'«{each.name}»' for each in later])} có hiệu lực từ "
            f"{first_day:%d/%m/%Y}, lần mới phải bắt đầu sau ngày đó."
        )
        raise Invalid(message, field="effective_from")


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" và {more} mục khác" if more > 0 else "")
