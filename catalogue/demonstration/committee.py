"""Seats the demonstration's standing body and committee, by rules that say they are made up."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.reviewing import Stage
from catalogue.domain.voting import Place
from catalogue.models import Account, VotingRule
from catalogue.services import seating

_BASIS = "Mặc định của chương trình, chưa có văn bản làm căn cứ"
_BOTH, _LATER = tuple(Stage), (Stage.COMMITTEE,)
SECRETARY = "thuky"
# user name, what they sit as, where they sit
_SEATS = (
    ("thuongvu", "Thường trực Tỉnh ủy", _BOTH),
    ("uyvien1", "Thường trực Tỉnh ủy", _BOTH),
    ("uyvien2", "Ủy viên Ban Thường vụ", _LATER),
    (SECRETARY, "Thư ký", _BOTH),
)


def seat(session: Session, *, since: date, at: datetime) -> None:
    """Give the printed accounts of the committee their seats, and each stage its rule."""
    accounts = select(Account.username, Account.person_id)
    people = dict(session.execute(accounts).tuples().all())
    for username, office, stages in _SEATS:
        for stage in stages:
            place = Place(stage, people[username], office, username == SECRETARY, since)
            seating.add(session, place, by=None, at=at, today=since)
    session.add_all(
        VotingRule(stage=stage, quorum_percent=50, agree_percent=50, basis=_BASIS, valid_from=since)
        for stage in Stage
    )
    session.flush()
