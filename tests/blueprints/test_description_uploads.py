"""The page «Nhập bản mô tả»: sent, compared field by field, and only then put in drafts."""

import io
import stat
from dataclasses import replace
from zipfile import ZipFile, ZipInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from catalogue.cli import working
from catalogue.domain import drafting as contents
from catalogue.domain.description import Description, Task
from catalogue.domain.reviewing import JobState
from catalogue.domain.states import DraftState
from catalogue.domain.word_tags import Origin
from catalogue.exporters import description_document
from catalogue.extensions import db
from catalogue.importers.reading import Reader
from catalogue.models import DescriptionDraft, Job, PositionVersion, StoredFile, TaskVersion
from tests.blueprints.conftest import SignIn
from tests.blueprints.world import TASKS, World
from tests.docx_kit import docx, pack
from tests.drafts import whole_record
from tests.making import description_of

NAME = "Chuyên viên tham mưu lĩnh vực số 1"
DRAFTED = "Chuyên viên tham mưu lĩnh vực số 2"
FRESH = "Chuyên viên tham mưu lĩnh vực số 3"


@pytest.fixture(autouse=True)
def _without_tokens(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def officer(sign_in: SignIn) -> FlaskClient:
    return sign_in("unit_officer")


def word(*records: Description) -> bytes:
    return description_document.write(records)


def send(
    client: FlaskClient, world: World, content: bytes, name: str = "mo-ta.docx", whose: str = ""
) -> TestResponse:
    data = {"file": (io.BytesIO(content), name), "whose": whose or f"don-vi-{world.unit}"}
    answer = client.post("/nhap-mo-ta", data=data, content_type="multipart/form-data")
    answer.request.environ["wsgi.input"].close()  # the client leaves its own spool open
    return answer


def read(app: Flask, answer: TestResponse) -> str:
    """Have a sent file read; answers its page's path."""
    assert answer.status_code == 303, answer.text
    with app.app_context(), Reader() as reader:
        while working._work_on_next(db.engine, reader):
            pass
    return answer.location


def linked(name: str) -> bytes:
    """A zip whose one entry is a symbolic link out of it."""
    target, entry = io.BytesIO(), ZipInfo(name)
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    with ZipFile(target, "w") as archive:
        archive.writestr(entry, "/etc/passwd")
    return target.getvalue()


def hidden(page: str, name: str) -> str:
    return page.split(f'name="{name}" value="', 1)[1].split('"', 1)[0]


def chosen(page: str, *numbers: int, agreed: tuple[str, ...] = ()) -> dict[str, object]:
    """What the page sends when these descriptions are ticked."""
    data: dict[str, object] = {"ghi": [str(number) for number in numbers]}
    for number in numbers:
        for name in (f"vi-tri-{number}", f"thay-{number}"):
            data[name] = hidden(page, name)
        data[f"tiep-{number}"] = list(agreed)
    return data


def draft_of(app: Flask, name: str, unit_id: int | None) -> DescriptionDraft | None:
    with app.app_context(), Session(db.engine) as session:
        query = (
            select(DescriptionDraft)
            .join(PositionVersion, PositionVersion.id == DescriptionDraft.position_version_id)
            .where(PositionVersion.name == name)
            .where(DescriptionDraft.unit_id.is_not_distinct_from(unit_id))
        )
        return session.scalars(query).first()


def said(app: Flask, name: str, unit_id: int | None) -> Description:
    draft = draft_of(app, name, unit_id)
    assert draft
    return contents.from_json(draft.content).description


def test_a_file_is_compared_with_what_is_in_force_and_begins_a_draft(
    app: Flask, officer: FlaskClient, world: World
) -> None:
    changed = description_of(NAME, (f"{TASKS[0]} của cơ quan", TASKS[1], "Trực cơ quan"))
    path = read(app, send(officer, world, word(changed)))

    page = officer.get(path).text

    assert "So với bản đang có hiệu lực (lần 1)" in page
    assert '<span class="visually-hidden">[thêm: </span> của cơ quan' in page
    assert "«Soạn thảo kế hoạch công tác năm của cơ quan» tiếp nối" in page
    assert draft_of(app, NAME, world.unit) is None
    answer = officer.post(f"{path}/ghi", data=chosen(page, 0, agreed=("0",)))
    assert "đã mở bản soạn mới" in officer.get(answer.location).text
    draft = said(app, NAME, world.unit)
    with app.app_context(), Session(db.engine) as session:
        former = {task.text: task.task_id for task in session.scalars(select(TaskVersion))}
    assert [task.goes_on_from for task in draft.duties[0].tasks] == [
        (former[TASKS[0]],),
        (former[TASKS[1]],),
        (),
    ]


def test_a_proposal_that_was_unticked_makes_a_new_task(
    app: Flask, officer: FlaskClient, world: World
) -> None:
    changed = description_of(NAME, (f"{TASKS[0]} của cơ quan", TASKS[1]))
    path = read(app, send(officer, world, word(changed)))
    officer.post(f"{path}/ghi", data=chosen(officer.get(path).text, 0))
    first, second = said(app, NAME, world.unit).duties[0].tasks
    assert first.goes_on_from == ()
    assert second.goes_on_from != ()


def test_a_file_changes_the_sections_of_an_open_draft_and_the_same_file_twice_nothing(
    app: Flask, officer: FlaskClient, world: World
) -> None:
    content = word(replace(whole_record(DRAFTED), purpose="Mục tiêu viết trong Word."))
    path = read(app, send(officer, world, content))
    page = officer.get(path).text
    assert "So với bản đang soạn" in page
    officer.post(f"{path}/ghi", data=chosen(page, 0))
    draft = draft_of(app, DRAFTED, world.unit)
    assert draft
    assert said(app, DRAFTED, world.unit).purpose == "Mục tiêu viết trong Word."
    # What the form has no place for stays as it was written here.
    assert said(app, DRAFTED, world.unit).duties == whole_record(DRAFTED).duties
    assert [name for name, revision in draft.revisions.items() if revision > 1] == ["purpose"]

    again = send(officer, world, content)

    assert "đã được ghi từ trước; không có gì thay đổi" in officer.get(again.location).text


def test_a_draft_that_changed_since_the_comparison_is_left_alone(
    app: Flask, officer: FlaskClient, world: World
) -> None:
    path = read(app, send(officer, world, word(replace(whole_record(DRAFTED), purpose="A"))))
    page = officer.get(path).text
    with app.app_context(), Session(db.engine) as session, session.begin():
        draft = session.get_one(DescriptionDraft, world.description_draft)
        draft.revisions = draft.revisions | {"purpose": 2}
    answer = officer.post(f"{path}/ghi", data=chosen(page, 0))
    shown = officer.get(answer.location).text
    assert "đã đổi sau khi bạn mở bảng so sánh" in shown
    assert said(app, DRAFTED, world.unit).purpose != "A"


def test_a_draft_sent_for_appraisal_is_not_written_to(
    app: Flask, officer: FlaskClient, world: World
) -> None:
    with app.app_context(), Session(db.engine) as session, session.begin():
        session.get_one(DescriptionDraft, world.description_draft).state = DraftState.SUBMITTED
    path = read(app, send(officer, world, word(replace(whole_record(DRAFTED), purpose="A"))))
    page = officer.get(path).text
    assert "Đã gửi thẩm định" in page
    assert 'name="ghi"' not in page


def test_a_file_printed_here_is_known_by_what_it_says_of_itself_and_told_to_be_old(
    app: Flask, officer: FlaskClient, world: World
) -> None:
    printed = officer.get(f"/soan-mo-ta/{world.description_draft}.docx").data
    page = officer.get(read(app, send(officer, world, printed, "a.docx"))).text
    assert "Không có gì khác, không cần ghi." in page
    assert "checked" not in page
    assert "tải về trước lần sửa mới nhất" not in page
    with app.app_context(), Session(db.engine) as session, session.begin():
        draft = session.get_one(DescriptionDraft, world.description_draft)
        draft.revisions = draft.revisions | {"purpose": 2}
        origin = Origin(draft.position_id, draft.unit_id, draft_id=draft.id, revision=7)
    renamed = replace(whole_record("Tên mới hẳn"), code="MÃ-MỚI")
    sent = send(officer, world, description_document.write([renamed], origins=[origin]), "b.docx")
    page = officer.get(read(app, sent)).text
    assert f"Nhận ra là vị trí <strong>{DRAFTED}</strong>" in page
    assert "tải về trước lần sửa mới nhất" in page


def test_a_zip_gives_all_its_descriptions_and_names_the_file_that_it_refuses(
    app: Flask, officer: FlaskClient, world: World
) -> None:
    zipped = pack(
        {
            "phong/a.docx": word(whole_record(FRESH)),
            "phong/b.docx": word(whole_record(NAME), whole_record("Nhân viên cơ yếu")),
            "phong/hỏng.docx": docx("không phải bản mô tả"),
            "phong/bang.xlsx": b"x",
            "__MACOSX/a.docx": b"x",
        }
    )
    path = read(app, send(officer, world, zipped, "phong.zip"))

    page = officer.get(f"{path}?chon=khong-van-de").text

    assert "Đã đọc 3 bản mô tả trong 4 tệp" in page
    assert "<strong>phong/hỏng.docx</strong>: Tệp «phong/hỏng.docx» không có bản mô tả" in page
    assert "<strong>phong/bang.xlsx</strong>" in page
    assert "Chưa rõ là bản mô tả của vị trí nào" in page
    assert page.count("checked") == 2
    officer.post(f"{path}/ghi", data=chosen(page, 0, 1))
    assert said(app, FRESH, world.unit).name == FRESH
    assert said(app, NAME, world.unit).name == NAME
    with app.app_context(), Session(db.engine) as session:
        job = session.scalars(select(Job).order_by(Job.id.desc())).first()
        assert job
        assert job.state is JobState.READY  # one is left to be placed by a person
    officer.post(f"{path}/bo")
    assert "Đã ghi</span>" in officer.get(path).text


def test_a_position_that_the_file_does_not_name_is_chosen_on_the_page(
    app: Flask, officer: FlaskClient, world: World
) -> None:
    path = read(app, send(officer, world, word(whole_record("Chuyên viên lĩnh vực số ba"))))
    version = draft_version(app, FRESH)
    assert f'<option value="{version}"' in officer.get(path).text
    page = officer.get(f"{path}?vi-tri-0={version}").text
    assert "Bạn đã chọn vị trí" in page
    officer.post(f"{path}/ghi", data=chosen(page, 0))
    assert said(app, FRESH, world.unit).name == "Chuyên viên lĩnh vực số ba"


def draft_version(app: Flask, name: str) -> int:
    with app.app_context(), Session(db.engine) as session:
        query = select(PositionVersion.id).where(PositionVersion.name == name)
        return session.scalars(query).one()


def test_a_unit_officer_writes_for_their_unit_alone_and_an_organiser_general_ones(
    app: Flask, sign_in: SignIn, officer: FlaskClient, world: World
) -> None:
    content = word(whole_record(FRESH))
    for whose in ("chung", f"don-vi-{world.other_unit}", "don-vi-999"):
        assert send(officer, world, content, whose=whose).status_code == 422
    organiser = sign_in("organiser")
    assert send(organiser, world, content).status_code == 422
    path = read(app, send(organiser, world, content, whose=f"chung-{world.agency}"))
    organiser.post(f"{path}/ghi", data=chosen(organiser.get(path).text, 0))
    assert said(app, FRESH, None).name == FRESH


def test_an_organiser_sees_a_units_upload_and_may_not_write_it(
    sign_in: SignIn, world: World
) -> None:
    organiser, path = sign_in("organiser"), f"/nhap-mo-ta/{world.sent_descriptions}"
    page = organiser.get(path).text
    assert "không được giao soạn bản mô tả này" in page
    assert 'name="ghi"' not in page
    data = {"ghi": "0", "vi-tri-0": "3", "thay-0": ""}
    assert organiser.post(f"{path}/ghi", data=data).status_code == 403


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"%PDF-1.4", "b.docx", "nhận ra: PDF"),
        (b"%PDF-1.4", "a.pdf", "đuôi tệp «.pdf»"),
        (pack({"trong.zip": b"PK"}), "a.zip", "tệp nén lồng bên trong: trong.zip"),
        (pack({"../ngoai.docx": b"x"}), "a.zip", "../ngoai.docx"),
        (pack({"to.docx": bytes(11 * 2**20)}), "a.zip", "a.zip › to.docx"),
        (pack({"nén.docx": bytes(2 * 2**20)}), "a.zip", "a.zip › nén.docx"),
        (pack({f"{n}.docx": b"x" for n in range(201)}), "a.zip", "201 tệp, vượt giới hạn 200"),
        (pack({"__MACOSX/x.docx": b"x"}), "a.zip", "không có tệp Word nào"),
        (docx("a"), "a.zip", "tệp Office mang đuôi .zip"),
        (linked("trỏ.docx"), "a.zip", "liên kết tới tệp khác: trỏ.docx"),
    ],
)
def test_a_hostile_file_is_refused_in_words_before_anything_is_kept(
    app: Flask, officer: FlaskClient, world: World, content: bytes, name: str, words: str
) -> None:
    answer = send(officer, world, content, name)
    assert answer.status_code == 422
    assert words in answer.text
    with app.app_context(), Session(db.engine) as session:
        kept = select(StoredFile).where(StoredFile.name == name)
        assert session.scalars(kept).first() is None


def test_nothing_chosen_is_said_and_what_was_read_stays(officer: FlaskClient, world: World) -> None:
    answer = officer.post(f"/nhap-mo-ta/{world.sent_descriptions}/ghi", data={})
    assert answer.status_code == 422
    assert "Chưa chọn bản nào" in answer.text
    assert "Vị trí này chưa có bản mô tả nào" in answer.text


def test_an_old_form_that_names_what_is_not_there_changes_nothing(
    app: Flask, officer: FlaskClient, world: World
) -> None:
    path = f"/nhap-mo-ta/{world.sent_descriptions}/ghi"
    answer = officer.post(path, data={"ghi": "7", "vi-tri-7": "1", "thay-7": ""})
    assert "tệp không có bản mô tả này" in officer.get(answer.location).text
    assert officer.post(path, data={"ghi": "0", "vi-tri-0": "x"}).status_code == 422
    assert draft_of(app, FRESH, world.unit) is None


def test_what_a_file_was_read_as_survives_odd_texts(
    app: Flask, officer: FlaskClient, world: World
) -> None:
    odd = replace(whole_record(FRESH), purpose="<script>alert(1)</script> & «{{ 7*7 }}»")
    first, *others = odd.duties
    odd = replace(odd, duties=(replace(first, tasks=(Task("<b>đậm</b>"),), criteria=()), *others))
    page = officer.get(read(app, send(officer, world, word(odd)))).text
    assert "<script>alert" not in page
    assert "&lt;b&gt;đậm&lt;/b&gt;" in page
