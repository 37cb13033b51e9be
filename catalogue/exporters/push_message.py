"""A message that only one browser can open (RFC 8291), and the proof of who sends it (RFC 8292)."""

import json
import os
from datetime import datetime, timedelta
from urllib.parse import SplitResult

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from catalogue.domain.push import Subscription, encoded

_CURVE = ec.SECP256R1()
_NUMBER_BYTES = 32
_POINT_BYTES = 65
_SALT_BYTES = 16
# One record holds the whole message; push services take no larger ones.
_RECORD_BYTES = 4096
_LAST_RECORD = b"\x02"
_MOST_CHARACTERS = 500
_PROOF_HOLDS = timedelta(hours=12)


def new_private_key() -> bytes:
    """Draw the raw private key of a pair."""
    number = ec.generate_private_key(_CURVE).private_numbers().private_value
    return number.to_bytes(_NUMBER_BYTES, "big")


def public_key(private_key: bytes) -> str:
    """Give the other half of a pair, as browsers ask for it; ValueError where the key is none."""
    return encoded(_point(_private(private_key).public_key()))


def is_browser_key(key: bytes) -> bool:
    """Tell whether bytes are an uncompressed point of the curve, as every browser makes them."""
    if len(key) != _POINT_BYTES:
        return False
    try:
        _public(key)
    except ValueError:
        return False
    return True


def message(title: str, text: str, path: str) -> bytes:
    """Write what a device shows; a long text is cut, for one record has to hold all of it."""
    shown = text if len(text) <= _MOST_CHARACTERS else f"{text[: _MOST_CHARACTERS - 1]}…"
    told = {"title": title, "text": shown, "path": path}
    return json.dumps(told, ensure_ascii=False).encode()


def sealed(plain: bytes, to: Subscription) -> bytes:
    """Encrypt a message for one browser, under a key pair and a salt that are used once."""
    return seal(plain, to, once=ec.generate_private_key(_CURVE), salt=os.urandom(_SALT_BYTES))


def seal(plain: bytes, to: Subscription, *, once: ec.EllipticCurvePrivateKey, salt: bytes) -> bytes:
    """Encrypt under a given pair and salt: RFC 8291 §3.4, in the single record of RFC 8188."""
    sender = _point(once.public_key())
    shared = once.exchange(ec.ECDH(), _public(to.key))
    secret = _derived(to.secret, shared, b"WebPush: info\0" + to.key + sender, 32)
    key = _derived(salt, secret, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(salt, secret, b"Content-Encoding: nonce\0", 12)
    head = salt + _RECORD_BYTES.to_bytes(4, "big") + bytes([len(sender)]) + sender
    return head + AESGCM(key).encrypt(nonce, plain + _LAST_RECORD, None)


def proof(to: SplitResult, private_key: bytes, subject: str, *, at: datetime) -> str:
    """Sign, for one push service, who sends and whom to write to about it: `Authorization`."""
    key = _private(private_key)
    told = {
        "aud": f"{to.scheme}://{to.netloc}",
        "exp": int((at + _PROOF_HOLDS).timestamp()),
        "sub": subject,
    }
    signed = f"{_part({'typ': 'JWT', 'alg': 'ES256'})}.{_part(told)}"
    numbers = decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(SHA256())))
    signature = b"".join(number.to_bytes(_NUMBER_BYTES, "big") for number in numbers)
    token = f"{signed}.{encoded(signature)}"
    return f"vapid t={token}, k={encoded(_point(key.public_key()))}"


def _part(content: dict[str, object]) -> str:
    return encoded(json.dumps(content, separators=(",", ":")).encode())


def _derived(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)


def _private(key: bytes) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(key, "big"), _CURVE)


def _public(key: bytes) -> ec.EllipticCurvePublicKey:
    return ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, key)


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
