"""The one family of refusals; the edge turns each into a page or an exit status."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalogue.domain.problems import Problem


class CatalogueError(Exception):
    """A refusal in the reader's words. Nothing has been changed when it is raised."""


class NotFound(CatalogueError):
    """The thing asked for does not exist, or lies outside what the person may see."""


class NotAllowed(CatalogueError):
    """The person may not do this."""


class Conflict(CatalogueError):
    """The state of things forbids this now: a closed period, a stale version, a taken name."""


class Invalid(CatalogueError):
    """What was typed cannot stand; `field` names the field where there is one."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why one line of a sheet cannot stand; `line` counts from 0, None is the sheet as a whole."""

    line: int | None
    field: str | None
    message: str


class SheetRefused(Invalid):
    """A sheet of which nothing was written; every reason at once, each with its line."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        super().__init__(refusals[0].message, field=refusals[0].field)
        self.refusals = tuple(refusals)


class UnreadableFile(CatalogueError):
    """A file that cannot be read as what it claims to be."""


class BlockedImport(CatalogueError):
    """A file that was read and may not be written; `problems` says why, each with its place."""

    def __init__(self, message: str, problems: Sequence[Problem]) -> None:
        super().__init__(message)
        self.problems = tuple(problems)
