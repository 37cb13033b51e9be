"""Sent files are kept once, under names that are safe to print."""

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from catalogue.models import StoredFile
from catalogue.services import files
from tests.making import AT

WORD = "application/msword"


def test_the_same_bytes_are_kept_once_whatever_they_are_called(session: Session) -> None:
    first = files.store(session, "a.docx", WORD, b"the same", by=None, at=AT)
    again = files.store(session, "b.docx", WORD, b"the same", by=None, at=AT)
    other = files.store(session, "a.docx", WORD, b"another", by=None, at=AT)

    assert (again.id, again.name) == (first.id, "a.docx")
    assert other.id != first.id
    assert session.scalars(select(func.count(StoredFile.id))).one() == 2
    assert (first.content, first.size) == (b"the same", 8)


def test_a_file_that_was_emptied_is_whole_again_once_it_is_sent_anew(session: Session) -> None:
    kept = files.store(session, "a.xlsx", WORD, b"the same", by=None, at=AT)
    files.empty(session, kept.id)
    assert files.is_emptied(session, kept.id)

    files.store(session, "b.xlsx", WORD, b"the same", by=None, at=AT)

    session.refresh(kept)
    assert (kept.content, kept.name) == (b"the same", "a.xlsx")


def test_a_second_sender_who_did_not_see_the_first_finds_his_row(
    engine: Engine, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = files.store(session, "a.docx", WORD, b"the same", by=None, at=AT).id
    session.commit()
    with Session(engine) as second:
        monkeypatch.setattr(second, "scalar", lambda _: None)

        assert files.store(second, "a.docx", WORD, b"the same", by=None, at=AT).id == kept


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("phụ lục.docx", "phụ lục.docx"),
        ("C:\\Users\\an\\phụ lục.docx", "phụ lục.docx"),
        ("../../etc/passwd", "passwd"),
        ("phu\u0300 lục.docx", "phù lục.docx"),
        ("x\u202excod.docx", "xxcod.docx"),
        ("a\x00b\r\nc.docx", "ab c.docx"),
        ("", "tệp không tên"),
        ("..", "tệp không tên"),
    ],
)
def test_a_name_keeps_nothing_that_misleads(sent: str, kept: str) -> None:
    assert files.cleaned_name(sent) == kept


def test_a_long_name_keeps_its_suffix() -> None:
    name = files.cleaned_name("ă" * 400 + ".docx")

    assert len(name) == 200
    assert name.endswith("ă.docx")
