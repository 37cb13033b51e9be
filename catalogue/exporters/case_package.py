"""Writes a competency dictionary as a CASE 1.1 package (1EdTech), ready to be put into JSON.

Groups and competencies are CFItems, a group the parent of its own; the levels are the levels of
one criterion a competency in one rubric; a name that another one stands for is `replacedBy` it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from catalogue.domain.exchange import (
    Entry,
    Framework,
    Replaced,
    identifier_of,
    item_identifier,
)

VERSION = "1.1"
CREATOR = "Danh mục vị trí việc làm Hậu Giang"
GROUP_TYPE, COMPETENCY_TYPE = "Nhóm năng lực", "Năng lực"
LEVEL = "Cấp độ"

Json = dict[str, Any]


def write(framework: Framework, *, root: str, on: date) -> Json:
    """Lay out the whole package; `root` is the address that its URIs begin with.

    `on` is the day on which it is asked for: by it a dictionary is adopted, draft or deprecated.
    """
    return _Package(framework, root, on).whole()


@dataclass(frozen=True, slots=True)
class _Package:
    framework: Framework
    root: str
    on: date

    def whole(self) -> Json:
        return {
            "CFDocument": self._document(),
            "CFItems": [*self._groups(), *self._competencies(), *self._other_names()],
            "CFAssociations": [*self._children(), *self._replacements()],
            "CFDefinitions": {
                "CFItemTypes": [self._item_type(title) for title in (GROUP_TYPE, COMPETENCY_TYPE)],
            },
            "CFRubrics": [self._rubric()] if self.framework.entries else [],
        }

    @property
    def _changed(self) -> str:
        at = self.framework.changed_at or datetime(1970, 1, 1, tzinfo=UTC)
        return at.astimezone(UTC).isoformat().replace("+00:00", "Z")

    def _uri(self, kind: str, identifier: str) -> str:
        return f"{self.root}/{kind}/{identifier}"

    def _named(self, kind: str, identifier: str, **more: object) -> Json:
        """Begin a thing with what every one has: its identifier, address and last change."""
        return {
            "identifier": identifier,
            "uri": self._uri(kind, identifier),
            "lastChangeDateTime": self._changed,
        } | more

    def _link(self, kind: str, identifier: str, title: str) -> Json:
        return {"title": title, "identifier": identifier, "uri": self._uri(kind, identifier)}

    def _document(self) -> Json:
        framework = self.framework
        document = self._named(
            "CFDocuments",
            framework.identifier,
            title=framework.title,
            creator=CREATOR,
            language="vi",
            caseVersion=VERSION,
            adoptionStatus=self._status(),
            CFPackageURI=self._link("CFPackages", framework.identifier, framework.title),
        )
        if framework.audience:
            document["subject"] = [framework.audience.label]
        if framework.valid_from:
            document["statusStartDate"] = framework.valid_from.isoformat()
        if framework.valid_to:
            document["statusEndDate"] = framework.valid_to.isoformat()
        return document

    def _status(self) -> str:
        if self.framework.valid_to and self.framework.valid_to < self.on:
            return "Deprecated"
        begun = self.framework.valid_from is None or self.framework.valid_from <= self.on
        return "Adopted" if begun else "Draft"

    def _item(self, identifier: str, statement: str, kind: str, **more: object) -> Json:
        return self._named(
            "CFItems",
            identifier,
            fullStatement=statement,
            CFItemType=kind,
            CFItemTypeURI=self._link("CFItemTypes", _type_identifier(kind), kind),
            language="vi",
            **more,
        )

    def _item_type(self, title: str) -> Json:
        return self._named(
            "CFItemTypes",
            _type_identifier(title),
            title=title,
            description=title,
            hierarchyCode="1" if title == GROUP_TYPE else "1.1",
        )

    def _group_id(self, heading: str) -> str:
        return item_identifier(self.framework.identifier, f"group {heading}")

    def _headings(self) -> list[str]:
        return list(dict.fromkeys(entry.group for entry in self.framework.entries))

    def _groups(self) -> Iterator[Json]:
        for number, heading in enumerate(self._headings(), start=1):
            yield self._item(
                self._group_id(heading), heading, GROUP_TYPE, listEnumeration=str(number)
            )

    def _competencies(self) -> Iterator[Json]:
        for number, entry in enumerate(self.framework.entries, start=1):
            yield self._item(
                entry.identifier, entry.name, COMPETENCY_TYPE, listEnumeration=str(number)
            )

    def _other_names(self) -> Iterator[Json]:
        """Give an item to each name that stands for one of these, or that one of these replaces."""
        known = {entry.name for entry in self.framework.entries}
        for each in self.framework.replaced:
            for name in (each.name, each.stands):
                if name not in known:
                    known.add(name)
                    yield self._item(self._id_of(name), name, COMPETENCY_TYPE)

    def _id_of(self, name: str) -> str:
        for entry in self.framework.entries:
            if entry.name == name:
                return entry.identifier
        return item_identifier(self.framework.identifier, name)

    def _association(self, kind: str, origin: Json, destination: Json, number: int) -> Json:
        identifier = identifier_of(
            self.framework.identifier, kind, origin["identifier"], destination["identifier"]
        )
        return self._named(
            "CFAssociations",
            identifier,
            associationType=kind,
            sequenceNumber=number,
            originNodeURI=origin,
            destinationNodeURI=destination,
        )

    def _children(self) -> Iterator[Json]:
        top = self._link("CFDocuments", self.framework.identifier, self.framework.title)
        groups = {
            heading: self._link("CFItems", self._group_id(heading), heading)
            for heading in self._headings()
        }
        for number, group in enumerate(groups.values(), start=1):
            yield self._association("isChildOf", group, top, number)
        for number, entry in enumerate(self.framework.entries, start=1):
            item = self._link("CFItems", entry.identifier, entry.name)
            yield self._association("isChildOf", item, groups[entry.group], number)

    def _replacements(self) -> Iterator[Json]:
        for number, each in enumerate(self.framework.replaced, start=1):
            yield self._replacement(each, number)

    def _replacement(self, each: Replaced, number: int) -> Json:
        former = self._link("CFItems", self._id_of(each.name), each.name)
        stands = self._link("CFItems", self._id_of(each.stands), each.stands)
        return self._association("replacedBy", former, stands, number)

    def _rubric(self) -> Json:
        identifier = identifier_of(self.framework.identifier, "rubric")
        return self._named(
            "CFRubrics",
            identifier,
            title=self.framework.title,
            CFRubricCriteria=[
                self._criterion(identifier, number, entry)
                for number, entry in enumerate(self.framework.entries, start=1)
            ],
        )

    def _criterion(self, rubric: str, position: int, entry: Entry) -> Json:
        identifier = identifier_of(rubric, entry.identifier)
        return self._named(
            "CFRubricCriteria",
            identifier,
            category=entry.group,
            description=entry.name,
            CFItemURI=self._link("CFItems", entry.identifier, entry.name),
            position=position,
            rubricId=rubric,
            CFRubricCriterionLevels=[
                self._level(identifier, level, entry.levels[level])
                for level in sorted(entry.levels)
            ],
        )

    def _level(self, criterion: str, level: int, text: str | None) -> Json:
        """Lay out one level; a blank cell has no description, as it had none in its dictionary."""
        described = {} if text is None else {"description": text}
        return self._named(
            "CFRubricCriterionLevels",
            identifier_of(criterion, str(level)),
            quality=f"{LEVEL} {level}",
            score=level,
            position=level,
            rubricCriterionId=criterion,
            **described,
        )


def _type_identifier(title: str) -> str:
    return identifier_of("item type", title)
