"""How a document ends: whom it is sent to, who drew it up, who signs."""

import re

from catalogue.domain.text import fold

_CLOSING = re.compile(
    r"(noi nhan|nguoi (lap|ky|giu vi tri)|thu truong (co quan|don vi)|xac nhan cua|"
    r"ky (ten|thay)|"
    r"(t ?m|k ?t|t ?l|t ?u ?q) (uy ban|ban|chu tich|truong|bi thu|giam doc|hoi dong))\b"
)
# Hardly any text begins like one of these: a look at its first letter spares the rest.
_INITIALS = frozenset("NnTtKkXx")
_SIGNER = re.compile(
    r"(pho )?(chu tich|truong ban|bi thu|giam doc|chanh van phong|truong phong|hieu truong|"
    r"tong bien tap|chu nhiem|thu truong)( .*)?$"
)
_LONGEST = 120


def closes(text: str) -> bool:
    """Tell words that no part of a list or a form holds, but only the end of a document."""
    likely = text[:1] in _INITIALS and len(text) <= _LONGEST
    return likely and bool(_CLOSING.match(fold(text)))


def signs(text: str) -> bool:
    """Tell the office in capitals under which somebody signs."""
    return len(text) <= _LONGEST and text.isupper() and bool(_SIGNER.match(fold(text)))
