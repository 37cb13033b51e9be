"""Several who act on one thing at the same moment, each in a transaction of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from catalogue.domain.errors import CatalogueError

Deed = Callable[[Session], object]


def at_once(engine: Engine, *deeds: Deed) -> list[CatalogueError | None]:
    """Do all at the same moment; answers each one's refusal, None where it was done."""
    barrier = Barrier(len(deeds))

    def one(deed: Deed) -> CatalogueError | None:
        barrier.wait()
        with Session(engine) as session:
            try:
                deed(session)
            except CatalogueError as refusal:
                session.rollback()
                return refusal
            session.commit()
            return None

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(one, deeds))
