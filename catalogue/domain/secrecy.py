"""Noticing what must not be told here: signs that a text names a secret paper."""

import re

from catalogue.domain.errors import Invalid

# «mật độ», «mật khẩu», «mật ong», «mật thiết» are ordinary words, as «bảo mật» and «bí mật» are.
_ALONE = r"(?!\w)(?!\s+(?:độ|khẩu|ong|thiết)(?!\w))"
# Alone, the lowest degree is a sign only as it is stamped, in capitals.
_STAMPED = re.compile(rf"(?<!\w)(?<!BẢO )(?<!BÍ )MẬT(?i:{_ALONE})")
# The two higher degrees mean nothing else, however they are written.
_DEGREE = re.compile(rf"(?<!\w)(?:tuyệt|tối)\s+mật{_ALONE}", re.IGNORECASE)
# A secret paper's number may bear its degree: 12-BC/TU(M).
_NUMBERED = re.compile(r"(?<!\w)\d+[-/][\w/.-]*\((?:M|TM)\)")
_PAPERS = (
    "văn bản|tài liệu|công văn|báo cáo|hồ sơ|tờ trình|tệp|thông báo|quyết định|kế hoạch|nghị quyết"
    "|giấy mời|điện"
)
_NAMED = re.compile(rf"(?:{_PAPERS})(?:\s+đi|\s+đến)?\s+mật{_ALONE}", re.IGNORECASE)


def worth_a_look(text: str) -> bool:
    """Tell a text that may hold such a sign; most can be passed over, however many are in one."""
    return "mật" in text.casefold() or "M)" in text


def secret_word(text: str) -> str | None:
    """Quote the first sign that the text names a secret paper; None where there is none."""
    if not worth_a_look(text):
        return None
    for pattern in (_DEGREE, _STAMPED, _NUMBERED, _NAMED):
        if found := pattern.search(text):
            return found[0]
    return None


def refuse_secret(told: str, field: str) -> None:
    """Refuse words that name a secret paper; raises Invalid, which quotes the sign."""
    if word := secret_word(told):
        message = (
            f"Nội dung có dấu hiệu nêu văn bản mật («{word}»). Không ghi nội dung, số, trích yếu "
            "văn bản mật trong chương trình; hãy bỏ phần ấy rồi gửi lại."
        )
        raise Invalid(message, field=field)
