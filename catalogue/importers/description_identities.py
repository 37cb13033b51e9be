"""Which former tasks the tasks of one description go on from, as their tags say."""

from catalogue.domain.problems import Problem
from catalogue.domain.word_tags import former_tasks
from catalogue.importers.blocks import Tag


class Identities:
    """Gives each identity once: a row copied in Word, tag and all, is a new task."""

    def __init__(self, problems: list[Problem]) -> None:
        self._given: set[str] = set()
        self._problems = problems

    def of(self, tag: Tag | None, where: str) -> tuple[int, ...]:
        former = former_tasks(tag.detail) if tag else ()
        if tag is None or not former:
            return ()
        if tag.detail in self._given:
            self._problems.append(
                Problem(
                    where,
                    "Có công việc được sao chép từ dòng khác trong Word nên coi là công việc mới",
                    "Nếu công việc cũ được tách làm hai, hãy chọn công việc cũ đó cho dòng này.",
                )
            )
            return ()
        self._given.add(tag.detail)
        return former
