"""Which names are one competency: what is summed or laid side by side goes by the one of them."""

from sqlalchemy import ColumnElement, func

from catalogue.models import Competency


def standing(of: type[Competency] = Competency) -> ColumnElement[int]:
    """Give the competency that stands for a name: itself, or the one that it is a synonym of."""
    return func.coalesce(of.same_as_id, of.id)
