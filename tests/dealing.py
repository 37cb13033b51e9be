"""How tests are dealt to the workers: what is dear is made once, and the longest go first."""

from xdist.scheduler import LoadScopeScheduling

# The tests of these folders stay with one worker, for they share what takes seconds to make:
# Chromium with everybody signed in, the diaries of 736 people.
TOGETHER = ("tests/browser", "tests/demonstration")
# A long test that began last would keep one worker busy and leave the others idle.
FIRST = ("tests/browser", "tests/cli", "tests/services", "tests/queries", "tests/importers")


def place(test: str) -> int:
    """Tell when a test's folder has its turn; the order within a folder is kept."""
    turns = (turn for turn, folder in enumerate(FIRST) if _is_in(test, folder))
    return next(turns, len(FIRST))


class ByFolder(LoadScopeScheduling):  # type: ignore[misc]
    """Deals out modules, and whole folders where their tests belong together."""

    def _split_scope(self, nodeid: str) -> str:
        together = (folder for folder in TOGETHER if _is_in(nodeid, folder))
        return next(together, nodeid.partition("::")[0])


def _is_in(test: str, folder: str) -> bool:
    return test.startswith(f"{folder}/")
