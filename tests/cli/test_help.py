"""Every command explains itself in Vietnamese, and the README names it."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from catalogue.cli import root
from tests.terminal import Terminal

README = Path(__file__).parents[2] / "README.md"
VIETNAMESE = re.compile("[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]")


def commands(group: click.Group, *path: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, *path, name)


ALL = [pytest.param(path, command, id=" ".join(path)) for path, command in commands(root)]


@pytest.mark.parametrize(("path", "command"), ALL)
def test_a_command_says_in_vietnamese_what_it_does(
    bare_terminal: Terminal, path: tuple[str, ...], command: click.Command
) -> None:
    answer = bare_terminal(*path, "--help")

    assert answer.status == 0
    assert VIETNAMESE.search(command.help or "")


@pytest.mark.parametrize(("path", "command"), ALL)
def test_every_option_is_explained(path: tuple[str, ...], command: click.Command) -> None:
    options = [param for param in command.params if isinstance(param, click.Option)]

    assert [option.name for option in options if not option.help] == [], path


@pytest.mark.parametrize(("path", "command"), ALL)
def test_the_readme_names_the_command(path: tuple[str, ...], command: click.Command) -> None:
    del command
    named = re.findall(r"`([^`\n]+)`", README.read_text())

    assert any(path[-1] in re.split(r"[\s\\|]+", words) for words in named)


def test_without_a_command_the_help_is_shown_and_counts_as_wrong_usage(
    bare_terminal: Terminal,
) -> None:
    answer = bare_terminal()

    assert answer.status == 64
    assert "trace" in answer.err
