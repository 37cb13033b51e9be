"""The form by which a month is closed."""

from wtforms import BooleanField

from catalogue.forms.base import Form


class ClosingForm(Form):
    """Closing needs the intent, and a box where something is lacking."""

    acknowledged = BooleanField("Tôi đã xem danh sách còn thiếu và vẫn khóa")
