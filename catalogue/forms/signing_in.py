"""The forms of signing in and of choosing a password."""

from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from catalogue.domain.limits import PASSWORD_LONGEST, PASSWORD_SHORTEST, SEARCH_CHARACTERS
from catalogue.forms.base import Form

_WITHIN = Length(max=PASSWORD_LONGEST, message=f"Mật khẩu: không quá {PASSWORD_LONGEST} ký tự.")


class SignInForm(Form):
    """Who one is."""

    username = StringField(
        "Tên đăng nhập",
        [
            InputRequired("Tên đăng nhập: chưa nhập."),
            Length(max=SEARCH_CHARACTERS, message="Tên đăng nhập: quá dài."),
        ],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        "Mật khẩu",
        [InputRequired("Mật khẩu: chưa nhập."), _WITHIN],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()


class PasswordForm(Form):
    """A password chosen, typed twice."""

    password = PasswordField(
        "Mật khẩu mới",
        [
            InputRequired("Mật khẩu: chưa nhập."),
            Length(
                min=PASSWORD_SHORTEST, message=f"Mật khẩu: cần ít nhất {PASSWORD_SHORTEST} ký tự."
            ),
            _WITHIN,
        ],
        render_kw={"autocomplete": "new-password"},
    )
    repeated = PasswordField(
        "Nhập lại mật khẩu mới",
        [EqualTo("password", "Nhập lại mật khẩu: hai lần nhập không giống nhau.")],
        render_kw={"autocomplete": "new-password"},
    )
