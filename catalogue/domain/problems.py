"""What a reader could not accept, said so that the sender can mend it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding in a file: where it is, what is wrong, how to mend it.

    A problem that blocks means that nothing of the file is written.
    """

    where: str
    what: str
    fix: str
    blocks: bool = False
