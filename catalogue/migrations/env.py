"""Runs migrations over the application's own engine."""

from alembic import context
from flask import current_app

from catalogue.models import Base
from catalogue.models.base import Instant


def render_item(kind: str, item: object, autogen_context: object) -> str | bool:
    """Write our own column types as what the database holds, so that revisions stand alone."""
    del autogen_context
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    return False


engine = current_app.extensions["migrate"].db.engine
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=render_item,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
