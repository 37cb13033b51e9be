"""The read endpoints of CASE 1.1 (1EdTech) over the competency dictionaries, as JSON."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, jsonify, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import clock
from catalogue.blueprints.guard import permission
from catalogue.domain import case_collections
from catalogue.domain.case_collections import PARAMETERS, Wish
from catalogue.domain.errors import Invalid, NotFound
from catalogue.domain.roles import Permission
from catalogue.exporters import case_package
from catalogue.extensions import db
from catalogue.queries import exchange

ROOT = "/ims/case/v1p1"
pages = Blueprint("case", __name__, url_prefix=ROOT)

Json = dict[str, Any]
# Where one thing of a kind is found within a package, and its name in an answer of its own.
_PLACES = {
    "CFItems": ("CFItems",),
    "CFAssociations": ("CFAssociations",),
    "CFRubrics": ("CFRubrics",),
    "CFItemTypes": ("CFDefinitions", "CFItemTypes"),
    "CFConcepts": ("CFDefinitions", "CFConcepts"),
    "CFSubjects": ("CFDefinitions", "CFSubjects"),
    "CFLicenses": ("CFDefinitions", "CFLicenses"),
    "CFAssociationGroupings": ("CFDefinitions", "CFAssociationGroupings"),
}
_LISTED = frozenset(("CFItemTypes", "CFConcepts", "CFSubjects"))
_UNKNOWN, _NO_UUID = "Unknown Object", "Invalid UUID"
_UNSORTED = frozenset(("sort", "orderBy"))


@pages.get("/CFDocuments")
@permission(Permission.READ_DESCRIPTION)
def documents() -> Response:
    """List the dictionaries as `filter`, `sort`, `orderBy`, `fields`, `limit`, `offset` ask."""
    wish = case_collections.read(_asked())
    found = case_collections.find([package["CFDocument"] for package in _packages()], wish)
    answer = jsonify(CFDocuments=case_collections.page(found, wish))
    answer.headers["X-Total-Count"] = str(len(found))
    answer.headers["Link"] = _links(len(found), wish)
    return answer


@pages.get("/CFDocuments/<identifier>")
@permission(Permission.READ_DESCRIPTION)
def document(identifier: str) -> Response:
    return jsonify(_package(identifier)["CFDocument"])


@pages.get("/CFPackages/<identifier>")
@permission(Permission.READ_DESCRIPTION)
def package(identifier: str) -> Response:
    return jsonify(_package(identifier))


@pages.get("/CFItemAssociations/<identifier>")
@permission(Permission.READ_DESCRIPTION)
def item_associations(identifier: str) -> Response:
    """Give an item with every association that it is an end of."""
    mark = _uuid(identifier)
    for whole in _packages():
        for item in whole["CFItems"]:
            if item["identifier"] == mark:
                ends = [link for link in whole["CFAssociations"] if mark in _ends(link)]
                return jsonify(CFItem=item | _of(whole), CFAssociations=ends)
    raise NotFound(_UNKNOWN)


@pages.get("/<kind>/<identifier>")
@permission(Permission.READ_DESCRIPTION)
def one(kind: str, identifier: str) -> Response:
    """Give one thing by its identifier; what is shared by kind comes as a list of one."""
    mark = _uuid(identifier)
    for whole in _packages():
        for found in _within(whole, _PLACES[kind]) if kind in _PLACES else ():
            if found["identifier"] == mark:
                return jsonify({kind: [found]} if kind in _LISTED else found | _of(whole, kind))
    raise NotFound(_UNKNOWN)


@pages.errorhandler(NotFound)
def _unknown(error: NotFound) -> ResponseReturnValue:
    minor = "invaliduuid" if str(error) == _NO_UUID else "unknownobject"
    return _status(str(error), "sourcedId", minor), 404


@pages.errorhandler(Invalid)
def _unfit(error: Invalid) -> ResponseReturnValue:
    name = error.field or ""
    minor = "invalid_sort_field" if name in _UNSORTED else "invalid_selection_field"
    return _status(str(error), name, minor), 400


def _status(description: str, name: str, minor: str) -> Response:
    """Answer a refusal in the words that the standard gives programs (imsx_StatusInfo)."""
    field = {"imsx_codeMinorFieldName": name, "imsx_codeMinorFieldValue": minor}
    return jsonify(
        imsx_codeMajor="failure",
        imsx_severity="error",
        imsx_description=description,
        imsx_codeMinor={"imsx_codeMinorField": [field]},
    )


def _asked() -> dict[str, str]:
    return {name: request.args[name] for name in PARAMETERS if name in request.args}


def _links(count: int, wish: Wish) -> str:
    """Point at the parts of a collection around the one given (RFC 8288)."""
    return ", ".join(
        f'<{_address(offset, wish)}>; rel="{relation}"'
        for relation, offset in case_collections.offsets(count, wish).items()
    )


def _address(offset: int, wish: Wish) -> str:
    part = {"limit": str(wish.limit), "offset": str(offset)}
    return url_for("case.documents", _external=True, **(_asked() | part))


def _packages() -> Iterator[Json]:
    root = request.host_url.rstrip("/") + ROOT
    for framework in exchange.frameworks(db.session()):
        yield case_package.write(framework, root=root, on=clock.today())


def _package(identifier: str) -> Json:
    mark = _uuid(identifier)
    for whole in _packages():
        if whole["CFDocument"]["identifier"] == mark:
            return whole
    raise NotFound(_UNKNOWN)


def _within(whole: Json, path: Sequence[str]) -> list[Json]:
    found: Any = whole
    for step in path:
        found = found.get(step, {})
    return found or []


def _ends(link: Json) -> tuple[str, str]:
    return link["originNodeURI"]["identifier"], link["destinationNodeURI"]["identifier"]


def _of(whole: Json, kind: str = "CFItems") -> Json:
    """Say of an item or an association, outside its package, which document it is of."""
    if kind not in ("CFItems", "CFAssociations"):
        return {}
    document = whole["CFDocument"]
    return {"CFDocumentURI": {key: document[key] for key in ("title", "identifier", "uri")}}


def _uuid(identifier: str) -> str:
    try:
        return str(UUID(identifier))
    except ValueError:
        raise NotFound(_NO_UUID) from None
