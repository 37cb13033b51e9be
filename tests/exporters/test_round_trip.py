"""Out to Word, through LibreOffice and in again: nothing lost, nothing moved."""

import io
import subprocess
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from catalogue.domain.description import Description, Duty
from catalogue.domain.layout import LAYOUTS
from catalogue.domain.word_tags import Origin
from catalogue.exporters import description_bundle
from catalogue.importers import description_annotations
from catalogue.importers.description_document import read
from seed.btctw_2752_2765.making.source import SEED
from tests.hostile_kit import Hostile

SAMPLE = Path(__file__).parents[3] / "shared/samples/mo-ta-cong-viec-ho-tro-phuc-vu.docx"
LAYOUT = LAYOUTS[-1]
# LibreOffice takes a sixth of a second for each description: a test run has time for so many of
# every agency's, the proof for all of them.
EVERY = 10
# Of more than some two hundred files in one run, LibreOffice leaves the last ones out in silence.
MOST = 100


def without_problems(data: bytes) -> list[Description]:
    return [replace(each, problems=()) for each in read(data)]


def demonstration() -> dict[str, list[Description]]:
    """Read all descriptions of the demonstration data, and let each task go on from another."""
    former = count(1001)
    return {
        file.stem: [_known(each, former) for each in without_problems(file.read_bytes())]
        for file in sorted((SEED / "descriptions").glob("*.docx"))
    }


def _known(description: Description, former: "count[int]") -> Description:
    return replace(
        description, duties=tuple(_known_duty(each, former) for each in description.duties)
    )


def _known_duty(duty: Duty, former: "count[int]") -> Duty:
    if not duty.tasks:
        return replace(duty, goes_on_from=(next(former),))
    tasks = tuple(replace(task, goes_on_from=(next(former),)) for task in duty.tasks)
    return replace(duty, tasks=tasks)


def origins(descriptions: Sequence[Description]) -> list[Origin]:
    return [Origin(number, None, 1) for number, _ in enumerate(descriptions, 1)]


def through_libreoffice(soffice: str, folder: Path, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Open and save files, as many in one run as LibreOffice takes."""
    for name, file in files.items():
        (folder / f"{name}.docx").write_bytes(file)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = ("--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", "again")
    names = list(files)
    for start in range(0, len(names), MOST):
        batch = names[start : start + MOST]
        command = [soffice, profile, *convert, *(f"{name}.docx" for name in batch)]
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=600)
    return {name: (folder / "again" / f"{name}.docx").read_bytes() for name in files}


def test_descriptions_of_every_agency_bound_in_one_file_are_the_same_after_libreoffice(
    soffice: str, tmp_path: Path
) -> None:
    made = {name: each[::EVERY] for name, each in demonstration().items()}
    files = {
        name: description_bundle.bound(
            name, list(zip(each, origins(each), strict=True)), layout=LAYOUT
        )
        for name, each in made.items()
    }
    saved = through_libreoffice(soffice, tmp_path, files)
    assert sum(map(len, made.values())) > 35
    for name, file in saved.items():
        assert without_problems(file) == made[name], name
    first = next(iter(made))
    assert list(description_annotations.read(saved[first]).origins) == origins(made[first])


@pytest.mark.proof
def test_every_description_in_a_file_of_its_own_is_the_same_after_libreoffice(
    soffice: str, tmp_path: Path
) -> None:
    made = [each for several in demonstration().values() for each in several]
    assert len(made) > 360
    zipped = description_bundle.zipped([(each, None) for each in made], layout=LAYOUT)
    with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
        files = {f"{n:03d}": archive.read(name) for n, name in enumerate(archive.namelist())}
    saved = through_libreoffice(soffice, tmp_path, files)
    assert [without_problems(file) for file in saved.values()] == [[each] for each in made]


@pytest.mark.skipif(not SAMPLE.exists(), reason=f"bản mô tả mẫu {SAMPLE.name} không có ở máy này")
def test_an_edited_sample_loses_and_moves_nothing_on_its_way(soffice: str, tmp_path: Path) -> None:
    sample = without_problems(SAMPLE.read_bytes())
    assert len(sample) == 3
    edited = [replace(each, workplace="Trụ sở mới của cơ quan") for each in sample]
    file = description_bundle.bound("Văn phòng", [(each, None) for each in edited], layout=LAYOUT)
    assert without_problems(file) == edited
    (saved,) = through_libreoffice(soffice, tmp_path, {"sample": file}).values()
    assert without_problems(saved) == edited


@pytest.mark.parametrize("seed", range(12))
def test_words_that_look_like_something_else_are_still_what_they_are(seed: int) -> None:
    made = [Hostile(2 * seed).description(), Hostile(2 * seed + 1).description()]
    marks = tuple(dict.fromkeys(mark for each in made for mark in each.marks))
    file = description_bundle.bound("Đơn vị", [(each, None) for each in made], layout=LAYOUT)
    assert without_problems(file) == [replace(each, marks=marks) for each in made]


def test_a_zip_holds_a_file_for_each_description_under_a_name_that_every_system_takes() -> None:
    one = replace(Description("Chuyên viên: tổng hợp / thống kê?"), purpose="Tham mưu.")
    zipped = description_bundle.zipped([(one, None), (one, None)], layout=LAYOUT)
    with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            "01. Chuyên viên tổng hợp thống kê.docx",
            "02. Chuyên viên tổng hợp thống kê.docx",
        ]
        assert [without_problems(archive.read(name)) for name in archive.namelist()] == [[one]] * 2
