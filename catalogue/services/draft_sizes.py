"""Keeping a draft so small that each of its sections can be sent by the form that edits it."""

from collections.abc import Callable, Mapping

from catalogue.domain.description import Section
from catalogue.domain.drafting import Content
from catalogue.domain.errors import Conflict
from catalogue.domain.limits import SECTION_BYTES

# How many bytes the form of each section takes, given the former tasks as their texts by key.
Weigh = Callable[[Content, Mapping[int, str]], Mapping[Section, int]]


def refuse_unsendable(content: Content, former: Mapping[int, str], weigh: Weigh) -> None:
    """Hold what comes from elsewhere to the limit that the editor holds its own saving to."""
    for section, weight in weigh(content, former).items():
        if weight > SECTION_BYTES:
            message = (
                f"mục «{section.label}» dài {weight // 1000} KB, quá {SECTION_BYTES // 1000} KB "
                "mà trang soạn gửi được một lần, nên ghi vào rồi sẽ không sửa được. Bản này chưa "
                "được ghi; hãy bớt hoặc gộp các dòng của mục ấy trong Word rồi tải lại."
            )
            raise Conflict(message)
