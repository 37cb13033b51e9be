"""Who sits in the two bodies: read by all whom it concerns, changed by the organiser."""

from tests.blueprints.committee import Before, Enter, whole


def test_seats_are_read_by_all_concerned_and_given_by_the_organiser(
    enter: Enter, before: Before
) -> None:
    page = enter("unit_officer").get("/ban-thuong-vu").text
    whole(page)
    assert "Phạm Thư Ký" in page
    assert "Căn cứ: Quy tắc của bộ kiểm thử" in page
    fields = {
        "stage": "committee",
        "person": before.people["unseated"],
        "office": "Ủy viên Ban Thường vụ",
        "since": "2024-04-10",
    }
    assert enter("chief").post("/ban-thuong-vu/ghe", **fields).status_code == 403
    organiser = enter("organiser")
    whole(organiser.get("/ban-thuong-vu").text)
    assert organiser.post("/ban-thuong-vu/ghe", **fields).status_code == 303
    again = organiser.post("/ban-thuong-vu/ghe", **fields)
    assert again.status_code == 422
    assert "đã có ghế" in again.text
    long_ago = organiser.post("/ban-thuong-vu/ghe", **fields | {"since": "0001-01-01"})
    assert (long_ago.status_code, "từ năm 2000" in long_ago.text) == (422, True)
    assert "Mai Chưa Có Ghế" in enter("auditor").get("/ban-thuong-vu").text
    assert organiser.post("/ban-thuong-vu/ghe/1/thoi").status_code == 303
    assert "đến 10/04/2024" in organiser.get("/ban-thuong-vu").text
    assert enter("chief").post("/ban-thuong-vu/ghe/2/thoi").status_code == 403
