"""Telling people of the diary: the next morning's nudge, the week's summary, by three channels."""

import smtplib
from collections.abc import Sequence
from email.mime.text import MIMEText

import click
from sqlalchemy.exc import IntegrityError

from catalogue.cli import clock, letters, ringing
from catalogue.config import Config, Smtp
from catalogue.domain.notices import USUAL_QUIET, Channel
from catalogue.extensions import db
from catalogue.queries import notices
from catalogue.queries.notices import Waiting
from catalogue.services import noticing


@click.command()
@click.option("--url", default="http://127.0.0.1:8000", show_default=True, help="Địa chỉ trang.")
@click.pass_context
def notify(ctx: click.Context, url: str) -> None:
    """Nhắc ngày hôm trước chưa ghi, tổng hợp tuần cho thủ trưởng; gửi thư, báo tới thiết bị."""
    app = ctx.obj()
    config: Config = app.extensions["catalogue_config"]
    with app.app_context():
        told = _tell()
        rung, not_taken = ringing.ring(config.push) if config.push else (0, [])
        sent, refused = _send(config.smtp, url) if config.smtp else (0, [])
    click.echo(
        f"Đã nhắc {told} người trong chương trình, gửi {sent} thư, báo {rung} lần tới thiết bị."
    )
    _complain(refused, not_taken)


COMMANDS = (notify,)


def _tell() -> int:
    """Tell in the program what is due; a day is not called forgotten before the next morning."""
    session, today, at = db.session(), clock.today(), clock.now()
    told = noticing.summarise_week(session, today=today, at=at)
    if clock.time_of_day() not in USUAL_QUIET:
        told += noticing.nudge(session, today=today, at=at)
    db.session.commit()
    return told


def _complain(refused: Sequence[str], not_taken: Sequence[str]) -> None:
    """Name, once all else has gone out, who could not be reached by letter or on a device."""
    words = []
    if refused:
        names = ", ".join(refused)
        words.append(
            f"Máy chủ thư không nhận địa chỉ của: {names}. Hãy xem lại thư điện tử của họ."
        )
    if not_taken:
        names = ", ".join(not_taken)
        words.append(f"Chưa báo được tới thiết bị của: {names}. Lần chạy sau sẽ báo lại.")
    if words:
        raise letters.NotSent(" ".join(words))


def _send(smtp: Smtp, url: str) -> tuple[int, list[str]]:
    """Send what e-mail is still to carry; answers how many letters, and whom the server refused."""
    waiting = notices.waiting(
        db.session(), Channel.EMAIL, at=clock.now(), clock=clock.time_of_day()
    )
    letters_due = [each for each in waiting if each.email]
    db.session.rollback()  # nobody is kept from writing while the mail server is waited for
    if not letters_due:
        return 0, []
    sent, refused = 0, []
    with letters.connected(smtp) as server:
        for each in letters_due:
            try:
                sent += _carry(server, each, smtp.sender, url)
            except letters.UNDELIVERABLE:
                refused.append(each.name)
    return sent, refused


def _carry(server: smtplib.SMTP, notice: Waiting, sender: str, url: str) -> bool:
    """Claim the notice, then send it; the claim is given back where the server took nothing.

    The claim is committed first: of two commands at once only one sends, and nobody is kept from
    writing while the server is waited for. Killed in between, it leaves the notice unsent; the
    program itself still shows it.
    """
    session = db.session()
    try:
        noticing.carried(session, notice.notice_id, Channel.EMAIL, at=clock.now())
    except IntegrityError:
        db.session.rollback()
        return False
    db.session.commit()
    try:
        server.send_message(_letter(notice, sender, url))
    except (OSError, *letters.UNDELIVERABLE):
        noticing.not_carried(session, notice.notice_id, Channel.EMAIL)
        db.session.commit()
        raise
    return True


def _letter(notice: Waiting, sender: str, url: str) -> MIMEText:
    site = url.rstrip("/")
    text = f"{notice.text}\n\nMở: {site}{notice.path}\nĐổi cách nhận lời nhắc: {site}/loi-nhac"
    return letters.letter(notice, notice.kind.label, text, sender)
