"""Sending the reminders of milestones by e-mail, on a daily timer, and to which addresses."""

import smtplib
from email.mime.text import MIMEText

import click
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from catalogue.cli import clock, letters
from catalogue.config import BadSetting, Smtp
from catalogue.domain.errors import NotFound
from catalogue.extensions import db
from catalogue.models import Account
from catalogue.services import accounts, reminding
from catalogue.services.reminding import Due


@click.command()
@click.option("--url", default="http://127.0.0.1:8000", show_default=True, help="Địa chỉ trang.")
@click.pass_context
def remind(ctx: click.Context, url: str) -> None:
    """Gửi thư nhắc mốc thời hạn trước 5, 2 và 1 ngày; mỗi người mỗi lần nhắc một thư."""
    app = ctx.obj()
    smtp: Smtp | None = app.extensions["catalogue_config"].smtp
    with app.app_context():
        waiting = list(reminding.due(db.session(), clock.today()))
        db.session.rollback()  # nobody is kept from writing while the mail server is waited for
        if smtp is None:
            raise BadSetting(
                f"Chưa cấu hình máy chủ thư (CATALOGUE_SMTP_HOST): {len(waiting)} thư nhắc "
                "chưa gửi. Lời nhắc trong chương trình vẫn hiện ở trang đầu."
            )
        sent, refused = _send_all(waiting, smtp, url) if waiting else (0, [])
    click.echo(f"Đã gửi {sent} thư nhắc.")
    if refused:
        names = ", ".join(refused)
        message = f"Máy chủ thư không nhận địa chỉ của: {names}. Hãy xem lại thư điện tử của họ."
        raise letters.NotSent(message)


@click.command()
@click.argument("username")
@click.argument("address", default="")
@click.pass_context
def email(ctx: click.Context, username: str, address: str) -> None:
    """Ghi thư điện tử của một tài khoản để nhận thư nhắc; không nêu ADDRESS thì bỏ địa chỉ."""
    with ctx.obj().app_context():
        wanted = select(Account).where(Account.username == accounts.canonical(username))
        account = db.session.scalar(wanted)
        if account is None:
            message = f"Không có tài khoản «{username}»."
            raise NotFound(message)
        accounts.set_email(db.session(), account, address, by=None, at=clock.now())
        kept = account.email
        db.session.commit()
    click.echo(f"Thư nhắc của {username}: {kept or 'không gửi'}.")


COMMANDS = (remind, email)


def _send_all(waiting: list[Due], smtp: Smtp, url: str) -> tuple[int, list[str]]:
    """Send each letter; answers how many went out, and the names whose address was refused."""
    sent, refused = 0, []
    with letters.connected(smtp) as server:
        for reminder in waiting:
            try:
                sent += _send(server, reminder, _letter(reminder, smtp.sender, url))
            except letters.UNDELIVERABLE:
                refused.append(reminder.recipient.name)
    return sent, refused


def _send(server: smtplib.SMTP, reminder: Due, letter: MIMEText) -> bool:
    """Claim the reminder, then send it; the claim is given back where the server took nothing.

    The claim is committed first: of two commands at once only one sends, and nobody is kept from
    writing while the server is waited for.
    """
    session = db.session()
    try:
        claim = reminding.claim(session, reminder, at=clock.now())
    except IntegrityError:
        db.session.rollback()
        return False
    db.session.commit()
    try:
        server.send_message(letter)
    except (OSError, *letters.UNDELIVERABLE):
        reminding.give_back(session, claim)
        db.session.commit()
        raise
    reminding.record(session, claim)
    db.session.commit()
    return True


def _letter(reminder: Due, sender: str, url: str) -> MIMEText:
    words = reminder.notice.words
    address = f"{url.rstrip('/')}/moc-thoi-han/{reminder.notice.countdown.milestone_id}"
    text = f"{words}.\n\nXem việc còn lại: {address}"
    subject = reminder.notice.countdown.sentence
    return letters.letter(reminder.recipient, subject, text, sender)
