"""Writes one line after another, saying each key before it is sent and after it is kept."""

import sys
import uuid
from datetime import date

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from catalogue.domain.diary import LineDraft
from catalogue.services import logging_work
from tests.making import AT, TODAY
from tests.proofs.ground import opened


def send(engine: Engine, task: int, day: date, entry_key: str) -> None:
    with Session(engine) as session:
        draft = LineDraft(
            task, 1, content="Ghi rồi bị ngắt", product="Một trang", entry_key=entry_key
        )
        logging_work.log_line(session, draft, day=day, today=TODAY, by=1, at=AT)
        session.commit()


def main(url: str, task: int, day: date) -> None:
    with opened(url) as engine:
        while True:
            entry_key = str(uuid.uuid4())
            sys.stdout.write(f"sent {entry_key}\n")
            sys.stdout.flush()
            send(engine, task, day, entry_key)
            sys.stdout.write(f"kept {entry_key}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), date.fromisoformat(sys.argv[3]))
