"""Files saved anew by LibreOffice, whose Word files differ from Word's own."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from seed.btctw_2752_2765.making.package import repacked

TIME_LIMIT_SECONDS = 180


def installed() -> bool:
    """Tell whether LibreOffice is here; without it the committed files stay as they are."""
    return shutil.which("soffice") is not None


def save_anew(files: dict[str, bytes]) -> dict[str, bytes]:
    """Open each file in LibreOffice and save it as Word again, all in one start of the program."""
    with tempfile.TemporaryDirectory() as folder:
        before, after = Path(folder, "before"), Path(folder, "after")
        before.mkdir()
        for name, data in files.items():
            (before / name).write_bytes(data)
        command = [
            shutil.which("soffice") or "soffice",
            f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(after),
            *(str(before / name) for name in files),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=TIME_LIMIT_SECONDS)
        return {name: repacked((after / name).read_bytes()) for name in files}
