"""Voting on a dossier in few words: by ballot, on paper, at a meeting."""

from catalogue.domain.reviewing import Choice, Stage
from catalogue.domain.voting import Mark, Minutes, Scan, Tally
from catalogue.models import Ballot, Dossier, Meeting, Person
from catalogue.queries import reviews
from catalogue.services import ballots, meetings, paper_ballots
from catalogue.services.meetings import Held
from catalogue.services.paper_ballots import Paper
from tests.dossiers import Province
from tests.making import AT, TODAY

PDF = Scan("phieu.pdf", b"%PDF-1.7 ...")
AGREE = Mark(Choice.AGREE)
STANDING = Stage.STANDING


def take_up(
    province: Province, dossier: Dossier, person: Person, stage: Stage = STANDING
) -> Ballot:
    return ballots.take_up(province.session, dossier.id, stage, by=person.id, at=AT, today=TODAY)


def vote(province: Province, dossier: Dossier, person: Person, **said: Mark) -> Ballot:
    """Send a ballot that agrees with everything but `item_N`."""
    ballot = take_up(province, dossier, person)
    items = {f"item_{item.ordinal}": item.id for item in dossier.items}
    ballots.mark(province.session, ballot, {items[name]: mark for name, mark in said.items()})
    ballots.agree_to_rest(province.session, ballot)
    ballots.send(province.session, ballot, by=person.id, at=AT)
    return ballot


def paper(dossier: Dossier, person: Person, **changes: object) -> Paper:
    facts: dict[str, object] = {
        "stage": STANDING,
        "person_id": person.id,
        "said": {item.id: AGREE for item in dossier.items},
        "scan": PDF,
    }
    return Paper(**facts | changes)  # type: ignore[arg-type]


def enter(province: Province, dossier: Dossier, entered: Paper, by: Person) -> Ballot:
    return paper_ballots.enter(province.session, dossier.id, entered, by=by.id, at=AT, today=TODAY)


def confirm(province: Province, ballot: Ballot, by: Person) -> Ballot:
    return paper_ballots.confirm(province.session, ballot.id, by=by.id, at=AT, today=TODAY)


def counted(province: Province, dossier: Dossier) -> int:
    return reviews.read(province.session, dossier.id, TODAY).result(STANDING).ballots


def minutes(dossier: Dossier, **changes: Tally) -> Minutes:
    """Three were there, two agreed with everything but `item_N`."""
    counts = {item.id: Tally(agree=2) for item in dossier.items}
    items = {f"item_{item.ordinal}": item.id for item in dossier.items}
    counts.update({items[name]: tally for name, tally in changes.items()})
    return Minutes(TODAY, 3, counts)


def hold(province: Province, dossier: Dossier, held: Minutes, by: Person) -> Meeting:
    entered = Held(STANDING, held, Scan("bien-ban.png", b"\x89PNG\r\n\x1a\n ..."))
    return meetings.enter(province.session, dossier.id, entered, by=by.id, at=AT, today=TODAY)
