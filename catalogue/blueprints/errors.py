"""Refusals and failures as pages: what happened, and how to go on."""

import secrets
from datetime import date

from flask import Flask, current_app, render_template, request
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from catalogue.blueprints import asked, clock, transactions
from catalogue.blueprints.field_labels import label_for
from catalogue.domain.errors import CatalogueError, Conflict, Invalid, NotAllowed, NotFound
from catalogue.domain.limits import FORM_BYTES, MEBIBYTE, UPLOAD_BYTES
from catalogue.extensions import db
from catalogue.services import auditing
from catalogue.services.accounts import SignInRefused, TooManyTries

_STATUS: dict[type[CatalogueError], int] = {
    Invalid: 422,
    NotFound: 404,
    NotAllowed: 403,
    Conflict: 409,
    SignInRefused: 422,
    TooManyTries: 429,
}
_TITLES = {
    400: "Yêu cầu không đọc được",
    401: "Phiên làm việc đã hết hạn",
    403: "Không có quyền",
    404: "Không tìm thấy",
    405: "Thao tác không dùng được ở địa chỉ này",
    409: "Chưa thực hiện được",
    413: "Nội dung gửi lên quá lớn",
    422: "Nội dung chưa đúng",
    429: "Thao tác quá nhanh",
    503: "Hệ thống đang bận",
}
_SENTENCES = {
    403: "Bạn không có quyền mở trang này. Nếu cần, hãy đề nghị cán bộ tổ chức của đơn vị bạn.",
    404: "Không tìm thấy nội dung này.",
    413: f"Nội dung gửi lên vượt giới hạn: tệp nhiều nhất {UPLOAD_BYTES // MEBIBYTE} MB, chữ trong "
    f"một biểu mẫu nhiều nhất {FORM_BYTES // 1000} KB. Hãy chia nhỏ hoặc dán ít dòng hơn rồi gửi "
    "lại. Chưa có dữ liệu nào được ghi.",
}
_NOT_KEPT = frozenset(("csrf_token", "password", "repeated"))
_BUSY_SECONDS = 5
# Whose buttons stand on one day of one's own, named in their addresses.
_OF_A_DAY = frozenset(("day_closings", "diary_lines"))


def register(app: Flask) -> None:
    """Give every refusal and failure its page."""
    app.register_error_handler(CatalogueError, _refusal)
    app.register_error_handler(CSRFError, _forged_or_expired)
    app.register_error_handler(SecurityError, _strange_host)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(InternalServerError, _failure)


def session_ended() -> tuple[str, int]:
    """Answer a form that was sent after its session ended, keeping what was typed."""
    sentence = (
        "Phiên làm việc đã hết hạn nên nội dung CHƯA được lưu. Nội dung bạn nhập vẫn còn bên dưới: "
        "hãy đăng nhập lại ở một thẻ khác, rồi về đây bấm Gửi lại."
    )
    return _kept(sentence, 401)


def _refusal(error: CatalogueError) -> tuple[str, int]:
    status = next(
        (status for kind, status in _STATUS.items() if isinstance(error, kind)),
        422,
    )
    day = _day_left() if status in (409, 422) else None
    return _page(status, str(error), day)


def _strange_host(error: SecurityError) -> tuple[str, int, dict[str, str]]:
    """Answer without any address of ours: under a strange host none can be made."""
    del error
    sentence = "Tên máy trong địa chỉ này không được nhận."
    return sentence, 400, {"Content-Type": "text/plain; charset=utf-8"}


def _http(error: HTTPException) -> tuple[str, int]:
    status = error.code or 500
    return _page(status, _SENTENCES.get(status, "Hãy kiểm tra lại địa chỉ hoặc thao tác vừa rồi."))


def _page(status: int, sentence: str, day: date | None = None) -> tuple[str, int]:
    _let_go(status)
    title = _TITLES.get(status, "Không thực hiện được")
    page = render_template("errors/error.html", title=title, sentence=sentence, day=day)
    return page, status


def _day_left() -> date | None:
    """Give the day on which the refused button stood, for the way back; None where on no day."""
    if request.blueprint not in _OF_A_DAY or "ngay" not in request.args:
        return None
    try:
        return asked.day("ngay", default=clock.today())
    except Invalid:
        return None


def _forged_or_expired(error: CSRFError) -> tuple[str, int]:
    del error
    sentence = "Phiên làm việc đã hết hạn. Nội dung bạn nhập vẫn còn bên dưới, hãy bấm Gửi lại."
    return _kept(sentence, 400)


def _kept(sentence: str, status: int, title: str = _TITLES[401]) -> tuple[str, int]:
    db.session.rollback()
    fields = [
        (label_for(name), name, text)
        for name, text in request.form.items(multi=True)
        if name not in _NOT_KEPT
    ]
    page = render_template("errors/kept.html", title=title, sentence=sentence, fields=fields)
    return page, status


def _busy(error: OperationalError) -> tuple[str, int, dict[str, str]]:
    if "locked" not in str(error.orig):
        raise error
    again = {"Retry-After": str(_BUSY_SECONDS)}
    if request.method != "POST":
        sentence = f"Hệ thống đang bận. Hãy mở lại trang sau {_BUSY_SECONDS} giây."
        return *_page(503, sentence), again
    sentence = (
        "Hệ thống đang bận, nội dung của bạn CHƯA được lưu. "
        f"Hãy bấm Gửi lại sau {_BUSY_SECONDS} giây."
    )
    return *_kept(sentence, 503, _TITLES[503]), again


def _failure(error: InternalServerError) -> tuple[str, int]:
    db.session.rollback()
    incident = secrets.token_hex(4)
    current_app.logger.error("Incident %s: %r", incident, error.original_exception)
    return render_template("errors/failure.html", incident=incident), 500


def _let_go(status: int) -> None:
    """Roll back before anything is drawn, and write down who was refused what."""
    db.session.rollback()
    if status not in (403, 404) or request.endpoint is None or not current_user.is_authenticated:
        return
    # By endpoint and number: an address may hold a secret, or what a table cannot.
    numbers = {name: n for name, n in (request.view_args or {}).items() if isinstance(n, int)}
    with transactions.own() as session:
        auditing.record(
            session,
            "request.refused",
            request.endpoint,
            by=current_user.viewer.person_id,
            at=clock.now(),
            method=request.method,
            status=status,
            **numbers,
        )
    transactions.begin_reading()
