"""736 synthetic people, plainly named as such, in the positions of the reporting units."""

from collections.abc import Mapping, Sequence
from itertools import cycle, islice

from catalogue.demonstration.aims import BODIES_OF_ONE, MARCH_EXTREMES, UNITS
from catalogue.demonstration.apportioning import apportion
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
        (unit, body.code, positions)
        for unit, aim in UNITS.items()
        for body, size in zip(manned[unit], _sizes(manned[unit], aim.people), strict=True)
        for positions in _seats(body, size)
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


def _sizes(bodies: Sequence[Body], people: int) -> list[int]:
    """Share a unit's people among its bodies, more to those with longer lists, at least two."""
    single = [body.code in BODIES_OF_ONE for body in bodies]
    weights = [len(body.positions) for body, alone in zip(bodies, single, strict=True) if not alone]
    shares = iter(apportion(people - sum(single), weights, least=2))
    return [1 if alone else next(shares) for alone in single]


def _seats(body: Body, size: int) -> list[tuple[Position, ...]]:
    """List what each of the body's people holds: leaders, professionals, service staff.

    A shared position (accounts, records, …) for which the body is too small is held concurrently
    by its last specialist.
    """
    leading, specialist, shared, support = (
        [position for position in body.positions if position.group is group]
        for group in PositionGroup
    )
    leaders = max(1, size // 4) if leading else 0
    helpers = size // 8 if support else 0
    sharers = min(len(shared), size // 6)
    specialists = size - leaders - helpers - sharers
    holders = [
        *_leading_seats(leading, leaders),
        *islice(cycle(specialist or body.positions), specialists),
        *shared[:sharers],
        *islice(cycle(support), helpers),
    ]
    seats: list[tuple[Position, ...]] = [(position,) for position in holders]
    if unheld := [position for position in shared if position not in holders]:
        seats[leaders + specialists - 1] += (unheld[0],)
    return seats


def _leading_seats(leading: list[Position], count: int) -> list[Position]:
    """Seat one leader in each position in its order; the rest where there may be several."""
    several = [position for position in leading[1:] if "hường trực" not in position.name]
    spare = max(0, count - len(leading))
    return [*leading[:count], *islice(cycle(several or leading), spare)]
