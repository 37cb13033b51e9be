"""The pages; each file is one topic and holds its own URLs."""

from flask import Flask

from catalogue.blueprints import (
    asked,
    clock,
    comparisons,
    confirming,
    descriptions,
    diary,
    errors,
    filters,
    guard,
    headers,
    home,
    hours,
    issuances,
    lines,
    links,
    positions,
    published,
    signing_in,
    sources,
    successions,
    units,
)
from catalogue.domain.roles import Permission
from catalogue.extensions import login

_TOPICS = (
    *(home, positions, descriptions, sources, units, diary, lines, hours, signing_in),
    *(issuances, published, comparisons, successions),
)


def register(app: Flask) -> None:
    """Attach every page to the application, and what stands around all of them."""
    login.session_protection = None  # a session is known by its secret; networks change on the road
    app.request_class = asked.FormRequest
    app.url_map.converters["key"] = asked.KeyConverter
    app.before_request(asked.refuse_repeated)
    app.before_request(guard.check)
    filters.register(app)
    headers.register(app)
    errors.register(app)
    confirming.register(app)
    for topic in _TOPICS:
        app.register_blueprint(topic.pages)
    app.context_processor(_around)


def _around() -> dict[str, object]:
    """Give what every page prints around its own content."""
    return {
        "person": guard.signed_in(),
        "navigation": links.navigation(),
        "permissions": Permission,
        "fixed_day": clock.fixed_day(),
    }
