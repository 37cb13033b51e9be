"""Reading the diaries of one upload, file after file, through one child process."""

from collections.abc import Callable, Mapping

from catalogue.domain import limits
from catalogue.domain.diary_columns import DiaryColumn
from catalogue.domain.diary_sheet import SheetFile
from catalogue.domain.errors import UnreadableFile
from catalogue.importers import refusals
from catalogue.importers.diary_files import DiaryFiles
from catalogue.importers.reading import Reader

# Told before each file: its name, its place from 1 on, and how many there are.
Tell = Callable[[str, int, int], None]


def read_all(
    reader: Reader,
    sent: DiaryFiles,
    aliases: Mapping[str, DiaryColumn],
    encoding: str | None,
    tell: Tell,
) -> list[SheetFile]:
    """Read every file; one of many that is refused does not keep the others from us."""
    read: list[SheetFile] = []
    rows = 0
    for place, name in enumerate(sent.names, start=1):
        tell(name, place, len(sent.names))
        try:
            file = reader.diary(sent.content(name), name, aliases, encoding)
        except UnreadableFile as refusal:
            if len(sent.names) == 1:
                raise
            file = SheetFile(name, refusal=str(refusal))
        read.append(file)
        rows += len(file.rows)
        if rows > limits.DIARY_ROWS:
            raise refusals.too_many(sent.name, rows, "dòng", limits.DIARY_ROWS)
    return read
