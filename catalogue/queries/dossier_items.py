"""The items of a dossier as records: what is asked for, and the rows that it rests on."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from catalogue.domain.dossier import Item
from catalogue.models import AnnexFile, AnnexRow, DossierItem, Match, SourceDocument


def read(session: Session, dossier_id: int) -> list[Item]:
    """Read the items of a dossier as records, in order."""
    query = (
        select(DossierItem)
        .where(DossierItem.dossier_id == dossier_id)
        .options(
            joinedload(DossierItem.agency), joinedload(DossierItem.match).selectinload(Match.rows)
        )
        .order_by(DossierItem.ordinal)
    )
    items = session.scalars(query).all()
    places = _places(session, items)
    return [
        Item(
            ordinal=item.ordinal,
            agency=item.agency.name,
            kind=item.kind,
            differs=item.differs,
            former=item.former_name,
            name=item.name,
            group=item.group,
            rank=item.rank,
            code=item.code,
            headcount=item.headcount,
            why=item.why,
            rows=tuple(places[row] for row in _row_ids(item)),
        )
        for item in items
    ]


def _row_ids(item: DossierItem) -> list[int]:
    return sorted({row.id for row in item.match.rows} | {item.wording_row_id})


def _places(session: Session, items: Iterable[DossierItem]) -> dict[int, tuple[str, str, int, int]]:
    wanted = {row for item in items for row in _row_ids(item)}
    rows = session.execute(
        select(
            AnnexRow.id,
            SourceDocument.number,
            AnnexFile.sha256,
            AnnexRow.table_no,
            AnnexRow.row_no,
        )
        .join(AnnexFile, AnnexFile.id == AnnexRow.annex_file_id)
        .join(SourceDocument, SourceDocument.id == AnnexFile.source_document_id)
        .where(AnnexRow.id.in_(wanted))
    )
    return {row_id: (number, sha256, table, row) for row_id, number, sha256, table, row in rows}
