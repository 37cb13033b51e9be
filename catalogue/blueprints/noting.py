"""Writing down what a form sent and no page of ours asks for."""

from collections.abc import Sequence

from flask import request

from catalogue.blueprints import clock
from catalogue.blueprints.guard import viewer
from catalogue.extensions import db
from catalogue.services import auditing

_MOST, _LONGEST = 20, 100


def unexpected_fields(names: Sequence[str]) -> None:
    """Write down fields that the page does not have: somebody tried to set more than is theirs."""
    if names:
        auditing.record(
            db.session(),
            "unexpected_field",
            request.path,
            by=viewer().person_id,
            at=clock.now(),
            fields=[name[:_LONGEST] for name in names[:_MOST]],
        )
