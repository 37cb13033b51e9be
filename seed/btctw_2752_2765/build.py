"""Build the seed's Word files and what each must read to, from the data in `source`.

`python -m seed.btctw_2752_2765.build` writes everything anew; the lists that LibreOffice saves
stay as they are where it is not installed.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from catalogue.domain.competency import entries_as_json
from catalogue.domain.description import as_json
from catalogue.domain.layout import layout_on
from catalogue.exporters import description_document
from seed.btctw_2752_2765.making import annex_file, dictionaries, expected, libreoffice
from seed.btctw_2752_2765.making.descriptions import descriptions
from seed.btctw_2752_2765.making.source import SEED, PositionList, position_lists, reference


def annexes(lists: Iterable[PositionList]) -> Iterator[tuple[str, bytes]]:
    """Write every reference list, as Word would or by LibreOffice."""
    marks = reference()
    to_save = {}
    for source in lists:
        file = annex_file.write(source, marks)
        if source.layout.saved_by == "LibreOffice":
            to_save[PurePosixPath(source.annex).name] = file
        else:
            yield source.annex, file
    if to_save and libreoffice.installed():
        for name, file in libreoffice.save_anew(to_save).items():
            yield f"annexes/{name}", file


def description_files(lists: Iterable[PositionList]) -> Iterator[tuple[str, bytes]]:
    """Write each agency's job descriptions, in the layout of the day from which they hold."""
    marks = reference()
    layout = layout_on(marks.in_force_from)
    for source in lists:
        written = description_document.write(descriptions(source, marks), layout=layout)
        yield source.descriptions, written


def dictionary_files() -> Iterator[tuple[str, bytes]]:
    """Write the competency dictionaries."""
    for name in dictionaries.names():
        yield f"dictionaries/{name}.docx", dictionaries.write(name, reference())


def expectations(lists: Iterable[PositionList]) -> Iterator[tuple[str, bytes]]:
    """Say for every file what it must read to."""
    for source in lists:
        yield _expected(source.annex), _annex_json(expected.annex(source))
        described = [as_json(each) for each in descriptions(source, reference())]
        yield _expected(source.descriptions), _json_lines(described)
    for name in dictionaries.names():
        entries = entries_as_json(dictionaries.dictionary(name))
        yield f"expected/dictionaries/{name}.json", _json_lines(entries)


def main() -> None:
    """Write everything anew beside this file."""
    lists = position_lists()
    for files in (
        annexes(lists),
        description_files(lists),
        dictionary_files(),
        expectations(lists),
    ):
        for name, data in files:
            _write(SEED / name, data)


def _expected(file: str) -> str:
    return f"expected/{PurePosixPath(file).with_suffix('.json')}"


def _annex_json(plain: dict[str, Any]) -> bytes:
    rows = _json_lines(plain["rows"]).decode().rstrip()
    totals, problems = _json(plain["printed_totals"]), _json(plain["problems"])
    return (f'{{"rows":{rows},\n"printed_totals":{totals},\n"problems":{problems}}}\n').encode()


def _json_lines(plain: list[dict[str, Any]]) -> bytes:
    """Write a list with one thing on a line: short enough to keep, and a change shows alone."""
    return ("[\n" + ",\n".join(map(_json, plain)) + "\n]\n").encode()


def _json(plain: object) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


if __name__ == "__main__":
    main()
