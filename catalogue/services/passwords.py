"""Hashing and comparing passwords, as slowly for a stranger as for an account."""

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from catalogue.domain.errors import Invalid
from catalogue.domain.limits import PASSWORD_LONGEST, PASSWORD_SHORTEST

_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# The hash of a password that nobody knows: comparing with it takes as long as with a real one.
_NOBODY = (
    "$argon2id$v=19$m=19456,t=2,p=1$WBmeUA1Cd/g8HyPIGnQQHg"
    "$lqSDRzO50ilpUCOoak5VTEJz0hGPyE2WgN9Myo5bov0"
)


def hashed(password: str) -> str:
    """Hash a password; raises Invalid, before any hashing, where its length cannot stand."""
    if len(password) < PASSWORD_SHORTEST:
        message = f"Mật khẩu: cần ít nhất {PASSWORD_SHORTEST} ký tự."
        raise Invalid(message, field="password")
    if len(password) > PASSWORD_LONGEST:
        message = f"Mật khẩu: không quá {PASSWORD_LONGEST} ký tự."
        raise Invalid(message, field="password")
    return _HASHER.hash(_composed(password))


def matches(stored: str | None, password: str) -> bool:
    """Compare with a stored hash; without one, the answer is no and takes as long."""
    if len(password) > PASSWORD_LONGEST:
        return False
    try:
        _HASHER.verify(stored or _NOBODY, _composed(password))
    except VerificationError:
        return False
    return stored is not None


def _composed(password: str) -> bytes:
    """Give one byte form to a password, whichever way the keyboard composes its letters."""
    return unicodedata.normalize("NFC", password).encode(errors="replace")
