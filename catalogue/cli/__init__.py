"""The terminal's edge: commands, exit statuses, and their only commits."""

import io
import sys
from collections.abc import Sequence

import click

from catalogue.cli import (
    asking,
    importing,
    importing_diaries,
    installing,
    notifying,
    pushing,
    reminding,
    serving,
    working,
)
from catalogue.cli.exits import AppFactory, Status, report


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def root() -> None:
    """Danh mục vị trí việc làm, khung năng lực và nhật ký công việc."""


for _command in (
    *serving.COMMANDS,
    *installing.COMMANDS,
    *working.COMMANDS,
    *importing.COMMANDS,
    *asking.COMMANDS,
    *reminding.COMMANDS,
    *notifying.COMMANDS,
    *pushing.COMMANDS,
):
    root.add_command(_command)


importing.importing.add_command(importing_diaries.import_diary)


def main(create_app: AppFactory) -> None:
    """Run one command; `create_app` builds the application when the command needs it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a Windows pipe has no Vietnamese by itself
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(run(sys.argv[1:], create_app))


def run(arguments: Sequence[str], create_app: AppFactory) -> int:
    """Run one command and answer its exit status."""
    try:
        # A command that says by itself how it ended has its status answered here.
        ended = root(list(arguments), "catalogue", obj=create_app, standalone_mode=False)
    except Exception as error:  # noqa: BLE001 (the last place that can put it in words)
        return report(error)
    return ended if isinstance(ended, int) else Status.DONE
