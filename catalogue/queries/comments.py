"""What people say to each other about a dossier, each thread to those whom it is open to."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from catalogue.domain.reviewing import Audience
from catalogue.domain.roles import Permission, Viewer
from catalogue.domain.words import Role
from catalogue.models import Comment
from catalogue.queries.visible import visible


def of_dossier(session: Session, viewer: Viewer, dossier_id: int) -> Sequence[Comment]:
    """List what the person may read, their own drafts included, in the order of writing."""
    seen = select(Comment).where(Comment.dossier_id == dossier_id, visible(Comment, viewer))
    seen = seen.options(joinedload(Comment.author)).order_by(Comment.written_at, Comment.id)
    return session.scalars(seen).all()


def writes_to(viewer: Viewer) -> list[Audience]:
    """List the threads that the person may write in: reading as an auditor gives none."""
    if not viewer.may(Permission.COMMENT):
        return []
    if Role.COMMITTEE in viewer.scopes:
        return list(Audience)
    if Role.ORGANISER in viewer.scopes:
        return [Audience.UNIT, Audience.ORGANISERS]
    return [Audience.UNIT]
