"""Bringing the database to the program's own schema."""

from alembic import command
from flask import current_app


def upgrade() -> None:
    """Run the migrations that the database lacks; its errors are raised, not swallowed."""
    migrations = current_app.extensions["migrate"].migrate
    command.upgrade(migrations.get_config(), "head")
