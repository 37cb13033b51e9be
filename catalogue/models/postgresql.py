"""How PostgreSQL is opened: told that what it looks up lies in memory, as an office's data does."""

from collections.abc import MutableMapping
from typing import Any

from sqlalchemy import Engine, event

_IN_MEMORY = "-c random_page_cost=1.1"


def prepare(engine: Engine) -> None:
    """Set up every connection of a PostgreSQL engine; leaves other engines alone.

    The default reckons with a turning disk. A statement planned so while its tables are still
    empty reads them whole, and goes on doing so, until the database has counted their rows.
    """
    if engine.dialect.name == "postgresql":
        event.listen(engine, "do_connect", _on_connect)


def _on_connect(
    dialect: object, record: object, positional: object, named: MutableMapping[str, Any]
) -> None:
    """Ask beside what the address itself asks for; a later option of it would hold."""
    del dialect, record, positional
    named["options"] = f"{_IN_MEMORY} {named.get('options', '')}".strip()
