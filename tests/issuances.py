"""Issuing a small province's dossier in a test, and reading what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.issuing import Terms
from catalogue.domain.reviewing import MatchKind, Stage, Verdict
from catalogue.domain.states import DossierState
from catalogue.domain.words import IN_FORCE, VersionState
from catalogue.models import Dossier, Issuance, PositionVersion, Reconciliation, Ruling
from catalogue.services import issuing
from tests.dossiers import Province, make_official
from tests.making import AT

ISSUED_ON = date(2024, 4, 12)
EFFECT = date(2024, 4, 15)


def terms_for(dossier: Dossier, **changes: object) -> Terms:
    terms = Terms(
        number="21-QĐ/TU",
        issued_on=ISSUED_ON,
        signatory="Nguyễn Văn Ký",
        signatory_office="Phó Bí thư Thường trực",
        effective_from=EFFECT,
        sha256_seen=dossier.sha256 or "",
    )
    return replace(terms, **changes)  # type: ignore[arg-type]


def issued(province: Province, dossier: Dossier, **changes: object) -> Issuance:
    return issuing.issue(
        province.session,
        dossier.id,
        terms_for(dossier, **changes),
        by=province.members[0].id,
        at=AT,
    )


def rule(
    province: Province, dossier: Dossier, name: str, verdict: Verdict, amended: str | None = None
) -> None:
    item = next(item for item in dossier.items if item.name == name)
    numbers = select(Ruling.number).where(Ruling.item_id == item.id)
    province.session.add(
        Ruling(
            item_id=item.id,
            stage=Stage.COMMITTEE,
            number=len(province.session.scalars(numbers).all()) + 1,
            verdict=verdict,
            amended_name=amended,
            reason="Theo kết luận",
            ruled_by_id=province.members[0].id,
            ruled_at=AT,
        )
    )
    province.session.flush()


def catalogue_on(session: Session, day: date) -> list[tuple[str, VersionState]]:
    query = (
        select(PositionVersion.name, PositionVersion.state)
        .where(PositionVersion.state.in_(IN_FORCE), PositionVersion.holds_on(day))
        .order_by(PositionVersion.name)
    )
    return [(name, state) for name, state in session.execute(query)]


def names_on(session: Session, day: date) -> set[str]:
    return {name for name, _ in catalogue_on(session, day)}


def following(
    province: Province,
    renames: Mapping[str, str],
    number: str = "2753",
    merged: Mapping[str, Sequence[str]] | None = None,
) -> Dossier:
    """A later dossier, concluded: each name goes on under its new one, or is merged into one."""
    session, merged = province.session, merged or {}
    names = [*renames.values(), *merged]
    official = make_official(session, province.agency, f"{number}-QĐ/BTCTW", names)
    lists = Reconciliation(
        agency_id=province.agency.id, official_file_id=official[0].annex_file_id, started_at=AT
    )
    session.add(lists)
    session.flush()
    standing = select(PositionVersion).where(
        PositionVersion.state.in_(IN_FORCE), PositionVersion.valid_to.is_(None)
    )
    own = list(session.scalars(standing.order_by(PositionVersion.id)))
    place_of = {version.name: place for place, version in enumerate(own)}
    later = replace(province, own=own, official=official, reconciliation=lists)
    for row, (former, name) in enumerate(renames.items()):
        kind = MatchKind.SAME if former == name else MatchKind.RENAMED
        later.match(kind, [place_of[former]], [row])
    for row, formers in enumerate(merged.values(), start=len(renames)):
        later.match(MatchKind.MERGED, [place_of[former] for former in formers], [row])
    return later.dossier(DossierState.CONCLUDED)
