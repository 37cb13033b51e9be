"""What is sealed only the browser opens, as RFC 8291 writes it; what is signed can be verified."""

import json
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec

from catalogue.domain.push import Subscription, decoded
from catalogue.exporters import push_message
from tests.push_service import CURVE, SIGNING_KEY, Browser, sender

AT = datetime(2024, 4, 10, 7, tzinfo=UTC)
ENDPOINT = "https://fcm.googleapis.com/fcm/send/abc"


def key_of(text: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(decoded(text), "big"), CURVE)


def test_the_worked_example_of_the_standard_comes_out_byte_by_byte() -> None:
    """RFC 8291, section 5 and appendix A."""
    receiver = Subscription(
        "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV",
        decoded(
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
        ),
        decoded("BTBZMqHH6r4Tts7J_aSIgg"),
    )
    body = push_message.seal(
        b"When I grow up, I want to be a watermelon",
        receiver,
        once=key_of("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
        salt=decoded("DGv6ra1nlYgDCS1FRnbzlw"),
    )
    assert body == decoded(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
        "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
        "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )
    private = key_of("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94")
    assert b"watermelon" in Browser(private, receiver.secret).open(body)


def test_two_messages_share_neither_key_nor_salt_and_open_for_nobody_else() -> None:
    browser = Browser()
    first, second = (push_message.sealed(b"x", browser.subscription(ENDPOINT)) for _ in range(2))
    assert first[:16] != second[:16]
    assert first[21:86] != second[21:86]
    assert browser.open(second) == b"x"
    with pytest.raises(InvalidTag):
        Browser().open(first)


@pytest.mark.parametrize("letter", ["ở", "\U0001f600", '"', "\\"])
def test_the_longest_notice_fits_one_record(letter: str) -> None:
    browser = Browser()
    plain = push_message.message("Ngày hôm trước chưa ghi", letter * 2000, "/" + "a" * 199)
    body = push_message.sealed(plain, browser.subscription(ENDPOINT))
    assert len(body) <= 4096
    shown = json.loads(browser.open(body))["text"]
    assert shown == letter * 499 + "…"


def test_the_proof_names_one_push_service_and_is_signed() -> None:
    key = decoded(SIGNING_KEY)
    written = push_message.proof(urlsplit(ENDPOINT), key, "mailto:a@b.example", at=AT)
    told = sender(written, AT)
    assert (told["aud"], told["sub"]) == ("https://fcm.googleapis.com", "mailto:a@b.example")
    assert told["key"] == push_message.public_key(key)


def test_a_new_key_is_a_key_each_time() -> None:
    keys = {push_message.new_private_key() for _ in range(3)}
    assert {len(key) for key in keys} == {32}
    assert len({push_message.public_key(key) for key in keys}) == 3


@pytest.mark.parametrize(
    "key",
    [b"", b"\x04" + bytes(64), Browser().point[:64], bytes(65)],
    ids=["nothing", "no point", "cut", "no sign"],
)
def test_what_lies_off_the_curve_is_no_browsers_key(key: bytes) -> None:
    assert not push_message.is_browser_key(key)


def test_a_browsers_key_is_known_for_one() -> None:
    assert push_message.is_browser_key(Browser().point)
