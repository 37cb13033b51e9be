"""Reading Word files, against unzipping and parsing the same XML and doing nothing with it.

Each reading runs in a process of its own, so that none works in memory that another left behind.
"""

import io
import json
import resource
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
from lxml import etree

from benchmarks.ratios import Ratio
from benchmarks.timing import Rounds, ratio
from catalogue.domain.limits import MEBIBYTE
from catalogue.importers import position_annex

_FEW, _MANY = 5_000, 20_000
_ROUNDS = 7
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Override PartName="/word/document.xml" '
        f'ContentType="{_TYPE}"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATED}" Target="word/document.xml"/></Relationships>'
    ),
}
_HEADER = ("TT", "Tên vị trí việc làm", "Ngạch công chức", "Mã VTVL", "Biên chế", "Ghi chú")
_UNMERGED = ("",) * len(_HEADER)
_BEGINS = ("restart", "restart", "", "restart", "restart", "")
_CONTINUES = ("continue", "continue", "", "continue", "continue", "")


def measure() -> Iterator[Ratio]:
    with TemporaryDirectory() as folder:
        few, many, nested = (Path(folder) / f"{name}.docx" for name in ("few", "many", "nested"))
        few.write_bytes(_package(_plain_rows(_FEW)))
        many.write_bytes(_package(_plain_rows(_MANY)))
        nested.write_bytes(_package(_nested_rows(_FEW)))
        taken = _rounds(
            {
                "floor": (few, "floor"),
                "ours": (few, "annex"),
                "python-docx": (few, "python-docx"),
                "floor, many": (many, "floor"),
                "ours, many": (many, "annex"),
                "floor, nested": (nested, "floor"),
                "ours, nested": (nested, "annex"),
            }
        )
        yield Ratio("5,000 rows read / unzipped and parsed", ratio(taken, "ours", "floor"), 1.8)
        yield Ratio("20,000 rows, the same", ratio(taken, "ours, many", "floor, many"), 1.8)
        yield Ratio("20,000 rows / 5,000 rows", ratio(taken, "ours, many", "ours"), 4.8)
        yield Ratio("MiB above the records, 20,000 rows", _run(many, "annex")["above"], 64)
        faster = ratio(taken, "python-docx", "ours")
        yield Ratio("python-docx's _cells / ours", faster, 2.5, "higher")
        inside = ratio(taken, "ours, nested", "floor, nested")
        yield Ratio("rows with nested tables / parsed", inside, 2.5)


def _rounds(ways: Mapping[str, tuple[Path, str]]) -> Rounds:
    """Give the seconds of each way in interleaved rounds."""
    return [
        {name: _run(path, way)["seconds"] for name, (path, way) in ways.items()}
        for _ in range(_ROUNDS)
    ]


def _run(path: Path, way: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.reading", way, str(path)]
    found: dict[str, float] = json.loads(subprocess.check_output(command))
    return found


def _package(rows: Iterator[str]) -> bytes:
    body = f"<w:tbl><w:tblGrid/>{''.join(rows)}</w:tbl><w:p/>"
    parts = _PARTS | {
        "word/document.xml": (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
        )
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return target.getvalue()


def _plain_rows(count: int) -> Iterator[str]:
    """Give positions with their cells as Word saves them; every fourth row continues a merge."""
    yield _row(map(_cell, _HEADER))
    for number in range(count):
        name = f"Chuyên viên về lĩnh vực {number}; tài nguyên khoáng sản, đất đai"
        texts = (str(number), name, "Chuyên viên chính", f"II.{number}", "1", "0,00")
        merges = _UNMERGED
        if number % 4 == 2:
            merges = _BEGINS
        elif number % 4 == 3:
            texts, merges = ("", "", "Chuyên viên 50%", "", "", ""), _CONTINUES
        yield _row(map(_cell, texts, merges))


def _nested_rows(count: int) -> Iterator[str]:
    """Give positions whose rank is a table inside the cell."""
    yield _row(map(_cell, _HEADER))
    inner = _row(map(_cell, ("Chuyên viên chính", "50%")))
    nested = f"<w:tc><w:tbl><w:tblGrid/>{inner}</w:tbl><w:p/></w:tc>"
    for number in range(count):
        cells = list(map(_cell, (str(number), f"Vị trí {number}", "", f"II.{number}", "1", "")))
        yield _row([*cells[:2], nested, *cells[3:]])


def _row(cells: Iterable[str]) -> str:
    return f'<w:tr w:rsidR="00994962" w:rsidTr="00367577">{"".join(cells)}</w:tr>'


def _cell(text: str, merge: str = "") -> str:
    """Give a cell as dense as Word's own: denser ones would reach the limits before 20,000 rows."""
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    size = '<w:rPr><w:sz w:val="26"/><w:szCs w:val="26"/></w:rPr>'
    run = f'<w:r w:rsidRPr="00F746D9">{size}<w:t>{text}</w:t></w:r>' if text else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="1500" w:type="dxa"/>{merged}<w:vAlign w:val="center"/>'
        '</w:tcPr><w:p w:rsidR="00994962" w:rsidRDefault="00994962"><w:pPr>'
        f'<w:jc w:val="both"/>{size}</w:pPr>{run}</w:p></w:tc>'
    )


def _floor(data: bytes) -> object:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))


def _python_docx(data: bytes) -> object:
    cells = docx.Document(io.BytesIO(data)).tables[0]._cells  # noqa: SLF001 (what a user picks for speed)
    return [cell.text for cell in cells]


_WAYS: dict[str, Callable[[bytes], object]] = {
    "floor": _floor,
    "annex": position_annex.read,
    "python-docx": _python_docx,
}


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _size(value: object, seen: set[int]) -> int:
    """Add up the bytes of a record and of all that it holds, what is shared only once."""
    if id(value) in seen:
        return 0
    seen.add(id(value))
    held: list[object] = []
    if isinstance(value, dict):
        held = [*value, *value.values()]
    elif isinstance(value, tuple):
        held = list(value)
    elif hasattr(value, "__slots__"):
        held = [getattr(value, name) for name in value.__slots__]
    return sys.getsizeof(value) + sum(_size(inner, seen) for inner in held)


def _report(way: str, path: Path) -> dict[str, float]:
    data = path.read_bytes()
    before, start = _peak(), time.process_time()
    record = _WAYS[way](data)
    seconds = time.process_time() - start
    above = _peak() - before - _size(record, set())
    return {"seconds": seconds, "above": above / MEBIBYTE}


if __name__ == "__main__":
    print(json.dumps(_report(sys.argv[1], Path(sys.argv[2]))))
