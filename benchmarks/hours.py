"""Rolling up months, against a raw GROUP BY over the lines; loading, against raw executemany."""

from sqlalchemy import delete, text
from sqlalchemy.orm import Session

from benchmarks.province import AT, Province, province
from benchmarks.ratios import Ratio
from benchmarks.timing import medians
from catalogue.domain.hours import Month, months_between
from catalogue.models import LogLine, PersonDay
from catalogue.queries import hours
from catalogue.services import day_sums, logging_work

_MONTH = Month(2024, 1)
RAW_UNITS = text(
    """SELECT u.reporting_unit_id, sum(l.minutes), count(DISTINCT a.person_id)
    FROM log_line l JOIN assignment a ON a.id = l.assignment_id
    JOIN establishment e ON e.id = a.establishment_id JOIN unit u ON u.id = e.unit_id
    WHERE l.day BETWEEN :first AND :last AND l.current GROUP BY u.reporting_unit_id"""
)
COVERING = text("CREATE INDEX bench_cover ON log_line (day, assignment_id, minutes, current)")
_RAW_INSERT = (
    "INSERT INTO log_line (assignment_id, task_version_id, day, content, product, quantity,"
    " minutes, overtime, current, written_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?)"
)


def measure() -> list[Ratio]:
    with province() as land:
        loading = _loading(land)
        with Session(land.engine) as session:
            session.execute(COVERING)
            session.commit()
            return [loading, *_rolling_up(session)]


def _loading(land: Province) -> Ratio:
    rows = [
        (
            line.assignment_id,
            line.task_version_id,
            line.day.isoformat(),
            line.content,
            line.product,
            line.quantity,
            line.minutes,
            line.overtime,
            AT.replace(tzinfo=None).isoformat(" "),
        )
        for line in land.lines
    ]

    def raw() -> None:
        connection = land.engine.raw_connection()
        cursor = connection.cursor()
        cursor.execute("BEGIN IMMEDIATE")
        cursor.executemany(_RAW_INSERT, rows)
        cursor.execute("COMMIT")
        connection.close()

    def ours() -> None:
        with Session(land.engine) as session:
            for _ in logging_work.log_many(session, land.lines, at=AT):
                pass
            day_sums.sum_all_days(session)
            session.commit()

    taken = medians({"raw": raw, "ours": ours}, rounds=3, before=lambda: _empty(land))
    name = f"{len(rows)} lines with their day sums / raw executemany"
    return Ratio(name, taken["ours"] / taken["raw"], 2.5)


def _empty(land: Province) -> None:
    with Session(land.engine) as session:
        session.execute(delete(LogLine))
        session.execute(delete(PersonDay))
        session.commit()


def _rolling_up(session: Session) -> list[Ratio]:
    quarter = months_between(_MONTH, Month(2024, 2))

    def raw(months: list[Month]) -> list[object]:
        spans = ({"first": month.first, "last": month.last} for month in months)
        return [session.execute(RAW_UNITS, span).all() for span in spans]

    taken = medians(
        {
            "raw month": lambda: raw([_MONTH]),
            "month": lambda: hours.by_unit(session, [_MONTH]),
            "raw months": lambda: raw(quarter),
            "months": lambda: hours.by_unit(session, quarter),
        },
        rounds=9,
    )
    return [
        Ratio("month × unit / raw GROUP BY over lines", taken["month"] / taken["raw month"], 0.15),
        Ratio("two months × unit / the same raw", taken["months"] / taken["raw months"], 0.15),
    ]
