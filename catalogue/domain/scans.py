"""Which scanned papers are taken: recognised by their first bytes, whatever they are called."""

from catalogue.domain.errors import Invalid

_KINDS = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)


def media_type(content: bytes) -> str:
    """Give the kind of a scan; raises Invalid for anything but PDF, JPEG and PNG."""
    for start, kind in _KINDS:
        if content.startswith(start):
            return kind
    found = "tệp trống" if not content else "tệp này không phải loại nào trong ba loại đó"
    message = f"Bản quét: chỉ nhận PDF, JPG hoặc PNG; {found}. Hãy quét lại rồi chọn tệp."
    raise Invalid(message, field="scan")
