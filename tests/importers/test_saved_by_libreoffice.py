"""Files opened and saved in LibreOffice read as they did before."""

import subprocess
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from catalogue.importers import competency_dictionary, description_document
from tests import dictionary_kit
from tests.description_kit import Maker
from tests.description_printer import Printer
from tests.docx_kit import docx

SEED = 20240329
CONVERT = ("--headless", "--convert-to", "docx:Office Open XML Text", "--outdir", "saved")


@pytest.fixture(scope="module")
def saved(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Descriptions and a dictionary, each saved again by LibreOffice, in one folder."""
    folder = tmp_path_factory.mktemp("libreoffice")
    (folder / "descriptions.docx").write_bytes(descriptions())
    (folder / "dictionary.docx").write_bytes(dictionary())
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [soffice, profile, *CONVERT, "descriptions.docx", "dictionary.docx"],
        cwd=folder,
        check=True,
        capture_output=True,
        timeout=120,
    )
    return folder / "saved"


def descriptions() -> bytes:
    random = Random(SEED)  # noqa: S311
    maker, printer = Maker(random), Printer(random)
    return docx(*(block for _ in range(4) for block in printer.blocks(maker.description())))


def dictionary() -> bytes:
    maker = dictionary_kit.Maker(SEED)
    return docx(*maker.print(maker.entries()))


def test_job_descriptions_are_the_same(saved: Path) -> None:
    before = description_document.read(descriptions())
    after = description_document.read((saved / "descriptions.docx").read_bytes())

    assert len(before) == 4
    assert [replace(one, problems=()) for one in after] == [
        replace(one, problems=()) for one in before
    ]


def test_a_dictionary_is_the_same(saved: Path) -> None:
    before = competency_dictionary.read(dictionary())
    after = competency_dictionary.read((saved / "dictionary.docx").read_bytes())

    assert after == before
