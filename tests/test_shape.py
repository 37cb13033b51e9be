"""The code keeps the shape that the design gives it."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LONGEST_FILE = 250
LONGEST_FUNCTION = 40
# Files that are longer, each with what it would lose by being cut in two.
LONGER: dict[str, str] = {}

MODULES = sorted(
    path for path in (ROOT / "catalogue").rglob("*.py") if "versions" not in path.parts
)
EVERY = pytest.mark.parametrize(
    "path", MODULES, ids=lambda path: path.relative_to(ROOT / "catalogue").as_posix()
)


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def tracked_texts() -> Iterator[tuple[Path, str]]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607 (the git that checked the project out)
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("this is no checkout: git lists no files here")
    for name in listed.stdout.decode().split("\0"):
        path = ROOT / name
        if name and path.is_file():
            yield path, path.read_bytes().decode(errors="ignore")


@EVERY
def test_a_module_opens_with_one_sentence(path: Path) -> None:
    words = ast.get_docstring(tree(path)) or ""

    assert words.splitlines()[:1], "no docstring"
    assert words.splitlines()[0].endswith("."), words
    assert words.splitlines()[0].count(". ") == 0, words


@EVERY
def test_a_file_is_short_enough_to_be_read_in_one_go(path: Path) -> None:
    lines = len(path.read_text().splitlines())

    assert lines <= LONGEST_FILE or path.relative_to(ROOT).as_posix() in LONGER


def test_the_longer_files_are_still_longer() -> None:
    for name in LONGER:
        assert len((ROOT / name).read_text().splitlines()) > LONGEST_FILE, name


@EVERY
def test_a_function_fits_on_a_page(path: Path) -> None:
    long = {
        function.name: function.end_lineno - function.lineno + 1
        for function in functions(path)
        if function.end_lineno and function.end_lineno - function.lineno >= LONGEST_FUNCTION
    }

    assert long == {}


def calls(path: Path) -> Iterator[ast.expr]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield node.func


@EVERY
def test_only_the_edge_commits(path: Path) -> None:
    commits = any(isinstance(call, ast.Attribute) and call.attr == "commit" for call in calls(path))

    edge = path.relative_to(ROOT / "catalogue").parts[0] in {
        *("app.py", "cli", "blueprints", "migrations")
    }
    assert edge or not commits


@EVERY
def test_nothing_prints_past_the_terminals_edge(path: Path) -> None:
    assert not any(isinstance(call, ast.Name) and call.id == "print" for call in calls(path))


@EVERY
def test_no_import_of_our_own_hides_in_a_function(path: Path) -> None:
    hidden = [
        ast.unparse(node)
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom) and "catalogue" in ast.unparse(node)
    ]

    assert hidden == []


@EVERY
def test_a_name_says_more_than_that_it_helps(path: Path) -> None:
    assert path.stem not in {"utils", "helpers", "common", "manager", "handler", "misc"}


def test_no_file_names_the_machine_or_the_host_that_it_was_made_on() -> None:
    # Put together here, or this file would be the first to name them.
    traces = ["/".join(("", part, "")) for part in ("work", "root", "tmp/bash_jobs")]
    traces += [
        ".".join(("registry", "npmjs")),
        "-".join(("--index", "url")),
        "/".join(("opt", "pypi")),
    ]

    found = [
        (path.relative_to(ROOT).as_posix(), trace)
        for path, text in tracked_texts()
        for trace in traces
        if trace in text
    ]

    assert found == []
