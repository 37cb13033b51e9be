"""Studying documents against its dated norm: minutes a page (Công văn 2173-CV/BTCTU)."""

from catalogue.domain.day_rules import Limits
from catalogue.domain.words import TaskKind


def pages_overrun(minutes: int, pages: int | None, limits: Limits) -> int | None:
    """Count the minutes beyond the norm of studying so many pages; None where nothing is over."""
    norm = limits.minutes_a_page
    if pages is None or norm is None or minutes <= pages * norm:
        return None
    return minutes - pages * norm


def pages_missing(kind: TaskKind | None, pages: int | None, limits: Limits) -> bool:
    """Tell whether studying was logged that the norm cannot be held against."""
    return kind is TaskKind.STUDY and pages is None and limits.minutes_a_page is not None
