"""A whole import, problems and database included, against unzipping and parsing the same XML.

In one process: how a file gets to the reader's child and its records back is not counted.
"""

import time
from collections.abc import Iterator

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from benchmarks.province import AT, START, catalogue_with_an_agency
from benchmarks.ratios import Ratio
from benchmarks.reading import _floor, _package, _plain_rows
from benchmarks.timing import ratio, timed
from catalogue.domain.words import SourceState
from catalogue.importers import position_annex
from catalogue.models import Agency, SourceDocument
from catalogue.services import cataloguing


def measure() -> Iterator[Ratio]:
    with catalogue_with_an_agency() as engine:
        for count in (5_000, 20_000):
            data = _package(_plain_rows(count))
            taken = timed(
                {"floor": lambda: _floor(data), "import": lambda: _import(engine, data)},  # noqa: B023
                rounds=5,
                clock=time.process_time,  # what is rolled back never waits for the disk
            )
            name = f"{count:,} rows imported / unzipped and parsed"
            yield Ratio(name, ratio(taken, "import", "floor"), 3.0)


def _import(engine: Engine, data: bytes) -> None:
    """Read and write everything, then take it back, so that each round begins alike."""
    with Session(engine) as session:
        source = cataloguing.Source(
            document=session.scalars(select(SourceDocument)).one(),
            agency=session.scalars(select(Agency)).one(),
            file_name="annex.docx",
            sha256="0" * 64,
            state=SourceState.REFERENCE,
            valid_from=START,
        )
        cataloguing.record_annex(session, position_annex.read(data), source, by=None, at=AT)
        session.rollback()
