"""What every story of the guide's pictures has: its day, its people, what came of their work."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import Account, Unit

TODAY = date(2024, 4, 10)
AT = datetime(2024, 4, 10, 1, 30, tzinfo=UTC)


class Play:
    """A story in moments; `places` are the keys that it leaves for the addresses of pages."""

    def __init__(self, session: Session) -> None:
        accounts = select(Account.username, Account.person_id)
        self.people = dict(session.execute(accounts).tuples().all())
        self.session = session
        self.places: dict[str, int] = {}

    @property
    def moments(self) -> Sequence[Callable[[], None]]:
        raise NotImplementedError

    def play(self) -> Iterator[str]:
        """Go on from one moment to the next; each is committed when its name is given."""
        for moment in self.moments:
            moment()
            self.session.commit()
            yield moment.__name__

    def unit(self) -> Unit:
        """Give the unit in which both stories play."""
        return self.session.scalars(select(Unit).where(Unit.code == "VPTU")).one()
