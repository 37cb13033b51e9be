"""The pages; each file is one topic and holds its own URLs."""

from flask import Flask

from catalogue.blueprints import (
    appraisals,
    approval_rules,
    asked,
    assessing,
    assessments,
    ballots,
    board,
    calendars,
    case,
    clock,
    comments,
    comparisons,
    competencies,
    confirmations,
    confirming,
    countdowns,
    day_closings,
    description_comparisons,
    description_files,
    description_uploads,
    descriptions,
    diary,
    diary_lines,
    dictionaries,
    dossiers,
    draft_beginnings,
    draft_sections,
    drafts,
    errors,
    exchanges,
    filters,
    framework_edits,
    frameworks,
    guard,
    headers,
    home,
    hours,
    issuances,
    lines,
    links,
    matching,
    milestone_changes,
    milestones,
    notices,
    outbox,
    paper_votes,
    papers,
    positions,
    published,
    push_devices,
    reconciliations,
    review_items,
    reviews,
    seating,
    signing_in,
    sources,
    submissions,
    successions,
    training_needs,
    units,
    uploads,
)
from catalogue.domain.roles import Permission
from catalogue.extensions import login

_TOPICS = (
    home,
    positions,
    descriptions,
    competencies,
    dictionaries,
    frameworks,
    framework_edits,
    drafts,
    draft_beginnings,
    draft_sections,
    description_comparisons,
    description_uploads,
    description_files,
    sources,
    uploads,
    reconciliations,
    matching,
    dossiers,
    milestones,
    milestone_changes,
    calendars,
    units,
    diary,
    diary_lines,
    day_closings,
    board,
    outbox,
    notices,
    push_devices,
    lines,
    hours,
    papers,
    reviews,
    review_items,
    comments,
    ballots,
    paper_votes,
    confirmations,
    seating,
    issuances,
    published,
    comparisons,
    successions,
    case,
    exchanges,
    assessments,
    assessing,
    training_needs,
    submissions,
    appraisals,
    approval_rules,
    signing_in,
)


def register(app: Flask) -> None:
    """Attach every page to the application, and what stands around all of them."""
    login.session_protection = None  # a session is known by its secret; networks change on the road
    app.request_class = asked.FormRequest
    app.url_map.converters["key"] = asked.KeyConverter
    app.before_request(asked.refuse_repeated)
    app.before_request(guard.check)
    filters.register(app)
    links.register(app)
    headers.register(app)
    errors.register(app)
    confirming.register(app)
    for topic in _TOPICS:
        app.register_blueprint(topic.pages)
    app.context_processor(_around)


def _around() -> dict[str, object]:
    """Give what every page prints around its own content."""
    person = guard.signed_in()
    return {
        "person": person,
        "navigation": links.navigation(person),
        "beside": links.beside(person),
        "permissions": Permission,
        "fixed_day": clock.fixed_day(),
        "countdown": countdowns.countdown,
        "notices": countdowns.notices,
    }
