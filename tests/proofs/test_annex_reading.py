"""Thousands of annexes: made up at random, or damaged at random; none misread, none a fault."""

from collections.abc import Callable
from random import Random

import pytest

from catalogue.domain.annex import Annex
from catalogue.domain.errors import UnreadableFile
from catalogue.importers.position_annex import read
from tests.annex_printer import Position, Printer
from tests.docx_kit import docx, inserted, paragraph, rewrite, table, text_box
from tests.spoiling import spoilt

pytestmark = pytest.mark.proof
DOCUMENT = "word/document.xml"
MADE_UP = 3_000
DAMAGED = 5_000


def positions(annex: Annex) -> list[Position]:
    return [
        Position(row.no, row.name, row.group or "", row.rank, row.code, row.headcount)
        for row in annex.rows
    ]


def test_annexes_of_any_layout_read_to_what_was_printed() -> None:
    misread = []
    for seed in range(MADE_UP):
        printer = Printer(seed)
        if positions(read(printer.print())) != printer.positions:
            misread.append(seed)
    assert misread == []


def test_annexes_spoilt_by_busy_hands_never_end_in_a_fault() -> None:
    for seed in range(MADE_UP):
        read(spoilt(Printer(seed).print(), Random(seed)))  # noqa: S311


def test_a_position_that_lost_its_name_is_said() -> None:
    for seed in range(MADE_UP):
        printer = Printer(seed)
        data = printer.print()
        named = printer.random.choice(printer.positions)
        annex = read(rewrite(data, {DOCUMENT: blanking(named.name)}))
        others = [one for one in printer.positions if one is not named]
        assert positions(annex) == others, seed
        assert any("thiếu tên" in one.what for one in annex.problems), seed


@pytest.mark.parametrize("part", [DOCUMENT, "[Content_Types].xml", "_rels/.rels"])
def test_damaged_mark_up_is_read_or_refused_never_a_fault(part: str) -> None:
    whole = docx(
        paragraph(inserted("a"), text_box(paragraph("b"))),
        table(["TT", "Tên VTVL", "Mã"], ["1", "Chánh Văn phòng", "I.01"]),
    )
    for seed in range(DAMAGED):
        attempt(rewrite(whole, {part: damaging(seed)}))


def test_damaged_files_are_read_or_refused_never_a_fault() -> None:
    whole = docx(table(["TT", "Tên VTVL", "Mã"], ["1", "Chánh Văn phòng", "I.01"]))
    for seed in range(DAMAGED):
        attempt(damaging(seed)(whole))


def test_every_truncation_of_a_file_is_refused() -> None:
    whole = docx(table(["TT", "Tên VTVL", "Mã"], ["1", "Chánh Văn phòng", "I.01"]))
    for length in range(0, len(whole), 3):
        with pytest.raises(UnreadableFile):
            read(whole[:length])


def test_the_damage_leaves_some_files_readable() -> None:
    whole = docx(table(["TT", "Tên VTVL", "Mã"], ["1", "Chánh Văn phòng", "I.01"]))
    read_on = [attempt(rewrite(whole, {DOCUMENT: damaging(seed)})) for seed in range(500)]
    assert read_on.count(True) > 25


def damaging(seed: int) -> Callable[[bytes], bytes]:
    """Cut, repeat, swap or overwrite a few stretches of bytes."""

    def damage(data: bytes) -> bytes:
        random = Random(seed)  # noqa: S311
        spoilt_data = bytearray(data)
        for _ in range(random.randint(1, 3)):
            start = random.randrange(len(spoilt_data))
            end = start + random.randint(1, 30)
            piece = spoilt_data[start:end]
            spoilt_data[start:end] = random.choice(
                [b"", piece * 2, random.randbytes(len(piece)), b"<w:tbl>", b"x", b"</w:p>"]
            )
        return bytes(spoilt_data)

    return damage


def blanking(text: str) -> Callable[[bytes], bytes]:
    return lambda xml: xml.replace(text.encode(), b"", 1)


def attempt(data: bytes) -> bool:
    """Read a file that may be refused; any other error is a fault and fails the proof."""
    try:
        read(data)
    except UnreadableFile:
        return False
    return True
