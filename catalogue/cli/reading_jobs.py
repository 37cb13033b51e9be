"""How each kind of job reads its file, and what it keeps of it for a person to look at."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from catalogue.cli import reading_diaries
from catalogue.cli.heartbeat import Heartbeat
from catalogue.domain import annex as annexes, diary_sheet, limits, received as uploads
from catalogue.domain.description import Description
from catalogue.domain.diary_columns import DiaryColumn
from catalogue.domain.errors import UnreadableFile
from catalogue.domain.received import ReadFile, Received
from catalogue.domain.reviewing import JobKind
from catalogue.domain.upload import AnyClaim, DiaryClaim
from catalogue.importers import refusals
from catalogue.importers.description_files import DescriptionFiles
from catalogue.importers.diary_files import DiaryFiles
from catalogue.importers.reading import Reader
from catalogue.models.sqlite import READ_ONLY
from catalogue.services import diary_matching


class Found(NamedTuple):
    """What a job keeps, and how the worker says it; a `secret` file itself is not kept.

    `step` is what has to come before anything of it can be written.
    """

    plain: dict[str, Any]
    words: str
    secret: bool = False
    step: str = ""


class Asked(NamedTuple):
    """A file to be read: its bytes, what its sender says of it, the headings of diaries.

    `engine` leads to the people whom diaries may name.
    """

    content: bytes
    claim: AnyClaim
    aliases: Mapping[str, DiaryColumn]
    engine: Engine

    @property
    def name(self) -> str:
        return self.claim.file_name


_TO_MEND = "Đã đọc, phải sửa tệp"
Read = Callable[[Reader, Asked, Heartbeat], Found]


def _annex(reader: Reader, asked: Asked, heart: Heartbeat) -> Found:
    annex = reader.annex(asked.content, asked.name, heart.reach)
    words = f"đọc được {len(annex.rows)} dòng, chờ người xem lại."
    return Found(annexes.as_json(annex), words)


def _descriptions(reader: Reader, asked: Asked, heart: Heartbeat) -> Found:
    name = asked.name
    sent = DescriptionFiles(asked.content, name)
    files, found = [], []
    for place, member in enumerate(sent.names):
        heart.enter(member, place + 1, len(sent.names))
        file, read = _file(reader, sent, member)
        files.append(file)
        found += [(place, each) for each in read]
        if len(found) > limits.DESCRIPTIONS_SENT:
            raise refusals.too_many(name, len(found), "bản mô tả", limits.DESCRIPTIONS_SENT)
    plain = uploads.as_json(Received(tuple(files), tuple(found)))
    return Found(plain, f"đọc được {len(found)} bản mô tả, chờ người xem lại.")


def _file(
    reader: Reader, sent: DescriptionFiles, member: str
) -> tuple[ReadFile, tuple[Description, ...]]:
    """Read one file; one that is refused does not keep the others of its archive from us."""
    try:
        content = sent.content(member)
        read = reader.descriptions(content, member)
        beside = reader.description_annotations(content, member)
    except UnreadableFile as refusal:
        if len(sent.names) == 1:
            raise
        return ReadFile(member, str(refusal)), ()
    return ReadFile(member, annotations=beside), read


def _diaries(reader: Reader, asked: Asked, heart: Heartbeat) -> Found:
    claim = asked.claim
    if not isinstance(claim, DiaryClaim):
        raise TypeError(claim)
    sent = DiaryFiles(asked.content, asked.name)
    read = reading_diaries.read_all(reader, sent, asked.aliases, claim.encoding, heart.enter)
    rows = sum(len(file.rows) for file in read)
    words = f"đọc được {rows} dòng của {len(read)} tệp nhật ký, chờ người xem lại."
    with Session(asked.engine) as session:
        session.connection(execution_options={READ_ONLY: True})
        step = _TO_MEND if diary_matching.is_stuck(session, read, claim) else ""
    return Found(diary_sheet.as_json(read), words, any(file.secret for file in read), step)


READ: Mapping[JobKind, Read] = {
    JobKind.READ_ANNEX: _annex,
    JobKind.READ_DESCRIPTIONS: _descriptions,
    JobKind.READ_DIARIES: _diaries,
}
