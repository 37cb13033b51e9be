"""Noticing what must not be told here: signs that a text names a secret paper."""

import re

# Degrees of secrecy are stamped in capitals; «bảo mật», «mật ong» and «bí mật» are ordinary words.
_STAMPED = re.compile(r"(?<!\w)(?<!BẢO )(?<!BÍ )(TUYỆT MẬT|TỐI MẬT|MẬT)(?!\w)")
# A secret paper's number may bear its degree: 12-BC/TU(M).
_NUMBERED = re.compile(r"(?<!\w)\d+[-/][\w/.-]*\((?:M|TM)\)")
_NAMED = re.compile(
    r"(?:văn bản|tài liệu|công văn|báo cáo)\s+(tuyệt mật|tối mật|mật)(?!\w)", re.IGNORECASE
)


def worth_a_look(text: str) -> bool:
    """Tell a text that may hold such a sign; most can be passed over, however many are in one."""
    return "mật" in text.casefold() or "M)" in text


def secret_word(text: str) -> str | None:
    """Quote the first sign that the text names a secret paper; None where there is none."""
    if not worth_a_look(text):
        return None
    for pattern in (_STAMPED, _NUMBERED, _NAMED):
        if found := pattern.search(text):
            return found[0]
    return None
