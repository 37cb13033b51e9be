"""Bringing the database to the program's own schema, and to the rules that come with it."""

from alembic import command
from flask import current_app

from catalogue.config import ROOT
from catalogue.extensions import db
from catalogue.importers import foundation as foundations
from catalogue.services import founding

SEED = ROOT / "seed" / "btctw_2752_2765"


def upgrade() -> None:
    """Run the migrations that the database lacks; its errors are raised, not swallowed."""
    migrations = current_app.extensions["migrate"].migrate
    command.upgrade(migrations.get_config(), "head")
    founding.lay_rules(db.session(), foundations.read(SEED))
    db.session.commit()
