"""Only push services that are named are ever spoken to, however an address is written."""

import pytest

from catalogue.domain.errors import Invalid
from catalogue.domain.push import USUAL_HOSTS, address, browser, decoded


@pytest.mark.parametrize(
    ("endpoint", "name"),
    [
        ("https://fcm.googleapis.com/fcm/send/a:b", "Chrome hoặc trình duyệt cùng họ"),
        ("https://updates.push.services.mozilla.com/wpush/v2/x", "Firefox"),
        ("https://wns2-by3p.notify.windows.com/w/?token=a%3d", "Edge"),
        ("https://web.push.apple.com:443/x", "Safari"),
    ],
)
def test_the_services_of_the_browsers_in_use_are_taken_and_named(endpoint: str, name: str) -> None:
    assert address(endpoint, USUAL_HOSTS).geturl() == endpoint
    assert browser(endpoint) == name


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "http://fcm.googleapis.com/x",
        "ftp://fcm.googleapis.com/x",
        "//fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com:/x",
        "https://fcm.googleapis.com:99999/x",
        "https://fcm.googleapis.com.evil.example/x",
        "https://evil.example/fcm.googleapis.com",
        "https://evilfcm.googleapis.com/x",
        "https://fcm.googleapis.com@evil.example/x",
        "https://user@fcm.googleapis.com/x",
        "https://fcm.googleapis.com\\@evil.example/x",
        "https://evil.example\\.notify.windows.com/x",
        "https://notify.windows.com/x",
        "https://.notify.windows.com.evil/x",
        "https://fcm.googleapis.com/x#y",
        "https://fcm.googleapis.com/x y",
        "https://fcm.googleapis.com/x\r\nHost: evil",
        "https://fcm.googleapis.com/đ",
        "https://[fcm.googleapis.com]/x",
        "https://127.0.0.1/x",
        "http://127.0.0.1:5432/x",
        "http://localhost/x",
        "http://169.254.169.254/latest/meta-data",
        "https://fcm.googleapis.com/" + "a" * 2000,
    ],
)
def test_any_other_address_is_refused(endpoint: str) -> None:
    with pytest.raises(Invalid, match="CATALOGUE_PUSH_HOSTS"):
        address(endpoint, USUAL_HOSTS)


def test_the_loopback_is_spoken_to_only_where_it_is_named() -> None:
    assert address("http://127.0.0.1:81/x", ("127.0.0.1",)).port == 81
    with pytest.raises(Invalid):
        address("http://localhost:81/x", ("127.0.0.1",))
    with pytest.raises(Invalid):
        address("http://127.0.0.1:81/x", ("*.0.0.1",))


@pytest.mark.parametrize("text", ["", "a", "ab+/", "a b", "ă", "abc==="])
def test_what_is_not_base64url_is_not_read(text: str) -> None:
    with pytest.raises(ValueError, match="base64url"):
        decoded(text)
