"""Progress bars on the terminal; silent where nobody looks."""

import sys
from collections.abc import Callable

from tqdm import tqdm


class Bar(tqdm):  # type: ignore[type-arg]
    """A bar on standard error; it draws nothing when that is not a terminal."""

    def __init__(self, words: str, total: int | None = None) -> None:
        quiet = not sys.stderr.isatty()
        super().__init__(desc=words, total=total, file=sys.stderr, disable=quiet, leave=False)

    def reach(self, done: int, total: int, rows: int) -> None:
        """Show how much of a total is done by now, and how many rows that gave."""
        self.set_postfix_str(f"{rows} dòng", refresh=False)
        self.total = total
        self.update(done - self.n)


def advance_bar(words: str, total: int | None) -> Callable[[int], None]:
    """Open a bar that closes itself when it has reached its total; answers how to advance it."""
    shown = Bar(words, total)

    def advance(steps: int) -> None:
        shown.update(steps)
        if total is not None and shown.n >= total:
            shown.close()

    return advance
