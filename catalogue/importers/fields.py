"""Word's fields: what they print, and the ones that would run a program or fetch a file."""

import re
from collections.abc import Sequence

from lxml.etree import _Element as Element

from catalogue.importers import refusals
from catalogue.importers.styles import WORDML

_DANGEROUS = re.compile(r"(?<![\w/.-])(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE)\b", re.IGNORECASE)
_INSTRUCTION = WORDML + "instr"


class Fields:
    """The fields of a document as they open and close; they may run over paragraphs."""

    def __init__(self) -> None:
        self._instructing: list[bool] = []  # one for each open field, the innermost last
        self._instructions: list[str] = []

    @property
    def printing(self) -> bool:
        """Tell whether text prints here: the instruction of a field does not."""
        return not any(self._instructing)

    def mark(self, element: Element) -> None:
        """Take a `w:fldChar`: a field begins, comes to its result, or ends."""
        kind = element.get(f"{WORDML}fldCharType")
        if kind == "begin":
            self._instructing.append(True)
        elif self._instructing and kind == "separate":
            self._instructing[-1] = False
        elif self._instructing:
            self._instructing.pop()

    def instruct(self, element: Element) -> None:
        """Take an instruction, whether it is the element's text or an attribute of it."""
        self._instructions += (element.text or "", element.get(_INSTRUCTION, ""))

    def refuse_dangerous(self, name: str) -> None:
        refuse_dangerous(self._instructions, name)


def instructions_in(root: Element) -> list[str]:
    """Give the instructions of all fields of a part."""
    return [
        text
        for element in root.iter(f"{WORDML}instrText", f"{WORDML}fldSimple")
        for text in (element.text or "", element.get(_INSTRUCTION, ""))
    ]


def refuse_dangerous(instructions: Sequence[str], name: str) -> None:
    """Refuse a field that would run a program or draw in another file.

    Word splits an instruction over runs where it likes, so the pieces are also read as one.
    """
    for text in (" ".join(instructions), "".join(instructions)):
        if found := _DANGEROUS.search(text):
            raise refusals.unsafe(name, f"trường {found.group().upper()}")
