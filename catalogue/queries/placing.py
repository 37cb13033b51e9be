"""The positions in force, found by what a description calls itself."""

from collections import defaultdict
from collections.abc import Sequence

from rapidfuzz import fuzz, process
from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from catalogue.domain.description import Description
from catalogue.domain.text import code_key, fold
from catalogue.domain.words import IN_FORCE
from catalogue.models import Position, PositionVersion

_NEAREST = 30


class Positions:
    """Every position in force, of one kind of agency where that is given, read once."""

    def __init__(self, session: Session, agency_id: int | None) -> None:
        present = (
            select(PositionVersion)
            .join(PositionVersion.position)
            .join(Position.agency)
            .options(contains_eager(PositionVersion.position).contains_eager(Position.agency))
            .where(PositionVersion.state.in_(IN_FORCE), PositionVersion.valid_to.is_(None))
        )
        if agency_id is not None:
            present = present.where(Position.agency_id == agency_id)
        self._by_id: dict[int, PositionVersion] = {}
        self._by_position: dict[int, PositionVersion] = {}
        self._by_code, self._by_name = defaultdict(list), defaultdict(list)
        for version in session.scalars(present):
            self._by_id[version.id] = self._by_position[version.position_id] = version
            self._by_name[version.name_folded].append(version)
            if version.code_key:
                self._by_code[version.code_key].append(version)

    def get(self, version_id: int | None) -> PositionVersion | None:
        return self._by_id.get(version_id) if version_id is not None else None

    def of(self, read: Description, position_id: int | None = None) -> list[PositionVersion]:
        """List those that a description may be of: by code and name, else by one of them.

        A file that was printed here says itself of which position it is.
        """
        if position_id in self._by_position:
            return [self._by_position[position_id]]
        same_name = self._by_name.get(fold(read.name), [])
        same_code = self._by_code.get(code_key(read.code), []) if read.code else []
        both = [version for version in same_code if version in same_name]
        return both or same_code or same_name

    def near(self, name: str) -> Sequence[PositionVersion]:
        """List those to choose from where none is meant surely, the nearest in name first."""
        names = {version_id: each.name_folded for version_id, each in self._by_id.items()}
        found = process.extract(fold(name), names, scorer=fuzz.token_sort_ratio, limit=_NEAREST)
        return [self._by_id[version_id] for _, _, version_id in found]
