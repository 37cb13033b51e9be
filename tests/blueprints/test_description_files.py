"""Job descriptions taken away as Word files: they say what they are, and read back."""

import io
import zipfile
from dataclasses import replace

from catalogue.importers import description_annotations, description_document
from tests.blueprints.conftest import SignIn
from tests.blueprints.world import World
from tests.drafts import whole_record


def test_a_draft_goes_out_as_it_stands_and_says_which_revision_it_is(
    sign_in: SignIn, world: World
) -> None:
    answer = sign_in("unit_officer").get(f"/soan-mo-ta/{world.description_draft}.docx")
    (read,) = description_document.read(answer.data)
    assert replace(read, problems=()) == whole_record(read.name)
    (origin,) = description_annotations.read(answer.data).origins
    assert (origin.draft_id, origin.revision) == (world.description_draft, 7)


def test_a_units_descriptions_come_in_a_zip_or_bound_each_with_its_version_and_its_tasks(
    sign_in: SignIn, world: World
) -> None:
    client = sign_in("staff")
    bound = client.get(f"/don-vi/{world.unit}/mo-ta.docx").data
    zipped = client.get(f"/don-vi/{world.unit}/mo-ta.zip").data
    with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
        single = [archive.read(name) for name in archive.namelist()]
    together = description_document.read(bound)
    assert together == tuple(each for file in single for each in description_document.read(file))
    tasks = [task for each in together for duty in each.duties for task in duty.tasks]
    assert tasks
    assert all(task.goes_on_from for task in tasks)
    origins = description_annotations.read(bound).origins
    assert len(origins) == len(together)
    assert all(each.number for each in origins)


def test_a_units_page_offers_its_descriptions_and_a_unit_without_any_says_so(
    sign_in: SignIn, world: World
) -> None:
    client = sign_in("organiser")
    assert "mo-ta.zip" in client.get(f"/don-vi/{world.unit}").text
    assert "mo-ta.zip" not in client.get(f"/don-vi/{world.district}").text
    for file in ("mo-ta.zip", "mo-ta.docx"):
        answer = client.get(f"/don-vi/{world.district}/{file}")
        assert answer.status_code == 404
        assert "chưa có bản mô tả công việc nào" in answer.text
    assert client.get("/don-vi/999/mo-ta.zip").status_code == 404
