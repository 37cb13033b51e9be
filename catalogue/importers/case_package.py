"""A CASE 1.1 package (1EdTech): its competencies, their groups and the levels of its rubrics."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from catalogue.domain.errors import UnreadableFile
from catalogue.domain.exchange import (
    LEVELS,
    Entry,
    Framework,
    Replaced,
    in_order,
)
from catalogue.domain.limits import CELL_CHARACTERS, NAME_CHARACTERS
from catalogue.domain.problems import Problem
from catalogue.domain.text import clean, fold, forbidden_character
from catalogue.domain.words import PositionGroup
from catalogue.importers import strict_json

_UNGROUPED = "Năng lực khác"
_MOST = 5_000


def read(data: bytes, name: str = "gói CASE.json") -> Framework:
    """Read one CFPackage; raises UnreadableFile where it is none.

    What does not fit a dictionary (a sixth level, a text too long) is a problem that blocks.
    """
    plain = strict_json.loads(data, name)
    document, items = plain.get("CFDocument"), plain.get("CFItems")
    if not isinstance(document, dict) or not isinstance(items, list):
        message = (
            f"Tệp «{name}» không phải gói CASE: cần có «CFDocument» và «CFItems». Hãy xuất gói "
            "(CFPackage) từ nơi gửi rồi tải lại. Chưa có dữ liệu nào được ghi."
        )
        raise UnreadableFile(message)
    return _Reading(plain).framework(document)


class _Reading:
    """Takes what it understands of a package; what it cannot take becomes a problem."""

    def __init__(self, plain: Mapping[str, Any]) -> None:
        self._problems: list[Problem] = []
        items = _objects(plain.get("CFItems"))
        self._associations = _objects(plain.get("CFAssociations"))
        self._rubrics = _objects(plain.get("CFRubrics"))
        if len(items) > _MOST:
            self._refuse("CFItems", f"có {len(items)} mục, vượt giới hạn {_MOST}", "Hãy chia nhỏ.")
            items = []
        self._statements = {
            _word(item.get("identifier")): self._text(
                item.get("fullStatement"), f"CFItems[{number}].fullStatement", NAME_CHARACTERS
            )
            for number, item in enumerate(items)
        }
        self._parents = self._links("isChildOf")

    def framework(self, document: Mapping[str, Any]) -> Framework:
        levels = dict(self._levels())
        entries = [
            Entry(identifier, self._group(identifier), name, levels.get(identifier, {}))
            for identifier, name in self._competencies(levels)
        ]
        self._refuse_doubles(entries)
        return Framework(
            identifier=self._identifier(document),
            title=self._text(document.get("title"), "CFDocument.title", NAME_CHARACTERS),
            entries=in_order(entries),
            audience=_audience(document.get("subject")),
            valid_from=self._day(document, "statusStartDate"),
            valid_to=self._day(document, "statusEndDate"),
            changed_at=self._moment(document.get("lastChangeDateTime")),
            replaced=tuple(self._replaced()),
            problems=tuple(self._problems),
        )

    def _competencies(self, levels: Mapping[str, object]) -> Iterator[tuple[str, str]]:
        """Give what is a competency: what has levels, or else what nothing hangs below.

        A name that only stands for another one, or is replaced by it, is no entry of its own.
        """
        above = set(self._parents.values())
        for identifier, name in self._statements.items():
            hangs = identifier in self._parents
            if name and (identifier in levels or (hangs and identifier not in above)):
                yield identifier, name

    def _group(self, identifier: str) -> str:
        return self._statements.get(self._parents.get(identifier, ""), "") or _UNGROUPED

    def _replaced(self) -> Iterator[Replaced]:
        for former, stands in self._links("replacedBy").items():
            if former in self._statements and stands in self._statements:
                yield Replaced(self._statements[former], self._statements[stands])

    def _links(self, kind: str) -> dict[str, str]:
        """Map each origin to its destination, of one kind of association."""
        return {
            _word(_of(link, "originNodeURI").get("identifier")): _word(
                _of(link, "destinationNodeURI").get("identifier")
            )
            for link in self._associations
            if link.get("associationType") == kind
        }

    def _levels(self) -> Iterator[tuple[str, dict[int, str | None]]]:
        for rubric in self._rubrics:
            for criterion in _objects(rubric.get("CFRubricCriteria")):
                item = _word(_of(criterion, "CFItemURI").get("identifier"))
                if item in self._statements:
                    yield item, self._texts(criterion, f"mức của «{self._statements[item]}»")

    def _texts(self, criterion: Mapping[str, Any], where: str) -> dict[int, str | None]:
        texts: dict[int, str | None] = {}
        found = _objects(criterion.get("CFRubricCriterionLevels"))
        for place, level in enumerate(found, start=1):
            number = level.get("score", level.get("position", place))
            if isinstance(number, bool) or number not in LEVELS or int(number) in texts:
                fix = "Mỗi năng lực có tối đa năm mức, đánh số 1 đến 5, mỗi mức một lần."
                self._refuse(where, f"mức «{str(number)[:20]}» không dùng được", fix)
                continue
            described = level.get("description")
            text = None if described is None else self._text(described, where, CELL_CHARACTERS)
            texts[int(number)] = text or None
        return texts

    def _refuse_doubles(self, entries: Sequence[Entry]) -> None:
        seen: set[str] = set()
        for entry in entries:
            if fold(entry.name) in seen:
                fix = "Hãy gộp hai mục hoặc đổi tên một mục ở nơi gửi."
                self._refuse("CFItems", f"năng lực «{entry.name}» có hai lần", fix)
            seen.add(fold(entry.name))

    def _identifier(self, document: Mapping[str, Any]) -> str:
        try:
            return str(UUID(_word(document.get("identifier"))))
        except ValueError:
            self._refuse("CFDocument.identifier", "không phải UUID", "Hãy xuất lại từ nơi gửi.")
            return ""

    def _text(self, value: object, where: str, most: int) -> str:
        text = clean(value) if isinstance(value, str) else ""
        if not isinstance(value, str):
            self._refuse(where, "không phải chữ", "Hãy xuất lại từ nơi gửi.")
        elif found := forbidden_character(text):
            what = f"có ký tự điều khiển {found[1]} ở vị trí {found[0]}"
            self._refuse(where, what, "Hãy xóa ký tự đó ở nơi gửi.")
        elif len(text) > most:
            self._refuse(where, f"dài {len(text)} ký tự, vượt {most}", "Hãy rút ngắn ở nơi gửi.")
        return text

    def _day(self, document: Mapping[str, Any], key: str) -> date | None:
        value = document.get(key)
        if value is None:
            return None
        try:
            return date.fromisoformat(_word(value)[:10])
        except ValueError:
            self._refuse(f"CFDocument.{key}", "không phải ngày", "Ghi ngày dạng 2024-06-30.")
            return None

    def _moment(self, value: object) -> datetime | None:
        try:
            moment = datetime.fromisoformat(_word(value))
        except ValueError:
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    def _refuse(self, where: str, what: str, fix: str) -> None:
        self._problems.append(Problem(where, what, fix, blocks=True))


def _objects(value: object) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _of(plain: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = plain.get(key)
    return value if isinstance(value, dict) else {}


def _word(value: object) -> str:
    return value if isinstance(value, str) else ""


def _audience(subject: object) -> PositionGroup | None:
    labels = [_word(each) for each in subject] if isinstance(subject, list) else []
    return next((group for group in PositionGroup if group.label in labels), None)
