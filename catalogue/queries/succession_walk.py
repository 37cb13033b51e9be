"""Following each holder's position along the cross-walk, as it stands on a day, in SQL."""

from typing import NamedTuple

from sqlalchemy import (
    CTE,
    Date,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
)

from catalogue.models import Assignment, Establishment, Succession, SuccessorChoice

# Successions point forward, so no walk is longer than there were decisions.
_LONGEST = 100
DAY = bindparam("as_of", type_=Date)


class Walk(NamedTuple):
    """The steps open on the day, each holder's choices, every walk and where it ends."""

    steps: CTE
    chosen: CTE
    paths: CTE
    ends: CTE


def walk() -> Walk:
    """Follow all assignments on the day `as_of`, which whoever runs the statement binds.

    A split is followed where its holder's last choice leads; without one the walk ends before it.
    """
    steps = _steps()
    chosen = _chosen(steps)
    paths = _paths(steps, chosen)
    return Walk(steps, chosen, paths, _ends(paths))


def _steps() -> CTE:
    """Give the successions that hold on the day, each with how many parts its former has."""
    return (
        select(
            Succession.id,
            Succession.position_id,
            Succession.successor_id,
            func.count().over(partition_by=Succession.position_id).label("parts"),
        )
        .where(
            Succession.valid_from <= DAY,
            or_(Succession.valid_to.is_(None), Succession.valid_to >= DAY),
        )
        .cte("steps")
    )


def _paths(steps: CTE, chosen: CTE) -> CTE:
    """Give every position that a holder's lines pass on their way, with the steps gone so far."""
    paths = (
        select(
            Assignment.id.label("assignment_id"),
            Establishment.position_id,
            literal(0).label("length"),
        )
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .cte("paths", recursive=True)
    )
    told = select(chosen.c.succession_id).where(
        chosen.c.assignment_id == paths.c.assignment_id, chosen.c.succession_id == steps.c.id
    )
    leads = or_(steps.c.parts == 1, told.exists())
    return paths.union_all(
        select(paths.c.assignment_id, steps.c.successor_id, paths.c.length + 1)
        .join(steps, and_(steps.c.position_id == paths.c.position_id, leads))
        .where(paths.c.length < _LONGEST)
    )


def _chosen(steps: CTE) -> CTE:
    """Give each holder's last choice at each split."""
    ranked = (
        select(
            SuccessorChoice.assignment_id,
            steps.c.position_id,
            SuccessorChoice.succession_id,
            func.row_number()
            .over(
                partition_by=(SuccessorChoice.assignment_id, steps.c.position_id),
                order_by=SuccessorChoice.number.desc(),
            )
            .label("place"),
        )
        .join(steps, steps.c.id == SuccessorChoice.succession_id)
        .subquery()
    )
    columns = select(ranked.c.assignment_id, ranked.c.position_id, ranked.c.succession_id)
    return columns.where(ranked.c.place == 1).cte("chosen")


def _ends(paths: CTE) -> CTE:
    ranked = select(
        paths.c.assignment_id,
        paths.c.position_id,
        func.row_number()
        .over(partition_by=paths.c.assignment_id, order_by=paths.c.length.desc())
        .label("place"),
    ).subquery()
    columns = select(ranked.c.assignment_id, ranked.c.position_id)
    return columns.where(ranked.c.place == 1).cte("ends")
