"""The code keeps the shape that the design gives it."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "catalogue"
LONGEST_FILE = 250
LONGEST_FUNCTION = 40
EDGE = ("app.py", "cli", "blueprints", "migrations")
EMPTY_NAMES = {"utils", "helpers", "common", "manager", "handler", "misc"}


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the program by its place in the package, migrations' versions aside."""
    return {
        path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text())
        for path in sorted(PACKAGE.rglob("*.py"))
        if "versions" not in path.parts
    }


def test_what_keeps_its_line_breaks_begins_with_none_of_the_template() -> None:
    broken = re.compile(r'class="[^"]*\blines\b[^"]*"[^>]*>\n')
    templates = (ROOT / "templates").rglob("*.html")
    assert [path.name for path in templates if broken.search(path.read_text())] == []


def functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for name, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield name, node


def calls() -> Iterator[tuple[str, ast.expr]]:
    for name, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield name, node.func


def lines_of(name: str) -> int:
    return len((PACKAGE / name).read_text().splitlines())


def long_things() -> set[str]:
    files = {name for name in modules() if lines_of(name) > LONGEST_FILE}
    return files | {
        f"{name}:{function.name}"
        for name, function in functions()
        if (function.end_lineno or 0) - function.lineno >= LONGEST_FUNCTION
    }


def test_every_module_opens_with_one_sentence() -> None:
    openings = {
        name: (ast.get_docstring(tree) or "").partition("\n")[0] for name, tree in modules().items()
    }

    assert [
        name for name, opening in openings.items() if not opening.endswith(".") or ". " in opening
    ] == []


def test_files_and_functions_are_short() -> None:
    assert long_things() == set()


def test_only_the_edge_commits() -> None:
    committing = {
        name for name, call in calls() if isinstance(call, ast.Attribute) and call.attr == "commit"
    }

    assert {name for name in committing if not name.startswith(EDGE)} == set()
    assert committing, "nobody commits: this test looks for the wrong thing"


def test_nothing_is_printed_past_the_terminals_edge() -> None:
    printing = {name for name, call in calls() if isinstance(call, ast.Name) and call.id == "print"}

    assert printing == set()


def test_no_import_of_our_own_hides_in_a_function() -> None:
    hidden = {
        f"{name}: {ast.unparse(node)}"
        for name, function in functions()
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom) and "catalogue" in ast.unparse(node)
    }

    assert hidden == set()


def test_a_modules_name_says_more_than_that_it_helps() -> None:
    assert {name for name in modules() if Path(name).stem in EMPTY_NAMES} == set()


def tracked_texts() -> Iterator[tuple[str, str]]:
    command = ["git", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if listed.returncode != 0:
        pytest.skip("this is no checkout: git lists no files here")
    for name in listed.stdout.decode().split("\0"):
        path = ROOT / name
        if name and path.is_file():
            yield name, path.read_bytes().decode(errors="ignore")


def test_no_file_names_a_place_of_the_machine_that_it_was_made_on() -> None:
    # Put together here, or this file would be the first to name one.
    places = "|".join(sorted({"home", "opt", "root", "work"}))
    place = re.compile(rf"(?<![\w.\-{{}}>])/(?:{places})/")

    assert [name for name, text in tracked_texts() if place.search(text)] == []


def test_the_requirements_name_no_place_to_download_from() -> None:
    place = re.compile(r"://|^\s*--(?!hash)", re.MULTILINE)

    assert [
        path.name for path in ROOT.glob("requirements*") if place.search(path.read_text())
    ] == []
