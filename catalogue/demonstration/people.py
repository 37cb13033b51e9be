"""736 synthetic people, plainly named as such, in the positions of the reporting units."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, cycle, islice

from catalogue.demonstration.aims import BODIES_OF_ONE, MARCH_EXTREMES, UNITS
from catalogue.demonstration.naming import synthetic_name
from catalogue.demonstration.records import Body, Person, Position, ReportingUnit
from catalogue.domain.errors import Invalid
from catalogue.domain.words import PositionGroup


def people(units: Sequence[ReportingUnit]) -> list[Person]:
    """Fill every unit to the size that it has in the demonstration, numbering people from 1.

    Bodies without positions stay empty. Raises Invalid where a unit would be empty, or a body of
    which the report tells.
    """
    manned = {unit.code: [body for body in unit.bodies if body.positions] for unit in units}
    _refuse_gaps(manned)
    seats = (
        (unit, body, positions)
        for unit, aim in UNITS.items()
        for body, positions in _seats(manned[unit], aim.people)
    )
    return [
        Person(number, synthetic_name(number), unit, body, positions)
        for number, (unit, body, positions) in enumerate(seats, start=1)
    ]


def _refuse_gaps(manned: Mapping[str, Sequence[Body]]) -> None:
    there = {unit for unit, bodies in manned.items() if bodies}
    there |= {body.code for bodies in manned.values() for body in bodies}
    told_of = [extreme.body for extreme in MARCH_EXTREMES if extreme.body]
    if missing := [code for code in (*UNITS, *told_of) if code not in there]:
        raise Invalid(
            f"Chưa lập được dữ liệu trình diễn: {', '.join(missing)} chưa có vị trí việc làm nào "
            "kèm nhiệm vụ. Hãy nạp danh mục và bản mô tả công việc của các đơn vị này trước."
        )


def _seats(bodies: Sequence[Body], people: int) -> Iterator[tuple[str, tuple[Position, ...]]]:
    """Give each of a unit's people a body and what they hold there, in the order of the lists.

    Every position counted in has its first seat before any has a second, so that vacancies fall
    where several hold one position. People beyond the headcount are specialists.
    """
    spare = [
        (order, place)
        for place, body in enumerate(bodies)
        for order, position in enumerate(body.positions)
        if position.group is PositionGroup.SPECIALIST and body.code not in BODIES_OF_ONE
    ]
    established = _established(bodies)
    seats = islice(chain(established, cycle(spare or established)), people)
    taken = sorted((place, order) for order, place in seats)
    for place, body in enumerate(bodies):
        held = [body.positions[order] for at, order in taken if at == place]
        yield from ((body.code, positions) for positions in _with_concurrent(body, held))


def _established(bodies: Sequence[Body]) -> list[tuple[int, int]]:
    """List every seat as its position's and its body's place, first seats before second ones."""
    seats = sorted(
        (nth, order, place)
        for place, body in enumerate(bodies)
        for order, count in enumerate(_headcounts(body))
        for nth in range(count)
    )
    return [(order, place) for _, order, place in seats]


def _headcounts(body: Body) -> list[int]:
    """Count each position's seats: one in each where the list prints no headcount at all."""
    if body.code in BODIES_OF_ONE:
        return [1]
    printed = [position.headcount or 0 for position in body.positions]
    return printed if any(printed) else [1] * len(printed)


def _with_concurrent(body: Body, held: Sequence[Position]) -> list[tuple[Position, ...]]:
    """Let the last professional also hold a shared position (accounts, …) left without anyone."""
    unheld = [
        position
        for position in body.positions
        if position.group is PositionGroup.SHARED and position not in held
    ]
    last = max(
        (n for n, position in enumerate(held) if position.group is not PositionGroup.SUPPORT),
        default=None,
    )
    return [
        (position, *unheld[:1]) if n == last else (position,) for n, position in enumerate(held)
    ]
