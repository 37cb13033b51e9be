"""Two descriptions side by side, on the page and as a Word file."""

from dataclasses import replace

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain import drafting as contents
from catalogue.domain.drafting import Content
from catalogue.domain.states import DraftMove
from catalogue.extensions import db
from catalogue.models import Account, Description, DescriptionDraft, DraftStep, Submission
from tests.blueprints.conftest import SignIn
from tests.blueprints.world import World
from tests.docx_kit import W
from tests.drafts import whole_record
from tests.exporters.word_rules import broken_rules, document_of
from tests.making import AT


def other_version(app: Flask, world: World) -> int:
    """Another description, of another position."""
    with app.app_context(), Session(db.engine) as session:
        query = select(Description.id).where(Description.id != world.description)
        return session.scalars(query.order_by(Description.id.desc())).all()[0]


def test_two_versions_are_compared_in_one_column_or_two_with_who_wrote_them(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    client, other = sign_in("staff"), other_version(app, world)
    path = f"/mo-ta/so-sanh?tu={world.description}&den={other}"
    one, two = client.get(path).text, client.get(f"{path}&cach=hai-cot").text
    assert "Đọc từ tệp" in one
    assert "Tiếp nối công việc" not in one  # no task of one position is another one's
    assert '<ins><span class="visually-hidden">[thêm: </span>' in one
    assert '<th scope="col">Bản trước</th>' not in one
    assert '<th scope="col">Bản trước</th>' in two
    assert f'href="/mo-ta/so-sanh.docx?tu={world.description}&amp;den={other}"' in one


def test_a_version_is_the_same_as_itself(sign_in: SignIn, world: World) -> None:
    path = f"/mo-ta/so-sanh?tu={world.description}&den={world.description}"
    assert "Hai bản giống hệt nhau" in sign_in("staff").get(path).text


def test_versions_are_found_by_the_positions_name_without_marks(
    sign_in: SignIn, world: World
) -> None:
    page = sign_in("staff").get("/mo-ta/so-sanh?q=linh vuc so 1").text
    assert f'<option value="{world.description}"' in page
    assert "Chọn bản trước" in page


def test_what_is_not_there_is_not_found(sign_in: SignIn, world: World) -> None:
    client = sign_in("staff")
    for path in ("/mo-ta/so-sanh?tu=999999", f"/mo-ta/so-sanh.docx?tu={world.description}"):
        assert client.get(path).status_code == 404
    draft = f"/soan-mo-ta/{world.description_draft}/so-sanh?lan=7"
    assert sign_in("organiser").get(draft).status_code == 404


def test_the_word_file_is_the_form_with_changes_signed_by_who_made_them(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    path = f"/mo-ta/so-sanh.docx?tu={world.description}&den={other_version(app, world)}"
    file = sign_in("staff").get(path).data
    assert [each for each in broken_rules(file) if "goes on with nothing" not in each] == []
    marks = list(document_of(file).iter(f"{{{W}}}ins"))
    assert {mark.get(f"{{{W}}}author") for mark in marks} == {"mo-ta-61.docx"}


def test_a_submission_is_compared_with_what_is_in_force_with_its_steps(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    sent = contents.as_json(
        Content(replace(whole_record("Chuyên viên tham mưu"), purpose="Như đã trình."))
    )
    with app.app_context(), Session(db.engine) as session, session.begin():
        draft = session.get_one(DescriptionDraft, world.description_draft)
        person = session.get_one(Account, world.people["unit_officer"]).person_id
        submission = Submission(
            draft_id=draft.id,
            number=1,
            content=sent,
            sha256=contents.digest(sent),
            submitted_by_id=person,
            submitted_at=AT,
        )
        session.add(submission)
        session.flush()
        move = DraftStep(
            draft_id=draft.id,
            submission_id=submission.id,
            move=DraftMove.SUBMIT,
            person_id=person,
            at=AT,
            note="Xin thẩm định trước 20/4",
        )
        session.add(move)
    client, path = sign_in("head"), f"/soan-mo-ta/{world.description_draft}/so-sanh"
    page = client.get(f"{path}?lan=1").text
    assert "Như đã trình." in page
    assert "Như đã trình." not in client.get(path).text
    assert "Xin thẩm định trước 20/4" in page
    author = f"{W}}}author"
    (first, *_) = document_of(client.get(f"{path}.docx?lan=1").data).iter(f"{{{W}}}ins")
    assert first.get("{" + author) == "Nguyễn Văn unit_officer"
