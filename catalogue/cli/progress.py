"""Progress bars on the terminal; silent where nobody looks."""

import sys
from collections.abc import Callable

from tqdm import tqdm


def bar(words: str, total: int | None = None) -> "tqdm[None]":
    """Open a bar on standard error; it draws nothing when that is not a terminal."""
    return tqdm(
        desc=words,
        total=total,
        file=sys.stderr,
        disable=not sys.stderr.isatty(),
        leave=False,
    )


def advance_bar(words: str, total: int | None) -> Callable[[int], None]:
    """Open a bar that closes itself when it has reached its total; answers how to advance it."""
    shown = bar(words, total)

    def advance(steps: int) -> None:
        shown.update(steps)
        if total is not None and shown.n >= total:
            shown.close()

    return advance
