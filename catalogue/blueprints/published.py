"""What was issued, open to everybody on the network, so that a printed copy can be checked."""

import re

from flask import Blueprint, render_template

from catalogue.blueprints import asked
from catalogue.blueprints.guard import permission
from catalogue.domain.errors import NotFound
from catalogue.domain.issuing import in_fours
from catalogue.domain.roles import Permission
from catalogue.extensions import db
from catalogue.queries import issued
from catalogue.queries.issued import Issued

pages = Blueprint("published", __name__)

_DIGEST = re.compile(r"[0-9a-f]{64}")


@pages.get("/cong-khai")
@permission(Permission.PUBLIC)
def index() -> str:
    """List the issued decisions, and find the one that a digest belongs to."""
    decisions = issued.decisions(db.session())
    typed = _typed()
    return render_template(
        "published/index.html",
        decisions=decisions,
        typed=typed,
        readable=bool(_DIGEST.fullmatch(typed)),
        found=issued.of_digest(decisions, typed),
    )


@pages.get("/cong-khai/<key:issuance_id>")
@permission(Permission.PUBLIC)
def show(issuance_id: int) -> str:
    """Show what was issued; its digest is worked out anew from what was frozen."""
    session = db.session()
    decision = _found(issuance_id)
    rows = issued.printed(session, decision.document_id)
    faithful = issued.faithful(session, decision, rows)
    typed = _typed()
    return render_template(
        "published/show.html",
        decision=decision,
        rows=rows,
        faithful=faithful,
        digest=in_fours(decision.sha256),
        digest_now=in_fours(faithful.sha256_now),
        typed=typed,
        readable=bool(_DIGEST.fullmatch(typed)),
        same=typed == decision.sha256,
    )


def _found(issuance_id: int) -> Issued:
    found = issued.decision(db.session(), issuance_id)
    if found is None:
        raise NotFound("Không tìm thấy nội dung này.")
    return found


def _typed() -> str:
    """Read a digest as people type it: in groups, in capitals, with blanks around it."""
    return "".join(asked.text("ma", label="Mã kiểm tra").split()).lower()
