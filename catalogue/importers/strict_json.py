"""Reading JSON that strangers send: strictly, and with a refusal in the reader's words."""

import json
from typing import Any

from catalogue.domain import limits
from catalogue.domain.errors import UnreadableFile
from catalogue.importers import refusals

_NOTHING = "Chưa có dữ liệu nào được ghi."


def loads(data: bytes, name: str) -> dict[str, Any]:
    """Read one JSON object; raises UnreadableFile for anything else than plain, strict JSON."""
    if len(data) > limits.UPLOAD_BYTES:
        raise refusals.too_big(name, len(data))
    try:
        read = json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=_without_doubles,
            parse_constant=_no_constant,
        )
    except (RecursionError, ValueError) as error:
        raise _refused(name, _why(error)) from None
    if not isinstance(read, dict):
        raise _refused(name, "ngoài cùng không phải một đối tượng {…}")
    return read


def _why(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "lồng nhau quá sâu"
    if isinstance(error, UnicodeDecodeError):
        return "không phải UTF-8"
    if isinstance(error, json.JSONDecodeError):
        return f"sai cú pháp ở dòng {error.lineno}, cột {error.colno}"
    return str(error)


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"khóa «{double[:50]}» có hai lần trong một đối tượng")
    return found


def _no_constant(word: str) -> None:
    raise ValueError(f"có giá trị «{word}» không phải số")


def _refused(name: str, why: str) -> UnreadableFile:
    message = f"Tệp «{name}» không phải JSON đọc được ({why}). Hãy xuất lại từ nơi gửi. {_NOTHING}"
    return UnreadableFile(message)
