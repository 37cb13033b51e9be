"""What a command says and answers when it cannot do its work."""

import errno
from collections.abc import Callable
from enum import IntEnum
from functools import singledispatch
from typing import TypeAlias

import click
from flask import Flask
from sqlalchemy.exc import DatabaseError

from catalogue.domain.errors import BlockedImport, CatalogueError, NotAllowed

AppFactory: TypeAlias = Callable[[], Flask]


class Status(IntEnum):
    """What a command answers its caller with, after sysexits.h."""

    DONE = 0
    USAGE = 64
    BAD_DATA = 65
    NO_FILE = 66
    IO_ERROR = 74
    BUSY = 75
    NO_RIGHT = 77


_DATABASE_WORDS = (
    ("locked", "Cơ sở dữ liệu đang bận, chưa ghi gì. Hãy thử lại sau ít phút.", Status.BUSY),
    (
        "no such table",
        "Cơ sở dữ liệu chưa được tạo. Hãy chạy «catalogue init» hoặc «make run» trước.",
        Status.BAD_DATA,
    ),
    (
        "does not exist",
        "Cơ sở dữ liệu chưa được tạo. Hãy chạy «catalogue init» hoặc «make run» trước.",
        Status.BAD_DATA,
    ),
    (
        "not a database",
        "Tệp cơ sở dữ liệu bị hỏng. Hãy khôi phục từ bản sao lưu, hoặc chuyển tệp đi nơi khác.",
        Status.IO_ERROR,
    ),
    (
        "malformed",
        "Tệp cơ sở dữ liệu bị hỏng. Hãy khôi phục từ bản sao lưu, hoặc chuyển tệp đi nơi khác.",
        Status.IO_ERROR,
    ),
    ("full", "Đĩa đầy, chưa ghi gì. Hãy dọn đĩa rồi chạy lại.", Status.IO_ERROR),
    ("readonly", "Cơ sở dữ liệu chỉ đọc được, chưa ghi gì.", Status.IO_ERROR),
    ("unable to open", "Không mở được tệp cơ sở dữ liệu. Hãy xem thư mục của nó.", Status.IO_ERROR),
    ("connection", "Không nối được tới máy chủ cơ sở dữ liệu.", Status.IO_ERROR),
)


@singledispatch
def report(error: BaseException) -> Status:
    """Say what went wrong on standard error; an error that nobody foresaw is raised on."""
    raise error


@report.register
def _(error: click.UsageError) -> Status:
    error.show()
    return Status.USAGE


@report.register
def _(error: click.Abort) -> Status:
    del error
    return _say("Đã dừng; chưa ghi gì.", Status.USAGE)


@report.register
def _(error: CatalogueError) -> Status:
    if isinstance(error, BlockedImport):
        for problem in error.problems:
            click.echo(f"{problem.where}: {problem.what}. {problem.fix}", err=True)
    status = Status.NO_RIGHT if isinstance(error, NotAllowed) else Status.BAD_DATA
    return _say(str(error), status)


@report.register
def _(error: FileNotFoundError) -> Status:
    return _say(f"Không có tệp «{error.filename}».", Status.NO_FILE)


@report.register
def _(error: OSError) -> Status:
    if error.errno in (errno.ENOSPC, errno.EROFS):
        return _say("Máy không ghi được (đĩa đầy hoặc chỉ đọc). Chưa ghi gì.", Status.IO_ERROR)
    return _say(f"Máy báo lỗi: {error.strerror or error} ({error.filename}).", Status.IO_ERROR)


@report.register
def _(error: DatabaseError) -> Status:
    for sign, words, status in _DATABASE_WORDS:
        if sign in str(error.orig):
            return _say(words, status)
    raise error


def _say(message: str, status: Status) -> Status:
    click.echo(message, err=True)
    return status
