"""Progress bars on the terminal; silent where nobody looks."""

import sys

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
