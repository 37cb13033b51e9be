"""A day's sheet as its page sends it: each line's fields begin with its number."""

import uuid


def new_key() -> str:
    return str(uuid.uuid4())


def line(task: int, hours: str = "1", **told: str) -> dict[str, str]:
    """One line that leaves something behind, under a key of its own."""
    typed = {"task": str(task), "hours": hours, "product": "Một bản", "entry_key": new_key()}
    return typed | told


def sheet(*lines: dict[str, str]) -> dict[str, str]:
    return {
        f"{number}-{name}": text for number, told in enumerate(lines) for name, text in told.items()
    }
