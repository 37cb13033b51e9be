"""Telling the database every second that a worker lives, and how far it is."""

import threading
from datetime import datetime
from typing import Self

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from catalogue.cli import clock
from catalogue.services import jobs
from catalogue.services.jobs import JobLost

_EVERY_SECONDS = 1.0
_STEP_CHARACTERS = 200
Progress = tuple[str, int, int | None]


class Heartbeat:
    """Speaks for one job while its file is read, each time in a short transaction of its own.

    A thread, because the reading may be silent for long. `reach` raises JobLost in the thread
    that reads, once the job was discarded or given to another worker.
    """

    def __init__(self, engine: Engine, job_id: int, taken_at: datetime) -> None:
        self.last = taken_at
        self._engine = engine
        self._job_id = job_id
        self._progress: Progress = ("Đang mở tệp", 0, None)
        self._lost = False
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._speak, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def reach(self, done: int, total: int, rows: int) -> None:
        """Note the rows read by now, and how many they will be if the rest is as dense."""
        if self._lost:
            raise JobLost
        self._progress = ("Đang đọc các bảng", rows, rows * total // done or None)

    def enter(self, name: str, place: int, total: int) -> None:
        """Note which of several files is read, counted from 1."""
        if self._lost:
            raise JobLost
        step = f"Đang đọc tệp {place}/{total}: {name}"[:_STEP_CHARACTERS]
        self._progress = (step, place - 1, total)

    def _speak(self) -> None:
        while not self._over.wait(_EVERY_SECONDS):
            at = clock.now()
            try:
                with Session(self._engine) as session, session.begin():
                    jobs.hear(session, self._job_id, self._progress, last=self.last, at=at)
            except JobLost:
                self._lost = True
                return
            except DBAPIError:  # busy or away for a moment: a minute passes before it matters
                continue
            self.last = at
