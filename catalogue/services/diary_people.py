"""Finding whose diary each row of a spreadsheet is: told by the sender, the sheet or its file."""

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from rapidfuzz import process

from catalogue.domain.diary_sheet import SheetFile, SheetRow
from catalogue.domain.problems import Problem
from catalogue.domain.text import clean, fold
from catalogue.queries.diary_people import Named

_NEAR_FROM = 75.0
_MOST_NEAR = 3
_NAME_IT = "Ghi đúng họ tên vào cột Họ và tên, hoặc vào tên tệp"
_LET_THEM = "Tách tệp của từng người, để mỗi người tự nhập nhật ký của mình"


class People:
    """Knows the people of an import; `only` is the one whose diary all of it is."""

    def __init__(self, known: Mapping[str, Sequence[Named]], only: Named | None = None) -> None:
        self._known, self._only = known, only
        self._found: dict[tuple[str, str], Named | Problem] = {}
        self._named: dict[tuple[str, str], str] = {}
        self._titles: dict[str, str] = {}

    def of(self, file: SheetFile, row: SheetRow) -> Named | Problem:
        """Give the person of a row; a problem that blocks where that is nobody, or not sure."""
        told = row.person or ("" if self._only else self._named_by(file.name, row.sheet))
        if (file.name, told) not in self._found:
            where = f"{file.name} › {row.where}"
            self._found[file.name, told] = self._person(told, where)
        return self._found[file.name, told]

    def _person(self, told: str, where: str) -> Named | Problem:
        if self._only is not None:
            return self._own(self._only, told, where)
        same = self._known.get(fold(told), ())
        exact = [each for each in same if clean(each.name) == clean(told)]
        if len(same) == 1 or len(exact) == 1:
            return (exact or same)[0]
        fix = _LET_THEM if same else _NAME_IT
        return Problem(where, self._why_not(told, len(same)), fix, blocks=True)

    def _own(self, only: Named, told: str, where: str) -> Named | Problem:
        """Take rows that name nobody, or the one person; those of others are not theirs."""
        if not told or fold(told) == fold(only.name):
            return only
        what = f"«{told}» — dòng này của người khác, không phải của {only.name}"
        return Problem(where, what, "Bỏ dòng này, hoặc nhập tệp cho đúng người", blocks=True)

    def _why_not(self, told: str, namesakes: int) -> str:
        if not told:
            return "không biết nhật ký này của ai"
        if namesakes:
            return f"«{told}» — có {namesakes} người trùng họ tên"
        return f"«{told}» — {self._nobody(told)}"

    def _nobody(self, told: str) -> str:
        folded = list(self._known)
        near = process.extract(fold(told), folded, limit=_MOST_NEAR, score_cutoff=_NEAR_FROM)
        names = [self._known[found][0].name for found, *_ in near]
        also = f"; gần giống: {', '.join(names)}" if names else ""
        return f"không có người này ở đơn vị đã chọn{also}"

    def _named_by(self, file: str, sheet: str) -> str:
        """Take the name of the sheet, or else of the file, where it is somebody's."""
        if (file, sheet) not in self._named:
            found = self._within(sheet) or self._within(PurePosixPath(file).stem)
            self._named[file, sheet] = found
        return self._named[file, sheet]

    def _within(self, title: str) -> str:
        """Give the one name in a title: people save «Nhật ký T3 - Lê Thị An», and keep it so."""
        if title not in self._titles:
            self._titles[title] = title if fold(title) in self._known else self._only_name(title)
        return self._titles[title]

    def _only_name(self, title: str) -> str:
        """Find a name of two words or more among those of a title; two of them are no answer."""
        words = fold(title).split()
        ends = range(2, len(words) + 1)
        parts = {" ".join(words[first:end]) for end in ends for first in range(end - 1)}
        found = [part for part in parts if part in self._known]
        return found[0] if len(found) == 1 else ""
