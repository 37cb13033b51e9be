"""The terminal's edge: commands, exit statuses, and their only commits."""

from collections.abc import Callable

import click
from flask import Flask

AppFactory = Callable[[], Flask]


@click.group()
def root() -> None:
    """Danh mục vị trí việc làm, khung năng lực và nhật ký công việc."""


def main(create_app: AppFactory) -> None:
    """Run one command; `create_app` builds the application when the command needs it."""
    root(obj=create_app)
