"""What a dossier holds: items made of matches, gathered into a draft and put in order."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session, selectinload

from catalogue.domain.errors import Conflict, NotFound
from catalogue.domain.reviewing import MatchKind
from catalogue.domain.words import PositionGroup
from catalogue.models import (
    Agency,
    AnnexRow,
    Dossier,
    DossierItem,
    Match,
    PositionVersion,
    Reconciliation,
)
from catalogue.queries.dossiers import gatherable, held_elsewhere
from catalogue.services import dossiers

_GROUPS = [*PositionGroup, None]


def gather(
    session: Session, dossier_id: int, reconciliation_id: int, *, by: int, at: datetime
) -> int:
    """Take every match of a reconciliation that no living dossier holds; answers how many items."""
    dossier = dossiers.open_to_edit(session, dossier_id)
    matches = _free_matches(session, dossier, reconciliation_id)
    items = [item for match in matches for item in _items(match)]
    for place, item in enumerate(items, start=len(dossier.items) + 1):
        item.dossier_id, item.ordinal = dossier.id, place
    session.add_all(items)
    session.flush()
    _arrange(session, dossier)
    dossiers.note(
        session, "gathered", dossier, by=by, at=at, items=len(items), from_lists=reconciliation_id
    )
    return len(items)


def leave_out(session: Session, dossier_id: int, match_id: int, *, by: int, at: datetime) -> None:
    """Take the items of one match out of a draft: a split's parts stay or go together."""
    dossier = dossiers.open_to_edit(session, dossier_id)
    held = [item.id for item in dossier.items if item.match_id == match_id]
    if not held:
        raise NotFound("Mục này không còn trong hồ sơ.")
    session.execute(delete(DossierItem).where(DossierItem.id.in_(held)))
    session.expire(dossier)
    _arrange(session, dossier)
    dossiers.note(session, "left_out", dossier, by=by, at=at, match=match_id)


def _free_matches(session: Session, dossier: Dossier, reconciliation_id: int) -> Sequence[Match]:
    # Two who gather at once wait here for each other.
    lists = session.get(Reconciliation, reconciliation_id, with_for_update=True)
    if lists is None:
        raise NotFound("Không tìm thấy lần đối chiếu này.")
    of_dossier = select(Reconciliation.id).where(gatherable(dossier))
    if session.scalar(of_dossier.where(Reconciliation.id == lists.id)) is None:
        raise Conflict(
            "Danh sách này không phải của đơn vị mà hồ sơ trình cho, hoặc đã có tệp mới hơn. "
            "Hãy chọn danh sách khác. Chưa có gì thay đổi."
        )
    # Two lists of one kind of agency may word the same position: they wait here too.
    session.scalar(select(Agency.id).where(Agency.id == lists.agency_id).with_for_update())
    query = (
        select(Match)
        .where(Match.reconciliation_id == reconciliation_id, Match.undone_at.is_(None))
        .where(~held_elsewhere())
        .options(selectinload(Match.versions).joinedload(PositionVersion.position))
        .options(selectinload(Match.rows).joinedload(AnnexRow.file))
        .order_by(Match.id)
    )
    return session.scalars(query).all()


def _items(match: Match) -> list[DossierItem]:
    former = "; ".join(version.name for version in match.versions)
    if match.kind is MatchKind.LOCAL:
        return [_local(match, version) for version in match.versions]
    return [
        DossierItem(
            match_id=match.id,
            agency_id=row.file.agency_id,
            wording_row_id=row.id,
            kind=match.kind,
            differs=match.kind is not MatchKind.SAME or _changes(match, row),
            former_name=former[:2000],
            name=row.name,
            group=_group(match, row),
            rank=row.rank,
            code=row.code,
            headcount=row.headcount,
            why=match.why,
        )
        for row in match.rows
    ]


def _local(match: Match, version: PositionVersion) -> DossierItem:
    return DossierItem(
        match_id=match.id,
        agency_id=version.position.agency_id,
        wording_row_id=version.wording_row_id,
        kind=match.kind,
        differs=True,
        former_name=version.name,
        name=version.name,
        group=version.group,
        rank=version.rank,
        code=version.code,
        headcount=None,
        why=match.why,
    )


def _group(match: Match, row: AnnexRow) -> PositionGroup | None:
    read = PositionGroup.of_heading(row.group_heading)
    return read or next((version.group for version in match.versions), None)


def _changes(match: Match, row: AnnexRow) -> bool:
    (version,) = match.versions
    asked = (row.name, _group(match, row), row.rank, row.code)
    return asked != (version.name, version.group, version.rank, version.code)


def _arrange(session: Session, dossier: Dossier) -> None:
    """Put the items in order again: by agency, by group, as their annex prints them."""
    session.refresh(dossier, ["items"])
    ordered = sorted(dossier.items, key=_place)
    session.execute(
        update(DossierItem)
        .where(DossierItem.dossier_id == dossier.id)
        .values(ordinal=-DossierItem.id)
        .execution_options(synchronize_session=False)
    )
    numbered = [{"key": item.id, "place": place} for place, item in enumerate(ordered, start=1)]
    if numbered:
        by_key = update(DossierItem).where(DossierItem.id == bindparam("key"))
        session.connection().execute(by_key.values(ordinal=bindparam("place")), numbered)
    session.expire_all()


def _place(item: DossierItem) -> tuple[object, ...]:
    # Local positions follow those of the decision, in the group that they claim.
    local = item.kind is MatchKind.LOCAL
    return (item.agency_id, _GROUPS.index(item.group), local, item.wording_row_id)
