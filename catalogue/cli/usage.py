"""What was typed wrong on the command line, in the reader's words."""

from functools import singledispatch

import click
from click.exceptions import NoArgsIsHelpError, NoSuchCommand, NoSuchOption


def sentence(error: click.UsageError) -> str:
    """Say what is wrong, and where the command's own help stands."""
    if isinstance(error, NoArgsIsHelpError):
        return error.format_message()
    command = error.ctx.command_path if error.ctx else "catalogue"
    return f"{_wrong(error)} Xem «{command} --help»."


@singledispatch
def _wrong(error: click.UsageError) -> str:
    return error.format_message()


@_wrong.register
def _(error: NoSuchCommand) -> str:
    return f"Không có lệnh «{error.command_name}».{_meant(error.possibilities)}"


@_wrong.register
def _(error: NoSuchOption) -> str:
    return f"Không có tùy chọn «{error.option_name}».{_meant(error.possibilities)}"


@_wrong.register
def _(error: click.BadOptionUsage) -> str:
    return f"Tùy chọn «{error.option_name}» cần đúng một giá trị."


@_wrong.register
def _(error: click.MissingParameter) -> str:
    return f"Thiếu {_place(error)}."


@_wrong.register
def _(error: click.BadParameter) -> str:
    return f"{_place(error)}: {error.message}"


def _place(error: click.BadParameter) -> str:
    """Name the option as it is typed, or the argument as the help prints it."""
    if error.param is None:
        return str(error.param_hint or "")
    if isinstance(error.param, click.Option):
        return error.param.opts[-1]
    return error.param.make_metavar(error.ctx or click.Context(click.Command(None))).strip("[]")


def _meant(possibilities: list[str] | None) -> str:
    return f" Có phải: {'; '.join(possibilities)}?" if possibilities else ""
