"""The file that a command is given, taken in before anything looks inside."""

import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Self

from catalogue.domain.errors import Invalid
from catalogue.domain.limits import MEBIBYTE, UPLOAD_BYTES

_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Given:
    """A file as it was given: its name in Unicode, and its bytes."""

    name: str
    data: bytes

    @classmethod
    def read(cls, path: Path, limit: int = UPLOAD_BYTES) -> Self:
        """Read at most what is accepted; a device that never ends does not hold the program up."""
        # Names out of old archives are not always UTF-8, and no database keeps what is not.
        name = os.fsencode(path.name).decode("utf-8", "replace")
        with path.open("rb") as file:
            data = file.read(limit + 1)
        if len(data) > limit:
            raise Invalid(
                f"Tệp «{name}» lớn hơn {limit // MEBIBYTE} MB. "
                "Hãy chia nhỏ rồi tải lại. Chưa có dữ liệu nào được ghi."
            )
        if len(name) > _LONGEST_NAME:
            message = f"Tên tệp dài {len(name)} ký tự, vượt giới hạn {_LONGEST_NAME}. Hãy đổi tên."
            raise Invalid(message)
        return cls(name, data)

    @property
    def sha256(self) -> str:
        return sha256(self.data).hexdigest()
