"""The first page leads to what was sent back to be corrected, while it can be."""

import sqlite3

import pytest
from flask import Flask

from tests.blueprints.conftest import SignIn, database_of
from tests.blueprints.world import World

LINK = 'href="/ket-qua-cua-toi?thang=2024-04&amp;danh-gia=correction"'
_CLOSE = (
    "INSERT INTO month_closing (unit_id, month, closed_by_id, closed_at) "
    "SELECT reporting_unit_id, '2024-04-01', 1, '2024-05-02' FROM unit WHERE id = ?"
)


@pytest.mark.parametrize("closed", [False, True])
def test_lines_to_be_corrected_are_counted_until_their_month_is_closed(
    app: Flask, sign_in: SignIn, world: World, *, closed: bool
) -> None:
    staff = sign_in("staff")
    assert LINK not in staff.get("/").text
    with sqlite3.connect(database_of(app)) as connection:
        connection.execute("UPDATE log_line SET verdict = 'correction' WHERE id = ?", (world.line,))
        if closed:
            connection.execute(_CLOSE, (world.unit,))
    connection.close()
    page = staff.get("/").text
    assert (LINK in page) is not closed
    assert ("1 dòng tháng 04/2024 được đề nghị sửa" in page) is not closed
