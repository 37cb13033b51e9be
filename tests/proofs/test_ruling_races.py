"""Two members rule on one row at the same moment: one is kept, the other is told, none is lost."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from catalogue.app import create_app
from catalogue.config import Config
from catalogue.domain.reviewing import Stage, Verdict
from catalogue.domain.states import DossierState
from catalogue.domain.voting import Judgement
from catalogue.models import AuditEntry, Ruling
from catalogue.services import accounts, rulings
from catalogue.services.rulings import RulingOvertaken
from tests.dossiers import make_province
from tests.making import AT, TODAY, make_account
from tests.proofs.browsers import Sent, form, send_all
from tests.proofs.conftest import Say
from tests.proofs.crowd import Person, settings_for, signed_in
from tests.proofs.ground import assert_sound
from tests.serving import serving

pytestmark = pytest.mark.proof
RACES = 500
RACES_BY_HTTP = 20
PLACE = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One disputed row, and the two members who rule on it."""

    dossier: int
    item: int
    members: tuple[int, int]
    secrets: tuple[str, str]


@pytest.fixture
def row(engine: Engine) -> Row:
    with Session(engine) as session:
        province = make_province(session)
        province.match_all()
        dossier = province.dossier(DossierState.STANDING_REVIEW)
        members = province.members[:2]
        now = datetime.now(UTC)
        secrets = [
            accounts.sign_in(session, make_account(session, one, f"uy.vien.{one.id}").id, at=now)
            for one in members
        ]
        made = Row(
            dossier=dossier.id,
            item=dossier.items[PLACE - 1].id,
            members=(members[0].id, members[1].id),
            secrets=(secrets[0], secrets[1]),
        )
        session.commit()
        return made


def test_of_two_rulings_at_once_one_is_kept_and_the_other_is_told(
    engine: Engine, row: Row, say: Say
) -> None:
    together = Barrier(2)

    def rule(by: int, seen: int) -> int | RulingOvertaken:
        """Answer the number given, or the refusal that shows what came first."""
        with Session(engine) as session:
            together.wait()
            try:
                made = rulings.rule(
                    session, row.item, judgement(by, seen), seen=seen, by=by, at=AT, today=TODAY
                ).number
            except RulingOvertaken as refusal:
                return refusal
            session.commit()
            return made

    with ThreadPoolExecutor(2) as pool:
        for seen in range(RACES):
            given = list(pool.map(rule, row.members, (seen, seen)))
            (kept,) = (place for place, answer in enumerate(given) if answer == seen + 1)
            told = given[1 - kept]
            assert isinstance(told, RulingOvertaken)
            assert (told.theirs.number, told.theirs.ruled_by_id) == (seen + 1, row.members[kept])
            assert told.ours == judgement(row.members[1 - kept], seen)

    assert_kept(engine, row, RACES)
    say(f"{RACES} races: {RACES} kept, each number once; {RACES} told of the other")


def judgement(by: int, seen: int) -> Judgement:
    return Judgement(Stage.STANDING, Verdict.REJECT, reason=f"Lần {seen} của {by}")


@pytest.fixture
def settings(engine: Engine, row: Row, tmp_path: Path) -> Config:
    del row
    return settings_for(engine, tmp_path)


@pytest.fixture
def browsers(row: Row, settings: Config) -> tuple[Person, Person]:
    app = create_app(settings)
    first, second = (signed_in(app, secret) for secret in row.secrets)
    return first, second


@pytest.fixture
def port(browsers: tuple[Person, Person], settings: Config) -> Iterator[int]:
    del browsers
    with serving(settings) as number:
        yield number


def test_the_same_holds_through_the_pages(
    engine: Engine, row: Row, browsers: tuple[Person, Person], port: int, say: Say
) -> None:
    path = f"/ho-so/{row.dossier}/muc/{PLACE}/ket-luan"
    for seen in range(RACES_BY_HTTP):
        fields = {"stage": "standing", "seen": str(seen), "verdict": "adopt"}
        forms = [
            Sent(0, form(path, one.cookie, fields | {"csrf_token": one.token})) for one in browsers
        ]

        answers = send_all(port, forms)

        assert sorted(answer.status for answer in answers) == [303, 409]

    assert_kept(engine, row, RACES_BY_HTTP)
    say(f"{RACES_BY_HTTP} races by two browsers: each time one 303 and one 409")


def assert_kept(engine: Engine, row: Row, races: int) -> None:
    with Session(engine) as session:
        kept = select(Ruling.number).where(Ruling.item_id == row.item).order_by(Ruling.number)
        assert session.scalars(kept).all() == list(range(1, races + 1))
        noted = select(func.count(AuditEntry.seq)).where(AuditEntry.action == "item.ruled")
        assert session.scalars(noted).one() == races
    assert_sound(engine)
