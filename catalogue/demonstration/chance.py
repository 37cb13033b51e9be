"""Chance that falls the same way every time."""

from random import Random


def chance(*subject: object) -> Random:
    """Give the subject a source of chance of its own, so that no other subject shifts it."""
    return Random(" ".join(map(str, subject)))  # noqa: S311 - a demonstration keeps no secret
