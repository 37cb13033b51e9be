"""Addresses that pages repeat: in every row, and from one page to the next."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from flask import Flask, current_app, get_template_attribute, request, url_for
from markupsafe import Markup

from catalogue.domain.roles import Permission, Viewer, granted
from catalogue.domain.words import Role

# label, address, and whether it is where one is
Link = tuple[str, str, bool]


class Around(NamedTuple):
    """What stands around every page of a topic, for all who open it with the same roles.

    `navigation` marks the topic, `beside` the page within it; both are empty for strangers, and
    `beside` where a topic has but one page. `known` and `send` are for those who log their days.
    """

    head: Markup
    navigation: Markup
    beside: Markup
    home: str
    notices: str
    sign_out: str
    shell: str
    known: str
    send: str


class Topic(NamedTuple):
    """One entry of the navigation: its first page, who is shown it, whose pages belong to it.

    A topic of several lists names them in `beside`: label, page and who may open it.
    """

    label: str
    first: str
    required: Permission
    pages: tuple[str, ...] = ()
    beside: tuple[tuple[str, str, Permission], ...] = ()


_NAVIGATION = (
    Topic("Việc cần làm", "home.home", Permission.SIGNED_IN),
    Topic(
        "Ngày của tôi",
        "diary.day",
        Permission.LOG_OWN_DAY,
        ("diary_lines", "day_closings", "adjustment_requests"),
        (
            ("Hôm nay", "diary.day", Permission.LOG_OWN_DAY),
            ("Tuần", "weeks.week", Permission.LOG_OWN_DAY),
            ("Việc phát sinh", "pending_lines.index", Permission.LOG_OWN_DAY),
            ("Việc nhiều ngày", "work_items.index", Permission.LOG_OWN_DAY),
            ("Kết quả của tôi", "own_results.index", Permission.LOG_OWN_DAY),
            ("Vắng mặt", "absences.index", Permission.LOG_OWN_DAY),
            ("Ghi bù", "backfills.index", Permission.LOG_OWN_DAY),
            ("Điều chỉnh", "adjustments.index", Permission.READ_LINE),
            ("Nhập từ bảng tính", "diary_uploads.index", Permission.LOG_OWN_DAY),
            ("Lịch làm việc", "working_calendars.index", Permission.READ_CALENDAR),
            ("Giới hạn", "diary_rules.index", Permission.READ_CALENDAR),
        ),
    ),
    Topic("Bảng công khai", "board.day", Permission.READ_BOARD),
    Topic(
        "Giao việc, đánh giá",
        "judging_work.index",
        Permission.DECIDE_OBJECTION,
        ("line_judging",),
        (
            ("Đánh giá sản phẩm", "judging_work.index", Permission.JUDGE_WORK),
            ("Giao việc", "assigned_work.index", Permission.JUDGE_WORK),
            ("Chờ gắn nhiệm vụ", "pending_mapping.index", Permission.JUDGE_WORK),
            ("Ý kiến về đánh giá", "objections.index", Permission.DECIDE_OBJECTION),
            ("Ủy quyền", "deputising.index", Permission.DELEGATE),
        ),
    ),
    Topic(
        "Danh mục",
        "positions.index",
        Permission.READ_CATALOGUE,
        (
            "descriptions",
            "description_comparisons",
            "issuances",
            "comparisons",
            "successions",
            "published",
        ),
    ),
    Topic(
        "Mô tả công việc",
        "drafts.index",
        Permission.READ_DRAFT,
        ("draft_beginnings", "draft_sections", "submissions"),
        (
            ("Tiến độ, soạn thảo", "drafts.index", Permission.READ_DRAFT),
            ("Nhập từ Word", "description_uploads.index", Permission.DRAFT_DESCRIPTION),
            ("Thẩm định, phê duyệt", "appraisals.index", Permission.READ_DRAFT),
            ("Phân cấp", "approval_rules.index", Permission.READ_DRAFT),
            ("Đề xuất nhiệm vụ", "task_proposals.index", Permission.DRAFT_DESCRIPTION),
        ),
    ),
    Topic(
        "Năng lực",
        "frameworks.index",
        Permission.READ_DESCRIPTION,
        ("framework_edits", "assessing"),
        (
            ("Khung năng lực", "frameworks.index", Permission.READ_DESCRIPTION),
            ("Danh sách năng lực", "competencies.index", Permission.READ_DESCRIPTION),
            ("Từ điển", "dictionaries.index", Permission.READ_DESCRIPTION),
            ("Trao đổi", "exchanges.index", Permission.READ_DESCRIPTION),
            ("Đánh giá", "assessments.index", Permission.OPEN_ASSESSMENT),
            ("Nhu cầu đào tạo", "training_needs.index", Permission.READ_TRAINING_NEEDS),
        ),
    ),
    Topic("Văn bản nguồn", "sources.index", Permission.READ_CATALOGUE, ("uploads",)),
    Topic("Đối chiếu", "reconciliations.index", Permission.READ_RECONCILIATION, ("matching",)),
    Topic(
        "Hồ sơ trình",
        "dossiers.index",
        Permission.READ_DOSSIER,
        ("reviews", "review_items", "ballots", "comments", "paper_votes", "papers", "seating"),
    ),
    Topic("Thời hạn", "milestones.index", Permission.READ_MILESTONE, ("milestone_changes",)),
    Topic("Đơn vị", "units.index", Permission.READ_UNIT),
    Topic(
        "Giờ làm việc",
        "hours.index",
        Permission.READ_HOURS,
        (),
        (
            ("Giờ theo đơn vị", "hours.index", Permission.READ_HOURS),
            ("Khóa tháng", "closings.index", Permission.READ_HOURS),
        ),
    ),
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


def around(person: Viewer | None) -> Around:
    roles = None if person is None else frozenset(person.scopes)
    return _around(roles, request.blueprint, request.root_path)


# Asked for by every page.
@lru_cache(maxsize=1_000)
def _around(roles: frozenset[Role] | None, here: str | None, root: str) -> Around:
    head = current_app.jinja_env.get_template("around/head.html").render()
    logs = roles is not None and granted(Permission.LOG_OWN_DAY, roles)
    return Around(
        head=Markup(head),  # noqa: S704 (our own words alone)
        navigation=Markup() if roles is None else _navigation(roles, here, root),
        beside=Markup() if roles is None else _beside(roles, here, root),
        home=_built(root, "home.home", ()),
        notices=_built(root, "notices.index", ()),
        sign_out=_built(root, "signing_in.sign_out", ()),
        shell=_built(root, "outbox.shell", ()),
        known=_built(root, "outbox.known", ()) if logs else "",
        send=_built(root, "outbox.send", ()) if logs else "",
    )


def _navigation(roles: frozenset[Role], here: str | None, root: str) -> Markup:
    """Draw the topics that may be opened, marking the one that this page is of."""
    return _drawn(
        (topic.label, _built(root, _opened(topic, roles), ()), _is_of(topic, here))
        for topic in _NAVIGATION
        if granted(topic.required, roles)
    )


def _beside(roles: frozenset[Role], here: str | None, root: str) -> Markup:
    """Draw the pages of this page's topic likewise."""
    return _drawn(
        (label, _built(root, first, ()), _blueprint(first) == here)
        for topic in _NAVIGATION
        if _is_of(topic, here)
        for label, first, required in topic.beside
        if granted(required, roles)
    )


def _drawn(links: Iterable[Link]) -> Markup:
    drawn: Markup = get_template_attribute("macros/links.html", "listed")(tuple(links))
    return drawn


def _opened(topic: Topic, roles: frozenset[Role]) -> str:
    """Name the page with which a topic begins for the person: the first that they may open."""
    opened = (first for _, first, required in topic.beside if granted(required, roles))
    return next(opened, topic.first)


def _is_of(topic: Topic, here: str | None) -> bool:
    """Tell whether the page, by the name of its blueprint, belongs to a topic."""
    firsts = (topic.first, *(first for _, first, _ in topic.beside))
    return here in (*topic.pages, *map(_blueprint, firsts))


def _blueprint(endpoint: str) -> str:
    return endpoint.partition(".")[0]
