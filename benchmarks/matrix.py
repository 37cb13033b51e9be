"""The matrix of 380 positions × 17 competencies against its bare cells, and its own seconds.

The floor reads the same cells with one statement and draws them with the same template engine,
with nothing around them: no login, no filters, no names, no marks of what is unusual.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from flask.testing import FlaskClient
from jinja2 import Environment
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from benchmarks.pages import config
from benchmarks.province import AT, START, catalogue_with_an_agency
from benchmarks.ratios import Ratio
from benchmarks.timing import medians
from catalogue.app import create_app
from catalogue.blueprints import clock
from catalogue.domain.annex import Annex, Row
from catalogue.domain.description import Description, Duty, Requirement, Task
from catalogue.domain.words import Role, SourceState
from catalogue.models import Agency
from catalogue.services import (
    accounts,
    cataloguing,
    describing,
    founding,
    granting,
    staffing,
)

POSITIONS, COMPETENCIES = 380, 17
_GOAL, _SECONDS = 4.0, 1.0
_REQUESTS = 3
_CELLS = text(
    "SELECT d.position_id, r.competency_id, r.level_min, r.level_max FROM description d "
    "JOIN requirement r ON r.description_id = d.id ORDER BY d.position_id, r.ordinal"
)
_BARE = Environment(autoescape=True).from_string(
    "<table>{% for row in rows %}<tr>{% for _, _, low, high in row %}<td>{{ low }}–{{ high }}</td>"
    "{% endfor %}</tr>{% endfor %}</table>"
)


def measure() -> list[Ratio]:
    with catalogue_with_an_agency() as engine, _client(engine) as client:
        ways = {"bare": _bare(engine), "page": _asking(client)}
        taken = medians(ways)
    size = f"{POSITIONS} × {COMPETENCIES}"
    return [
        Ratio(f"/khung-nang-luc {size} / its bare cells", taken["page"] / taken["bare"], _GOAL),
        Ratio(f"/khung-nang-luc {size}, seconds", taken["page"] / _REQUESTS, _SECONDS),
    ]


def _bare(engine: Engine) -> Callable[[], None]:
    def draw() -> None:
        for _ in range(_REQUESTS):
            with Session(engine) as session:
                cells = session.connection().execute(_CELLS).all()
            rows = [cells[at : at + COMPETENCIES] for at in range(0, len(cells), COMPETENCIES)]
            assert len(rows) == POSITIONS
            _BARE.render(rows=rows)

    return draw


def _asking(client: FlaskClient) -> Callable[[], None]:
    def ask() -> None:
        for _ in range(_REQUESTS):
            answer = client.get("/khung-nang-luc")
            assert f"{POSITIONS} vị trí × {COMPETENCIES} năng lực" in answer.text

    return ask


@contextmanager
def _client(engine: Engine) -> Iterator[FlaskClient]:
    with Session(engine) as session:
        _describe(session)
        secret = _sign_in(session)
        session.commit()
    with TemporaryDirectory() as folder:
        client = create_app(config(str(engine.url), Path(folder))).test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = secret
        yield client


def _describe(session: Session) -> None:
    """Write the positions, and for each a description whose levels mostly agree."""
    agency = session.scalars(select(Agency)).one()
    document = founding.reference_document(session, "R", "reference", START)
    names = [f"Chuyên viên tham mưu lĩnh vực số {n}" for n in range(1, POSITIONS + 1)]
    rows = tuple(_row(number, name) for number, name in enumerate(names, start=1))
    source = cataloguing.Source(document, agency, "a.docx", "a", SourceState.REFERENCE, START)
    cataloguing.record_annex(session, Annex(rows), source, by=None, at=AT)
    chance = Random(1)  # noqa: S311
    read = [_description(name, chance) for name in names]
    digest = sha256(b"descriptions").hexdigest()
    described = describing.Source("d.docx", digest, START)
    describing.record_descriptions(session, read, described, by=None, at=AT)


def _row(number: int, name: str) -> Row:
    code, group = f"VT-{number:03d}", "Nghiệp vụ chuyên ngành"
    return Row(str(number), name, group, "Chuyên viên", code, 1, 1, number + 1, (name, code))


def _description(name: str, chance: Random) -> Description:
    asked = tuple(
        Requirement(
            "Nhóm năng lực chung" if n < 7 else "Nhóm năng lực chuyên môn",
            f"Năng lực làm việc số {n}",
            2,
            3 if chance.random() < 0.9 else 4,
        )
        for n in range(COMPETENCIES)
    )
    duties = (Duty("2.1", "Tham mưu", (Task("Soạn văn bản"),)),)
    return Description(name, duties=duties, competencies=asked)


def _sign_in(session: Session) -> str:
    person = staffing.add_person(session, "Người Đo", synthetic=True)
    session.flush()
    granting.grant(session, person.id, Role.ORGANISER, unit_id=None, since=START, by=None, at=AT)
    account = accounts.make_account(session, person.id, "nguoi-do", by=None, at=AT)
    return accounts.sign_in(session, account.id, at=clock.now())
