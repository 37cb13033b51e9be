"""Where tests put their files: in memory where there is room, for waiting proves nothing.

What must be proved of a real disk, `make proofs` proves on one.
"""

import os
import shutil
import tempfile
from pathlib import Path

_MEMORY = Path("/dev/shm")  # noqa: S108 (a folder of its own is made in it)
_ROOM = 6 * 1024**3


def set_up() -> Path | None:
    """Let this process and those that it starts put their files in memory; None where none is."""
    if "TMPDIR" in os.environ or not os.access(_MEMORY, os.W_OK):
        return None
    if shutil.disk_usage(_MEMORY).free < _ROOM:
        return None
    folder = Path(tempfile.mkdtemp(prefix="catalogue-tests-", dir=_MEMORY))
    folder.chmod(0o755)  # PostgreSQL's own user has to pass through it
    os.environ["TMPDIR"] = str(folder)
    tempfile.tempdir = None  # so that it is found anew
    return folder


def take_away(folder: Path) -> None:
    del os.environ["TMPDIR"]
    tempfile.tempdir = None
    shutil.rmtree(folder, ignore_errors=True)
