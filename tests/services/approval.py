"""Who judges the drafts of the test office, and a draft as it was sent."""

from sqlalchemy import select

from catalogue.domain.roles import Viewer
from catalogue.domain.states import DraftState
from catalogue.domain.words import Role
from catalogue.models import Person, Submission
from tests.drafts import Office
from tests.making import TODAY

_EVERYWHERE = {Role.ORGANISER, Role.COMMITTEE}


def viewer(office: Office, person: Person, *roles: Role) -> Viewer:
    units = frozenset({office.unit.id})
    scopes = {role: None if role in _EVERYWHERE else units for role in roles}
    return Viewer(person.id, 0, person.name, scopes, TODAY)


def officer(office: Office) -> Viewer:
    return viewer(office, office.officer, Role.UNIT_OFFICER)


def appraiser(office: Office) -> Viewer:
    return viewer(office, office.other_organiser, Role.ORGANISER)


def head(office: Office) -> Viewer:
    return viewer(office, office.head, Role.HEAD)


def sent(office: Office, state: DraftState = DraftState.SUBMITTED) -> Submission:
    """A submission of a position that was not described before: nothing has to go on."""
    draft = office.draft(state, position=0)
    query = select(Submission).where(Submission.draft_id == draft.id)
    return office.session.scalars(query).one()
