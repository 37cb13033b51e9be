"""Other programs read the dictionaries as CASE; the organiser takes theirs in after a look."""

import io
import json
import re
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session

from catalogue.domain.words import PositionGroup
from catalogue.exporters import case_package as case_out
from catalogue.models import CompetencyDictionary
from tests.blueprints.conftest import SignIn, database_of
from tests.exchanges import a_framework, make_exchanged
from tests.making import TODAY

CASE = "/ims/case/v1p1"
PACKAGE = json.dumps(case_out.write(a_framework(), root="https://noi.vn", on=TODAY)).encode()


@pytest.fixture
def dictionary(app: Flask) -> int:
    engine = create_engine(f"sqlite:///{database_of(app)}")
    with Session(engine) as session, session.begin():
        made = make_exchanged(session, ("Giao tiếp ứng xử", "Ra quyết định")).id
    engine.dispose()
    return made


def json_of(client: FlaskClient, path: str) -> dict[str, Any]:
    answer = client.get(path)
    assert answer.status_code == 200
    return dict(answer.get_json())


def count(app: Flask) -> int:
    engine = create_engine(f"sqlite:///{database_of(app)}")
    with Session(engine) as session:
        found = session.scalar(select(func.count()).select_from(CompetencyDictionary))
    engine.dispose()
    return found or 0


def test_every_thing_of_a_package_is_found_at_the_address_that_it_says(
    dictionary: int, sign_in: SignIn
) -> None:
    client = sign_in("staff")
    *_, document = json_of(client, f"{CASE}/CFDocuments")["CFDocuments"]
    whole = json_of(client, f"{CASE}/CFPackages/{document['identifier']}")
    assert whole["CFDocument"] == document
    everything = [
        document,
        *whole["CFItems"],
        *whole["CFAssociations"],
        *whole["CFRubrics"],
        *whole["CFDefinitions"]["CFItemTypes"],
    ]
    assert len(everything) == 1 + 3 + 3 + 1 + 2
    for each in everything:
        answer = client.get(each["uri"].removeprefix("http://localhost"))
        assert answer.status_code == 200
        assert each["identifier"] in answer.get_data(as_text=True)
    competency = next(item for item in whole["CFItems"] if item["CFItemType"] == "Năng lực")
    linked = json_of(client, f"{CASE}/CFItemAssociations/{competency['identifier']}")
    assert [link["associationType"] for link in linked["CFAssociations"]] == ["isChildOf"]
    assert dictionary


def test_a_collection_is_narrowed_ordered_and_paged_as_the_standard_says(
    dictionary: int, sign_in: SignIn
) -> None:
    client = sign_in("staff")
    path = f"{CASE}/CFDocuments?sort=identifier&orderBy=desc&fields=identifier,title&limit=1"
    one, other = (client.get(f"{path}&offset={offset}&endpoint=x") for offset in (0, 1))
    marks = [answer.get_json()["CFDocuments"][0]["identifier"] for answer in (one, other)]
    assert marks == sorted(marks, reverse=True)
    assert list(one.get_json()["CFDocuments"][0]) == ["identifier", "title"]
    assert one.headers["X-Total-Count"] == "2"
    (onward,) = re.findall(r'<([^>]*)>; rel="next"', one.headers["Link"])
    assert client.get(onward).get_json() == other.get_json()
    filtered = client.get(f"{CASE}/CFDocuments?filter=identifier='{marks[1]}'")
    assert [each["identifier"] for each in filtered.get_json()["CFDocuments"]] == marks[1:]
    assert filtered.headers["X-Total-Count"] == "1"
    assert dictionary


@pytest.mark.parametrize(
    ("path", "status", "field", "minor"),
    [
        ("CFPackages/6f0f3d5e-58c4-5b3e-9a0b-275227652000", 404, "sourcedId", "unknownobject"),
        ("CFLicenses/6f0f3d5e-58c4-5b3e-9a0b-275227652000", 404, "sourcedId", "unknownobject"),
        ("CFItems/khung", 404, "sourcedId", "invaliduuid"),
        ("CFDocuments?sort=colour", 400, "sort", "invalid_sort_field"),
        ("CFDocuments?fields=colour", 400, "fields", "invalid_selection_field"),
        ("CFDocuments?limit=abc", 400, "limit", "invalid_selection_field"),
    ],
)
def test_what_is_unknown_or_cannot_stand_is_answered_as_the_standard_says(
    path: str, status: int, field: str, minor: str, sign_in: SignIn
) -> None:
    answer = sign_in("staff").get(f"{CASE}/{path}")
    assert answer.status_code == status
    told = answer.get_json()
    assert (told["imsx_codeMajor"], told["imsx_severity"]) == ("failure", "error")
    (one,) = told["imsx_codeMinor"]["imsx_codeMinorField"]
    assert one == {"imsx_codeMinorFieldName": field, "imsx_codeMinorFieldValue": minor}


def test_a_package_is_looked_at_before_it_is_written_and_written_once(
    app: Flask, sign_in: SignIn
) -> None:
    client, token = signed(sign_in)
    sent = client.post(
        "/nang-luc/trao-doi",
        data={"csrf_token": token, "file": (io.BytesIO(PACKAGE), "goi.json")},
    )
    assert (sent.status_code, count(app)) == (303, 1)
    page = client.get(sent.location).get_data(as_text=True)
    assert "Đọc được 5 năng lực" in page
    assert "Cho áp dụng lùi ngày" in page
    asked = {"csrf_token": token, "since": "01/01/2024"}
    refused = client.post(f"{sent.location}/ghi", data=asked)
    assert (refused.status_code, count(app)) == (422, 1)
    assert "từ 01/01/2024, trước hôm nay" in refused.text
    for _ in range(2):
        client.post(f"{sent.location}/ghi", data=asked | {"backwards": "y"})
    assert count(app) == 2


def test_what_gives_way_to_a_package_is_said_before_and_after(app: Flask, sign_in: SignIn) -> None:
    engine = create_engine(f"sqlite:///{database_of(app)}")
    with Session(engine) as session, session.begin():
        former = make_exchanged(session, ("Giao tiếp ứng xử",))
        former.audience, former.title = PositionGroup.LEADERSHIP, "Từ điển cũ"
        former.valid_from = date(2024, 1, 1)
    engine.dispose()
    client, token = signed(sign_in)
    file = (io.BytesIO(PACKAGE), "goi.json")
    sent = client.post("/nang-luc/trao-doi", data={"csrf_token": token, "file": file})
    assert "đang dùng từ điển «Từ điển cũ» (từ 01/01/2024)" in client.get(sent.location).text
    agreed = {"csrf_token": token, "since": "01/01/2024", "backwards": "y"}
    client.post(f"{sent.location}/ghi", data=agreed)
    for path in ("/nang-luc/trao-doi", "/nang-luc/tu-dien"):
        assert "thay ngay từ 01/01/2024, không có hiệu lực ngày nào" in client.get(path).text


def test_a_file_that_cannot_be_read_is_refused_beside_its_field(sign_in: SignIn) -> None:
    client, token = signed(sign_in)
    for name, content in (("a.json", b"{"), ("a.csv", b"x"), ("a.docx", b"PK")):
        sent = client.post(
            "/nang-luc/trao-doi",
            data={"csrf_token": token, "file": (io.BytesIO(content), name)},
        )
        assert sent.status_code == 422
        assert "Chưa có dữ liệu nào được ghi" in sent.get_data(as_text=True)


def test_what_is_taken_away_is_a_package_and_a_table(dictionary: int, sign_in: SignIn) -> None:
    client = sign_in("staff")
    package = json_of(client, f"/nang-luc/trao-doi/{dictionary}.json")
    assert package["CFDocument"]["caseVersion"] == "1.1"
    table = client.get(f"/nang-luc/trao-doi/{dictionary}.csv").get_data()
    assert table.startswith("\ufeffParent ID number".encode())


def test_deleting_a_dictionary_takes_it_off_the_list(
    app: Flask, dictionary: int, sign_in: SignIn
) -> None:
    client, token = signed(sign_in)
    assert count(app) == 2
    client.post(f"/nang-luc/trao-doi/{dictionary}/xoa", data={"csrf_token": token})
    assert count(app) == 1


def signed(sign_in: SignIn) -> tuple[FlaskClient, str]:
    client = sign_in("organiser")
    page = client.get("/nang-luc/trao-doi").get_data(as_text=True)
    return client, page.split('name="csrf_token" value="')[1].split('"')[0]
