"""What a command says and answers when it cannot do its work."""

import errno
import re
from collections.abc import Callable
from enum import IntEnum
from functools import singledispatch
from typing import TypeAlias

import click
from alembic.util import CommandError
from flask import Flask
from sqlalchemy.exc import DBAPIError, IntegrityError

from catalogue.cli import usage
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


# What both databases say, the closer description first: the first that is found decides.
_DATABASE_WORDS = (
    (
        r"locked|deadlock|timeout|too many clients|connection slots|starting up|shutting down",
        "Cơ sở dữ liệu đang bận, chưa ghi gì. Hãy thử lại sau ít phút.",
        Status.BUSY,
    ),
    (
        r'database ".*" does not exist',
        "Máy chủ chưa có cơ sở dữ liệu mà CATALOGUE_DATABASE_URL nêu. Hãy tạo nó trước.",
        Status.IO_ERROR,
    ),
    (
        r'authentication failed|no password supplied|role ".*" does not exist|pg_hba',
        "Máy chủ cơ sở dữ liệu không nhận tên hoặc mật khẩu trong CATALOGUE_DATABASE_URL.",
        Status.NO_RIGHT,
    ),
    (
        r"no such table|relation .* does not exist",
        "Cơ sở dữ liệu chưa được tạo. Hãy chạy «catalogue init» hoặc «make run» trước.",
        Status.BAD_DATA,
    ),
    (
        r"no such column|column .* does not exist",
        "Cơ sở dữ liệu còn ở lược đồ cũ. Hãy chạy «catalogue migrate» trước.",
        Status.BAD_DATA,
    ),
    (
        r"not a database|malformed",
        "Tệp cơ sở dữ liệu bị hỏng. Hãy khôi phục từ bản sao lưu, hoặc chuyển tệp đi nơi khác.",
        Status.IO_ERROR,
    ),
    (
        r"disk is full|no space left",
        "Đĩa đầy, chưa ghi gì. Hãy dọn đĩa rồi chạy lại.",
        Status.IO_ERROR,
    ),
    (r"disk i/o error", "Đĩa báo lỗi khi đọc hoặc ghi cơ sở dữ liệu.", Status.IO_ERROR),
    (r"readonly|read-only", "Cơ sở dữ liệu chỉ đọc được, chưa ghi gì.", Status.IO_ERROR),
    (
        r"permission denied",
        "Tài khoản trong CATALOGUE_DATABASE_URL không đủ quyền; chưa ghi gì.",
        Status.NO_RIGHT,
    ),
    (
        r"unable to open",
        "Không mở được tệp cơ sở dữ liệu. Hãy xem thư mục của nó.",
        Status.IO_ERROR,
    ),
    (r"value too long", "Có giá trị dài quá chỗ chứa; chưa ghi gì.", Status.BAD_DATA),
    (
        r"connect|resolve host",
        "Không nối được tới máy chủ cơ sở dữ liệu. Hãy xem CATALOGUE_DATABASE_URL.",
        Status.IO_ERROR,
    ),
)
# PostgreSQL's unique_violation and exclusion_violation.
_WRITTEN_MEANWHILE = {"23505", "23P01"}


@singledispatch
def report(error: BaseException) -> Status:
    """Say what went wrong on standard error; an error that nobody foresaw is raised on."""
    raise error


@report.register
def _(error: click.UsageError) -> Status:
    return _say(usage.sentence(error), Status.USAGE)


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
def _(error: CommandError) -> Status:
    del error
    return _say(
        "Cơ sở dữ liệu do một bản chương trình khác, mới hơn, lập ra. Hãy cập nhật chương trình.",
        Status.BAD_DATA,
    )


@report.register
def _(error: FileNotFoundError) -> Status:
    return _say(f"Không có tệp «{error.filename}».", Status.NO_FILE)


@report.register
def _(error: IsADirectoryError) -> Status:
    return _say(f"«{error.filename}» là thư mục, không phải tệp.", Status.NO_FILE)


@report.register
def _(error: PermissionError) -> Status:
    return _say(f"Không được phép đọc hoặc ghi «{error.filename}».", Status.NO_RIGHT)


@report.register
def _(error: OSError) -> Status:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
        return _say("Máy không ghi được (đĩa đầy hoặc chỉ đọc). Chưa ghi gì.", Status.IO_ERROR)
    return _say(f"Máy báo lỗi: {error.strerror or error} ({error.filename}).", Status.IO_ERROR)


@report.register
def _(error: UnicodeEncodeError) -> Status:
    del error
    return _say("Trên dòng lệnh có ký tự không phải Unicode.", Status.USAGE)


@report.register
def _(error: DBAPIError) -> Status:
    said = str(error.orig).casefold()
    for sign, words, status in _DATABASE_WORDS:
        if re.search(sign, said):
            return _say(words, status)
    raise error


@report.register
def _(error: IntegrityError) -> Status:
    if getattr(error.orig, "sqlstate", None) not in _WRITTEN_MEANWHILE:
        raise error
    return _say("Có người vừa ghi cùng lúc; lần này chưa ghi gì. Hãy chạy lại.", Status.BUSY)


def _say(message: str, status: Status) -> Status:
    click.echo(message, err=True)
    return status
