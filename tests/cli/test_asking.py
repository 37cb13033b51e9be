"""`catalogue trace`, `check`, `hours`: what is asked of lines, on both databases."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from tests.blueprints.world import World, build
from tests.postgres import Cluster
from tests.terminal import Terminal

MONTH_KEYS = {
    *("month", "people", "minutes", "working_days"),
    *("hours_per_person", "hours_per_person_day"),
}


@pytest.fixture(scope="module")
def worlds() -> dict[str, World]:
    """What there is in the office of each kind of database, once it is furnished."""
    return {}


@pytest.fixture(scope="module")
def sqlite_template(
    sqlite_template: Path, worlds: dict[str, World], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    path = tmp_path_factory.mktemp("office") / "office.db"
    shutil.copy(sqlite_template, path)
    worlds["sqlite"] = furnished(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="module")
def postgres_template(postgres_template: str, worlds: dict[str, World], cluster: Cluster) -> str:
    worlds["postgresql"] = furnished(cluster.create("office", template=postgres_template))
    return "office"


def furnished(url: str) -> World:
    engine = create_engine(url)
    with Session(engine) as session:
        world = build(session)
    engine.dispose()
    return world


@pytest.fixture
def world(engine: Engine, worlds: dict[str, World]) -> World:
    return worlds[engine.dialect.name]


@pytest.fixture
def office(bare_terminal: Terminal, database_url: str, world: World) -> Terminal:
    """A small office with a few lines, on each kind of database in turn."""
    del world
    bare_terminal.use(database_url)
    return bare_terminal


def tamper(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))


def test_a_line_is_followed_to_its_document(office: Terminal, world: World) -> None:
    answer = office("trace", str(world.line))

    assert answer.status == 0
    links = [line.split(": ")[0].strip(" └─") for line in answer.out.splitlines()[1:8]]
    assert links == [
        *("Dòng nhật ký", "Công việc", "Bản mô tả", "Vị trí việc làm"),
        *("Dòng phụ lục", "Tệp", "Văn bản"),
    ]
    assert answer.out.endswith("[Tham khảo – chưa kiểm chứng với văn bản gốc]\n")


def test_a_chain_is_printed_as_json_with_every_link(office: Terminal, world: World) -> None:
    chain = office("trace", str(world.line), "--json").json

    assert chain["line_id"] == world.line
    assert chain["annex_row_id"] == world.annex_row
    assert chain["document_number"] == "09-ĐA/TU"
    assert all(
        chain[link]
        for link in ("day", "task", "duty", "position", "annex_raw", "annex_sha256", "mark")
    )


def test_without_a_number_some_line_is_drawn(office: Terminal) -> None:
    drawn = office("trace", "--json").json
    assert office("trace", str(drawn["line_id"]), "--json").json == drawn


def test_a_line_that_does_not_exist_is_named(office: Terminal) -> None:
    answer = office("trace", "4711")

    assert (answer.status, answer.out, answer.err) == (65, "", "Không có dòng nhật ký số 4711.\n")


@pytest.mark.parametrize("number", ["0", "-1", "2147483648", "9" * 30, "１", "một"])
def test_what_is_no_line_number_is_wrong_usage(bare_terminal: Terminal, number: str) -> None:
    assert bare_terminal("trace", "--", number).status == 64


def test_an_untouched_database_keeps_every_promise(office: Terminal) -> None:
    answer = office("check", "--json")

    assert answer.status == 0
    assert {one["broken"] for one in answer.json} == {0}
    # All but the cross-walk had something to look at: here nothing was merged or split.
    looked_at = [one["checked"] > 0 for one in answer.json]
    assert looked_at == [True, True, True, True, True, False, True]


@pytest.mark.parametrize(
    ("statement", "promise"),
    [
        ("UPDATE person_day SET standard_minutes = standard_minutes + 1", "Tổng ngày"),
        ("DELETE FROM person_day", "Tổng ngày"),
        ("UPDATE log_line SET minutes = minutes - 1", "Tổng ngày"),
        ("DELETE FROM position_origin", "Mọi lần của vị trí"),
    ],
)
def test_a_sum_or_an_origin_changed_by_hand_is_found(
    office: Terminal, engine: Engine, statement: str, promise: str
) -> None:
    tamper(engine, statement)

    answer = office("check")

    assert answer.status == 65
    assert any("SAI" in line and promise in line for line in answer.out.splitlines())
    assert "không còn giữ đúng lời hứa" in answer.err


def test_a_line_moved_to_a_strangers_task_no_longer_traces(
    office: Terminal, engine: Engine, world: World
) -> None:
    tamper(
        engine,
        f"UPDATE log_line SET task_version_id = {world.other_task} WHERE id = {world.line}",  # noqa: S608
    )

    answer = office("check", "--json")

    assert answer.status == 65
    assert answer.json[0]["broken"] == 1


def test_hours_have_the_keys_that_others_read(office: Terminal) -> None:
    answer = office("hours", "--from", "2024-03", "--to", "2024-04", "--json")

    assert answer.json.keys() == {"overall", "units"}
    assert [one["month"] for one in answer.json["overall"]] == ["2024-03", "2024-04"]
    assert all(one.keys() == MONTH_KEYS for one in answer.json["overall"])
    assert all(one.keys() == MONTH_KEYS | {"unit"} for one in answer.json["units"])
    april = answer.json["overall"][1]
    assert (april["minutes"], april["working_days"]) == (180, 22)
    assert april["hours_per_person"] == f"{180 / 60 / april['people']:.2f}"


def test_hours_without_an_end_are_those_of_one_month(office: Terminal) -> None:
    answer = office("hours", "--from", "2024-04")

    assert answer.status == 0
    assert answer.out.startswith("Toàn tỉnh, tháng 04/2024")
    assert "tháng 03" not in answer.out


def test_months_in_the_wrong_order_are_wrong_usage(bare_terminal: Terminal) -> None:
    answer = bare_terminal("hours", "--from", "2024-03", "--to", "2024-01")

    assert answer.status == 64
    assert "Tháng cuối phải không trước tháng đầu." in answer.err


@pytest.mark.parametrize("month", ["2024-13", "2024-3", "03/2024", "0001-01", "abc", ""])
def test_what_is_no_month_is_wrong_usage(bare_terminal: Terminal, month: str) -> None:
    answer = bare_terminal("hours", "--from", month)

    assert answer.status == 64
    assert f"«{month}» không phải là tháng" in answer.err


def test_a_year_without_a_calendar_is_named(office: Terminal) -> None:
    answer = office("hours", "--from", "2031-05")

    assert answer.status == 65
    assert "năm 2031" in answer.err
