"""Answering a form: what it asks is done and the next page shown, or it comes back as it was."""

from collections.abc import Callable

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from catalogue.domain.errors import Conflict, Invalid, SheetRefused
from catalogue.extensions import db
from catalogue.forms.base import Form

# What to say once it is done, and where to go on.
Done = tuple[str, str]


def answer(form: Form, do: Callable[[], Done], page: Callable[[], str]) -> ResponseReturnValue:
    """Do what a valid form asks and commit; with every refusal nothing that was typed is lost."""
    if not form.validate():
        return page(), 422
    try:
        said, address = do()
    except (Invalid, Conflict) as refusal:
        db.session.rollback()
        show(form, refusal)
        return page(), 422 if isinstance(refusal, Invalid) else 409
    flash(said)
    db.session.commit()
    return redirect(address, 303)


def show(form: Form, refusal: Invalid | Conflict) -> None:
    """Show every reason beside its field, or above the form."""
    if isinstance(refusal, SheetRefused):
        for each in refusal.refusals:
            form.refuse(Invalid(each.message, field=each.field))
    elif isinstance(refusal, Invalid):
        form.refuse(refusal)
    else:
        form.form_errors.append(str(refusal))
