"""Attaching to a table the statements that one database needs and the other words differently."""

from collections.abc import Mapping, Sequence

from sqlalchemy import DDL, FromClause, event


def after_create(table: FromClause, statements: Mapping[str, Sequence[str]]) -> None:
    """Run the statements of the database's own dialect right after the table is made."""
    for dialect, texts in statements.items():
        for text in texts:
            ddl = DDL(text.replace("%", "%%"))  # type: ignore[no-untyped-call]
            event.listen(table, "after_create", ddl.execute_if(dialect=dialect))
