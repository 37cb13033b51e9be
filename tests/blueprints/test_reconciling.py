"""Two lists on one page: what is proposed, what an officer rules, what others may see of it."""

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from catalogue.domain.words import SourceState
from catalogue.extensions import db
from catalogue.models import Agency, Match, Reconciliation, SourceDocument, Unit
from catalogue.queries.sources import DECISIONS
from catalogue.services import matching, own_lists
from catalogue.services.cataloguing import Source
from tests.blueprints.conftest import SignIn
from tests.blueprints.world import World
from tests.making import (
    AT,
    SINCE,
    annex_of,
    make_agency,
    make_annex_file,
    make_document,
    make_positions,
    make_unit,
)

# Decisions of which a file was read: two for the office of all page tests, one laid here.
READ = 3
OWN = ("Chánh Văn phòng", "Chuyên viên văn thư", "Chuyên viên lưu trữ", "Lái xe cơ quan")
OFFICIAL = ("Chánh Văn phòng", "Chuyên viên về văn thư, lưu trữ", "Kế toán trưởng")


@dataclass(frozen=True)
class Laid:
    """The lists of a kind of agency of its own, laid side by side for all of it."""

    path: str
    agency: int
    unit: int
    document: int
    file: int
    own: dict[str, int]
    rows: dict[str, int]


@contextmanager
def writing(app: Flask) -> Iterator[Session]:
    with app.app_context(), Session(db.engine) as session, session.begin():
        yield session


@pytest.fixture
def laid(app: Flask) -> Laid:
    app.config["WTF_CSRF_ENABLED"] = False
    with writing(app) as session:
        agency = make_agency(session, "UBKT", "Cơ quan Ủy ban Kiểm tra")
        unit = make_unit(session, "UBKTTU", "Ủy ban Kiểm tra Tỉnh ủy", agency)
        reference = session.scalars(
            select(SourceDocument).where(SourceDocument.number == "09-ĐA/TU")
        ).one()
        decision = decision_of(session)
        own = make_positions(session, agency, reference, OWN)
        file = make_annex_file(session, agency, decision, OFFICIAL)
        opened = matching.open(session, agency.id, file.id, by=None, at=AT)
        rows = matching.proposals(session, opened, [])
        return Laid(
            f"/doi-chieu/{opened.id}",
            agency.id,
            unit.id,
            decision.id,
            file.id,
            {each.name: each.id for each in own},
            {row.name: row.key for each in rows for row in each.rows},
        )


@pytest.fixture
def organiser(sign_in: SignIn, laid: Laid) -> FlaskClient:
    del laid
    return sign_in("organiser")


def decision_of(session: Session) -> SourceDocument:
    numbered = select(SourceDocument).where(SourceDocument.number == "2754-QĐ/BTCTW")
    return session.scalars(numbered).one()


def of_own_unit(app: Flask, world: World) -> str:
    """Where the unit officer's own list stands beside the decision read for its agency."""
    with writing(app) as session:
        opened = matching.open(
            session, world.agency, world.official_file, unit_id=world.unit, by=None, at=AT
        )
        return f"/doi-chieu/{opened.id}"


def ticked(laid: Laid, kind: str, *names: str, why: str = "") -> dict[str, object]:
    return {
        "kind": kind,
        "own": [laid.own[name] for name in names if name in laid.own and name in OWN],
        "row": [laid.rows[name] for name in names if name in laid.rows and name not in OWN],
        "why": why,
    }


def test_the_page_proposes_each_line_with_its_score_and_reason(
    organiser: FlaskClient, laid: Laid
) -> None:
    page = organiser.get(laid.path).text
    for words in (
        "Đã đối chiếu 0/3 dòng",
        'chip-same">Trùng khớp',
        'chip-merged">Gộp',
        'chip-local">Của địa phương',
        'chip-missing">Còn thiếu',
        "Đề xuất, 100 điểm: cùng tên",
        "2 vị trí và 1 dòng có nội dung chung 100%",
        "Nhận cả 1 mục trùng khớp hoàn toàn",
    ):
        assert words in page


def test_all_exact_ones_are_accepted_by_one_button(organiser: FlaskClient, laid: Laid) -> None:
    answer = organiser.post(f"{laid.path}/nhan", data={"least": "100"}, follow_redirects=True)
    assert "Đã nhận 1 mục" in answer.text
    assert "Đã đối chiếu 1/3 dòng" in answer.text
    assert "Nguyễn Văn organiser kết luận lúc" in answer.text
    assert "Nhận cả" not in answer.text


def test_a_merge_is_ruled_by_ticking_with_its_why(organiser: FlaskClient, laid: Laid) -> None:
    merge = ticked(laid, "merged", OWN[1], OWN[2], OFFICIAL[1], why="Hai việc một người làm")
    answer = organiser.post(f"{laid.path}/ket-luan?tim=van+thu", data=merge)
    assert answer.status_code == 303
    assert answer.location == f"{laid.path}?tim=van+thu"
    page = organiser.get(answer.location).text
    assert "Vì: Hai việc một người làm" in page
    assert "1–1 trong 1 mục" in page


def test_a_shape_that_does_not_fit_keeps_what_was_ticked_and_typed(
    organiser: FlaskClient, laid: Laid
) -> None:
    wrong = ticked(laid, "split", OWN[1], OFFICIAL[1], why="một lý do dài")
    answer = organiser.post(f"{laid.path}/ket-luan", data=wrong)
    assert answer.status_code == 422
    assert "Tách: cần đúng một vị trí của đơn vị và từ hai dòng" in answer.text
    assert 'value="một lý do dài"' in answer.text
    assert len(re.findall(r"\bchecked\b", answer.text)) == 2
    assert '<option value="split" selected>' in answer.text


def test_the_second_to_rule_is_shown_what_the_first_ruled(
    organiser: FlaskClient, laid: Laid
) -> None:
    organiser.post(f"{laid.path}/ket-luan", data=ticked(laid, "local", OWN[3]))
    second = ticked(laid, "renamed", OWN[3], OFFICIAL[2], why="cùng việc")
    answer = organiser.post(f"{laid.path}/ket-luan", data=second)
    assert answer.status_code == 409
    assert "đã được Nguyễn Văn organiser kết luận «Của địa phương»" in answer.text
    assert 'value="cùng việc"' in answer.text


@pytest.mark.parametrize(
    "sent",
    [
        {"kind": "khac"},
        {"kind": "local", "own": ["x"]},
        {"kind": "local", "own": ["1"] * 201},
        {"kind": "local", "own": ["1"], "why": "x" * 2001},
        {},
    ],
)
def test_a_form_that_makes_no_sense_writes_nothing(
    app: Flask, organiser: FlaskClient, laid: Laid, sent: dict[str, object]
) -> None:
    assert organiser.post(f"{laid.path}/ket-luan", data=sent).status_code == 422
    assert organiser.post(f"{laid.path}/nhan", data={"least": "1"}).status_code == 422
    with writing(app) as session:
        number = int(laid.path.rpartition("/")[2])
        ruled = select(Match).where(Match.reconciliation_id == number)
        assert session.scalars(ruled).all() == []


def test_a_form_sent_too_late_keeps_every_line_that_was_ticked(
    app: Flask, organiser: FlaskClient, laid: Laid
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    merge = ticked(laid, "merged", OWN[1], OWN[2], OFFICIAL[1], why="Hai việc một người làm")
    kept = organiser.post(f"{laid.path}/ket-luan", data=merge)
    assert kept.status_code == 400
    assert kept.text.count('name="own"') == 2
    assert "Hai việc một người làm" in kept.text


def test_a_ruling_taken_back_is_kept_to_be_read(organiser: FlaskClient, laid: Laid) -> None:
    organiser.post(f"{laid.path}/ket-luan", data=ticked(laid, "local", OWN[3], why="xe riêng"))
    undo = re.search(rf"{laid.path}/bo/\d+", organiser.get(laid.path).text)
    assert undo
    page = organiser.post(undo[0], follow_redirects=True).text
    assert "Đã bỏ kết luận." in page
    assert "xe riêng" not in page
    kept = organiser.get(f"{laid.path}?tinh-trang=bo").text
    assert "xe riêng" in kept
    assert "Nguyễn Văn organiser bỏ lúc" in kept
    assert organiser.post(undo[0]).status_code == 409
    assert organiser.post(f"{laid.path}/bo/999").status_code == 404


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("tim=luu+tru", "Chuyên viên lưu trữ", "Kế toán trưởng"),
        ("loai=missing", "Kế toán trưởng", "Lái xe cơ quan"),
        ("tinh-trang=chua", "Lái xe cơ quan", "không có trên trang"),
        ("tinh-trang=da", "Không có mục nào khớp", "Lái xe cơ quan"),
    ],
)
def test_lines_are_found_by_words_kind_and_standing(
    organiser: FlaskClient, laid: Laid, query: str, shown: str, hidden: str
) -> None:
    page = organiser.get(f"{laid.path}?{query}").text
    assert shown in page
    assert hidden not in page
    assert organiser.get(f"{laid.path}?loai=khac").status_code == 422


def test_pages_keep_what_was_asked_for(
    app: Flask, organiser: FlaskClient, laid: Laid, world: World
) -> None:
    del laid
    with writing(app) as session:
        agency = session.get_one(Agency, world.agency)
        file = make_annex_file(session, agency, decision_of(session), ["Lái xe"])
        path = f"/doi-chieu/{matching.open(session, agency.id, file.id, by=None, at=AT).id}"
    first = organiser.get(f"{path}?loai=local&tim=tham+muu").text
    assert "1–50 trong 60 mục" in first
    following = re.search(r'rel="next"\s+href="([^"]+)"', first)
    assert following
    last = organiser.get(following[1].replace("&amp;", "&")).text
    assert "51–60 trong 60 mục" in last
    assert organiser.get(f"{path}?trang=99").status_code == 200


def test_the_export_holds_what_the_filter_shows(organiser: FlaskClient, laid: Laid) -> None:
    organiser.post(f"{laid.path}/ket-luan", data=ticked(laid, "local", OWN[3], why="=xe riêng"))
    answer = organiser.get(f"{laid.path}.csv?loai=local")
    rows = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert len(rows) == 2
    assert rows[1][:3] == ["Đã đối chiếu", "Của địa phương", "Lái xe cơ quan"]
    assert rows[1][8:10] == ["'=xe riêng", "Nguyễn Văn organiser"]


def test_a_newer_file_shows_what_changed_and_closes_the_former_page(
    app: Flask, organiser: FlaskClient, laid: Laid
) -> None:
    organiser.post(f"{laid.path}/nhan", data={"least": "100"})
    with writing(app) as session:
        agency = session.get_one(Agency, laid.agency)
        names = ["Chánh Văn phòng", "Chuyên viên văn thư, lưu trữ và in ấn"]
        newer = make_annex_file(session, agency, decision_of(session), names).id
    answer = organiser.post("/doi-chieu/moi", data={"official_file": newer})
    page = organiser.get(answer.location).text
    assert "Tệp mới khác tệp trước" in page
    assert "2 dòng khác, 1 dòng không đổi" in page
    assert "Đề nghị thôi dùng" in page
    assert "Chuyên viên về văn thư, lưu trữ → Chuyên viên văn thư, lưu trữ và in ấn" in page
    assert "giữ từ lần đối chiếu tệp trước" in page
    former = organiser.get(laid.path).text
    assert "Mở lần đối chiếu với tệp mới" in former
    assert "Ghi kết luận" not in former
    late = organiser.post(f"{laid.path}/ket-luan", data=ticked(laid, "local", OWN[3]))
    assert late.status_code == 409


def test_the_same_lists_lead_to_the_same_page(organiser: FlaskClient, laid: Laid) -> None:
    answer = organiser.post("/doi-chieu/moi", data={"official_file": laid.file})
    assert (answer.status_code, answer.location) == (303, laid.path)
    of_unit = organiser.post("/doi-chieu/moi", data={"official_file": laid.file, "unit": laid.unit})
    assert of_unit.location != laid.path


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"official_file": "999"},
        {"official_file": "x"},
        {"official_file": "file", "unit": "999"},
        {"official_file": "file", "own_file": "999"},
        {"official_file": "file", "own_file": "file"},
        {"official_file": "file", "unit": "other"},
    ],
)
def test_lists_that_do_not_belong_together_are_not_opened(
    organiser: FlaskClient, laid: Laid, world: World, sent: dict[str, str]
) -> None:
    meant = {"file": laid.file, "other": world.unit}
    data = {name: meant.get(value, value) for name, value in sent.items()}
    answer = organiser.post("/doi-chieu/moi", data=data)
    assert answer.status_code == 422
    assert "Chưa ghi được" in answer.text


def test_a_list_that_a_unit_sent_is_offered_as_its_own(
    app: Flask, organiser: FlaskClient, laid: Laid
) -> None:
    with writing(app) as session:
        unit = session.get_one(Unit, laid.unit)
        document = make_document(session, "Danh sách của đơn vị", SourceState.REFERENCE)
        agency = session.get_one(Agency, laid.agency)
        source = Source(document, agency, "own.docx", "7" * 64, SourceState.REFERENCE, SINCE)
        sent = own_lists.record(session, annex_of(OWN), source, unit, by=None, at=AT).id
    form = organiser.get("/doi-chieu/moi").text
    official, own = form.index('id="official_file"'), form.index('id="own_file"')
    assert f'<option value="{sent}"' not in form[official:own]
    assert f'<option value="{sent}"' in form[own:]
    lists = {"official_file": laid.file, "unit": laid.unit, "own_file": sent}
    opened = organiser.post("/doi-chieu/moi", data=lists)
    page = organiser.get(opened.location).text
    assert "cạnh danh sách own.docx của Ủy ban Kiểm tra Tỉnh ủy" in page
    assert "Nhận cả 1 mục trùng khớp hoàn toàn" in page
    swapped = {"official_file": sent, "own_file": laid.file}
    assert organiser.post("/doi-chieu/moi", data=swapped).status_code == 422


def test_an_officer_rules_on_the_own_units_lists_only(
    app: Flask, sign_in: SignIn, laid: Laid, world: World
) -> None:
    officer = sign_in("unit_officer")
    own = of_own_unit(app, world)
    assert "Nhận cả 1 mục" in officer.get(own).text
    assert officer.post(f"{own}/nhan", data={"least": "100"}).status_code == 303
    assert officer.post(f"{laid.path}/nhan", data={"least": "100"}).status_code == 404
    shared = f"/doi-chieu/{world.reconciliation}"
    page = officer.get(shared)
    assert (page.status_code, "Ghi kết luận" in page.text) == (200, False)
    assert officer.post(f"{shared}/nhan", data={"least": "100"}).status_code == 403


def test_an_officer_opens_lists_for_the_own_unit_only(
    sign_in: SignIn, laid: Laid, world: World, app: Flask
) -> None:
    officer = sign_in("unit_officer")
    own, file = of_own_unit(app, world), world.official_file
    form = officer.get("/doi-chieu/moi").text
    assert "Ủy ban Kiểm tra" not in form
    for unit in ("", str(world.other_unit)):
        refused = officer.post("/doi-chieu/moi", data={"official_file": file, "unit": unit})
        assert refused.status_code == 422
    taken = officer.post("/doi-chieu/moi", data={"official_file": laid.file, "unit": world.unit})
    assert taken.status_code == 422
    opened = officer.post("/doi-chieu/moi", data={"official_file": file, "unit": world.unit})
    assert opened.location == own


def test_what_a_dossier_rests_on_says_so_and_offers_no_undoing(
    organiser: FlaskClient, world: World
) -> None:
    page = organiser.get(f"/doi-chieu/{world.reconciliation}?tinh-trang=da").text
    assert page.count("Trong «Hồ sơ ") == 2
    assert "Bỏ kết luận:" not in page


@pytest.mark.parametrize("persona", ["head", "committee", "auditor"])
def test_who_only_reads_is_offered_nothing_to_press(
    sign_in: SignIn, world: World, persona: str
) -> None:
    reader, path = sign_in(persona), f"/doi-chieu/{world.reconciliation}"
    page = reader.get(path).text
    assert "Nhận" not in page
    assert "Ghi kết luận" not in page


@pytest.mark.parametrize("persona", ["head", "committee", "auditor", "staff"])
def test_who_may_not_reconcile_is_refused(
    sign_in: SignIn, laid: Laid, world: World, persona: str
) -> None:
    del laid
    path = f"/doi-chieu/{world.reconciliation}"
    for deed in ("/nhan", "/ket-luan", "/bo/1"):
        assert sign_in(persona).post(path + deed, data={"least": "100"}).status_code == 403


def test_the_list_of_them_says_how_far_each_has_come(organiser: FlaskClient, laid: Laid) -> None:
    organiser.post(f"{laid.path}/nhan", data={"least": "100"})
    page = organiser.get("/doi-chieu").text
    assert "đã đối chiếu 1/3 dòng" in page
    assert laid.path in page
    rows = organiser.get("/doi-chieu.csv").get_data().decode("utf-8-sig")
    assert "Cơ quan Ủy ban Kiểm tra,,2754-QĐ/BTCTW" in rows


def test_an_empty_list_says_how_to_begin(app: Flask, sign_in: SignIn, world: World) -> None:
    with writing(app) as session:
        session.execute(update(Reconciliation).values(unit_id=world.unit))
    assert "Chưa có lần đối chiếu nào." in sign_in("other_head").get("/doi-chieu").text


def test_the_matrix_counts_each_unit_against_each_decision(
    organiser: FlaskClient, laid: Laid
) -> None:
    organiser.post(f"{laid.path}/nhan", data={"least": "100"})
    organiser.post(f"{laid.path}/ket-luan", data=ticked(laid, "missing", OFFICIAL[2]))
    page = organiser.get("/doi-chieu/ma-tran").text
    assert page.count("chưa có văn bản đã ký") == len(DECISIONS) - READ
    assert page.count('scope="col"') == 15
    cells = dict(re.findall(r'<a class="cell"\s+href="([^"]+)">\s*([^<]+?)\s*</a>', page))
    assert (
        cells[laid.path] == "trùng khớp 1, khác 0, của địa phương 0, còn thiếu 1, chưa đối chiếu 1"
    )


def test_a_cell_without_a_reconciliation_leads_to_opening_it(
    app: Flask, organiser: FlaskClient, laid: Laid
) -> None:
    with writing(app) as session:
        agency = session.get_one(Unit, laid.unit).agency
        assert agency
        other = session.scalars(
            select(SourceDocument).where(SourceDocument.number == "2755-QĐ/BTCTW")
        ).one()
        file = make_annex_file(session, agency, other, OFFICIAL, SourceState.VERIFIED).id
    page = organiser.get("/doi-chieu/ma-tran").text
    assert "chưa đối chiếu 3 dòng: mở" in page
    assert f"/doi-chieu/moi?official_file={file}&amp;unit={laid.unit}" in page


def test_the_matrix_is_exported_cell_by_cell(organiser: FlaskClient, laid: Laid) -> None:
    del laid
    answer = organiser.get("/doi-chieu/ma-tran.csv").get_data().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(answer)))
    of_unit = [row for row in rows if row[0] == "Ủy ban Kiểm tra Tỉnh ủy"]
    assert len(of_unit) == 14
    assert of_unit[2][1:7] == ["2754-QĐ/BTCTW", "0", "0", "0", "0", "3"]
    assert of_unit[READ][2] == "chưa có văn bản đã ký"
    assert of_unit[0][2] == "không có tệp cho loại cơ quan này"


def test_what_an_address_adds_does_not_steer_where_one_is_sent(
    organiser: FlaskClient, laid: Laid
) -> None:
    answer = organiser.post(f"{laid.path}/nhan?_anchor=x&_scheme=ftp&la=1", data={"least": "100"})
    assert answer.location == laid.path
