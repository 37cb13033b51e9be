"""The read endpoints of CASE 1.1 (1EdTech) over the competency dictionaries, as JSON."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from catalogue.blueprints import clock
from catalogue.blueprints.guard import permission
from catalogue.domain.errors import Invalid, NotFound
from catalogue.domain.roles import Permission
from catalogue.exporters import case_package
from catalogue.extensions import db
from catalogue.queries import exchange

ROOT = "/ims/case/v1p1"
pages = Blueprint("case", __name__, url_prefix=ROOT)

Json = dict[str, Any]
_PAGE = 100
_MOST = 10_000
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


@pages.get("/CFDocuments")
@permission(Permission.READ_DESCRIPTION)
def documents() -> Response:
    """List the dictionaries, `limit` of them from `offset` on."""
    found = [package["CFDocument"] for package in _packages()]
    offset, limit = _number("offset", 0), _number("limit", _PAGE)
    answer = jsonify(CFDocuments=found[offset : offset + limit])
    answer.headers["X-Total-Count"] = str(len(found))
    return answer


@pages.get("/CFDocuments/<uuid:identifier>")
@permission(Permission.READ_DESCRIPTION)
def document(identifier: object) -> Response:
    return jsonify(_package(identifier)["CFDocument"])


@pages.get("/CFPackages/<uuid:identifier>")
@permission(Permission.READ_DESCRIPTION)
def package(identifier: object) -> Response:
    return jsonify(_package(identifier))


@pages.get("/CFItemAssociations/<uuid:identifier>")
@permission(Permission.READ_DESCRIPTION)
def item_associations(identifier: object) -> Response:
    """Give an item with every association that it is an end of."""
    mark = str(identifier)
    for whole in _packages():
        for item in whole["CFItems"]:
            if item["identifier"] == mark:
                ends = [link for link in whole["CFAssociations"] if mark in _ends(link)]
                return jsonify(CFItem=item | _of(whole), CFAssociations=ends)
    raise NotFound("Unknown Object")


@pages.get("/<kind>/<uuid:identifier>")
@permission(Permission.READ_DESCRIPTION)
def one(kind: str, identifier: object) -> Response:
    """Give one thing by its identifier; what is shared by kind comes as a list of one."""
    for whole in _packages():
        for found in _within(whole, _PLACES[kind]) if kind in _PLACES else ():
            if found["identifier"] == str(identifier):
                return jsonify({kind: [found]} if kind in _LISTED else found | _of(whole, kind))
    raise NotFound("Unknown Object")


@pages.errorhandler(NotFound)
def _unknown(_: NotFound) -> ResponseReturnValue:
    return _status("Unknown Object", "unknownobject"), 404


@pages.errorhandler(Invalid)
def _unfit(error: Invalid) -> ResponseReturnValue:
    return _status(str(error), "invalid_selection_field"), 400


def _status(description: str, minor: str) -> Response:
    """Answer a refusal in the words that the standard gives programs (imsx_StatusInfo)."""
    field = {"imsx_codeMinorFieldName": "sourcedId", "imsx_codeMinorFieldValue": minor}
    return jsonify(
        imsx_codeMajor="failure",
        imsx_severity="error",
        imsx_description=description,
        imsx_codeMinor={"imsx_codeMinorField": [field]},
    )


def _packages() -> Iterator[Json]:
    root = request.host_url.rstrip("/") + ROOT
    for framework in exchange.frameworks(db.session()):
        yield case_package.write(framework, root=root, on=clock.today())


def _package(identifier: object) -> Json:
    for whole in _packages():
        if whole["CFDocument"]["identifier"] == str(identifier):
            return whole
    raise NotFound("Unknown Object")


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


def _number(name: str, default: int) -> int:
    typed = request.args.get(name, str(default))
    if not typed.isascii() or not typed.isdigit() or int(typed[:6]) > _MOST:
        message = f"{name} must be a whole number up to {_MOST}"
        raise Invalid(message, field=name)
    return int(typed[:6])
