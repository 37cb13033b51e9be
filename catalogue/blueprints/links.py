"""Addresses that pages repeat: in every row, and from one page to the next."""

from functools import lru_cache

from flask import Flask, request, url_for

from catalogue.domain.roles import Permission, Viewer

# Label, first page, who may open it, and the other files of pages that belong to the topic.
_NAVIGATION = (
    ("Việc cần làm", "home.home", Permission.SIGNED_IN, ()),
    ("Ngày của tôi", "diary.day", Permission.LOG_OWN_DAY, ()),
    (
        "Danh mục",
        "positions.index",
        Permission.READ_CATALOGUE,
        ("descriptions", "issuances", "comparisons", "successions", "published"),
    ),
    (
        "Soạn mô tả",
        "drafts.index",
        Permission.READ_DRAFT,
        ("draft_beginnings", "draft_sections"),
    ),
    (
        "Thẩm định mô tả",
        "appraisals.index",
        Permission.READ_DRAFT,
        ("submissions", "approval_rules"),
    ),
    ("Văn bản nguồn", "sources.index", Permission.READ_CATALOGUE, ("uploads",)),
    ("Đối chiếu", "reconciliations.index", Permission.READ_RECONCILIATION, ("matching",)),
    (
        "Hồ sơ trình",
        "dossiers.index",
        Permission.READ_DOSSIER,
        ("reviews", "review_items", "ballots", "comments", "paper_votes", "papers", "seating"),
    ),
    ("Thời hạn", "milestones.index", Permission.READ_MILESTONE, ("milestone_changes",)),
    ("Đơn vị", "units.index", Permission.READ_UNIT, ()),
    ("Giờ làm việc", "hours.index", Permission.READ_HOURS, ()),
)


def register(app: Flask) -> None:
    """Let templates ask for addresses here; they write `url_for` as ever."""
    app.jinja_env.globals["url_for"] = address


def address(endpoint: str, **values: object) -> str:
    """Give a path of ours; nearly all that a page asks for were built for the pages before it."""
    return _built(request.root_path, endpoint, tuple(values.items()))


@lru_cache(maxsize=2_000)
def _built(root: str, endpoint: str, values: tuple[tuple[str, object], ...]) -> str:
    del root  # under which the server mounts the program; the request tells it to the router
    return url_for(endpoint, **dict(values))  # type: ignore[arg-type]


def path_before(endpoint: str, name: str, **others: object) -> str:
    """Give what stands before the identifier, so that a long list builds its address once."""
    return address(endpoint, **{name: 1}, **others).removesuffix("1")


def navigation(person: Viewer | None) -> list[tuple[str, str, bool]]:
    """List the topics that the person may open: label, address, whether this page is of it."""
    if person is None:
        return []
    here = request.blueprint
    return [
        (label, address(endpoint), endpoint.startswith(f"{here}.") or here in others)
        for label, endpoint, required, others in _NAVIGATION
        if person.may(required)
    ]
