"""The catalogue of any day is what was in force on it, and two days differ in what was decided."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from catalogue.domain.as_of import CatalogueRow, as_json
from catalogue.domain.comparing import Context, Difference, compare
from catalogue.domain.reviewing import Verdict
from catalogue.domain.roles import Viewer
from catalogue.domain.states import DossierState
from catalogue.domain.words import PositionGroup, Role, VersionState
from catalogue.models import Issuance
from catalogue.queries import as_of, comparisons, provenance
from tests.dossiers import Province, make_province
from tests.issuances import EFFECT, issued, rule
from tests.making import make_agency, make_document, make_positions

BEFORE = EFFECT - timedelta(days=1)
READER = Viewer(0, 0, "Người đọc", {Role.STAFF: frozenset()}, EFFECT)
NOBODY = Viewer(0, 0, "Không quyền", {}, EFFECT)


@pytest.fixture
def province(session: Session) -> Province:
    made = make_province(session)
    made.match_all()
    return made


@pytest.fixture
def issuance(province: Province) -> Issuance:
    dossier = province.dossier(DossierState.CONCLUDED)
    rule(province, dossier, "Cố vấn đờn ca tài tử", Verdict.REJECT)
    return issued(province, dossier)


def names(rows: list[CatalogueRow]) -> list[str]:
    return [row.name for row in rows]


def test_each_day_lists_what_was_in_force_on_it(province: Province, issuance: Issuance) -> None:
    session = province.session

    assert names(as_of.rows(session, BEFORE, READER)) == [each.name for each in province.own]
    assert names(as_of.rows(session, issuance.effective_from, READER)) == [
        "Chánh Văn phòng",
        "Phó Chánh Văn phòng",
        "Chuyên viên về tổng hợp",
        "Văn thư, lưu trữ",
        "Chuyên viên hành chính",
        "Chuyên viên quản trị công sở",
        "Chuyên viên cơ yếu",
    ]
    assert as_of.rows(session, date(2023, 12, 31), READER) == []


def test_a_day_is_narrowed_to_one_agency_and_to_who_may_read(province: Province) -> None:
    session = province.session
    other = make_agency(session, "BTC", "Ban Tổ chức")
    make_positions(session, other, make_document(session, "Tham khảo BTC"), ["Trưởng ban"])

    assert names(as_of.rows(session, EFFECT, READER, agency_id=other.id)) == ["Trưởng ban"]
    assert len(as_of.rows(session, EFFECT, READER)) == len(province.own) + 1
    assert as_of.rows(session, EFFECT, NOBODY) == []
    assert as_of.origins(session, EFFECT, NOBODY) == {}


def test_every_row_of_the_json_leads_to_rows_of_documents(
    province: Province, issuance: Issuance
) -> None:
    session = province.session

    plain = as_json(
        as_of.rows(session, EFFECT, READER),
        on=EFFECT,
        origins=as_of.origins(session, EFFECT, READER),
        decisions=provenance.brought(session),
    )

    assert (plain["on"], plain["count"]) == ("2024-04-15", 7)
    merged = next(row for row in plain["positions"] if row["name"] == "Văn thư, lưu trữ")
    assert merged["version"]["state"] == VersionState.ISSUED
    assert merged["wording"] == {
        "document": "21-QĐ/TU",
        "document_state": "unsigned",
        "file": "Phụ lục kèm theo 21-QĐ/TU",
        "sha256": issuance.sha256,
        "table": 1,
        "row": 4,
        "cells": ["4", "Văn thư, lưu trữ", "Chuyên viên", "VT-04", "1"],
    }
    assert [(origin["kind"], origin["document"]) for origin in merged["origins"]] == [
        ("merged", "2752-QĐ/BTCTW"),
        ("same", "21-QĐ/TU"),
    ]
    assert merged["issuance"] == {
        "id": issuance.id,
        "document": "21-QĐ/TU",
        "effective_from": "2024-04-15",
        "sha256": issuance.sha256,
        "awaits_confirmation": False,
        "why": "một người làm cả hai việc",
    }
    assert merged["mark"] == "Tham khảo – chưa kiểm chứng với văn bản gốc"
    assert all(row["origins"] for row in plain["positions"])


def test_two_days_differ_in_what_was_added_ended_and_reworded(
    province: Province, issuance: Issuance
) -> None:
    compared = comparisons.between(province.session, BEFORE, EFFECT, READER)

    said = [
        (change.shown.name, change.differences, change.neighbours) for change in compared.changes
    ]
    ended, added = (Difference.ENDED,), (Difference.ADDED,)
    hanh_chinh = "Chuyên viên hành chính, quản trị"
    assert said == [
        ("Chuyên viên về tổng hợp", (Difference.RENAMED,), ()),
        ("Văn thư, lưu trữ", added, ("Chuyên viên văn thư", "Chuyên viên lưu trữ")),
        ("Chuyên viên hành chính", added, (hanh_chinh,)),
        ("Chuyên viên quản trị công sở", added, (hanh_chinh,)),
        ("Chuyên viên cơ yếu", added, ()),
        ("Chuyên viên văn thư", ended, ("Văn thư, lưu trữ",)),
        ("Chuyên viên lưu trữ", ended, ("Văn thư, lưu trữ",)),
        (hanh_chinh, ended, ("Chuyên viên hành chính", "Chuyên viên quản trị công sở")),
        ("Cố vấn đờn ca tài tử", ended, ()),
    ]
    assert names(list(compared.unchanged)) == ["Chánh Văn phòng", "Phó Chánh Văn phòng"]
    assert dict(compared.counts()) == {
        Difference.ADDED: 4,
        Difference.ENDED: 4,
        Difference.RENAMED: 1,
        Difference.REGROUPED: 0,
        Difference.RERANKED: 0,
        Difference.RECODED: 0,
    }
    assert issuance.sha256 == province.session.get_one(Issuance, issuance.id).sha256


def test_each_change_names_its_decision_with_who_when_and_why(
    province: Province, issuance: Issuance
) -> None:
    compared = comparisons.between(province.session, BEFORE, EFFECT, READER)

    decided = {change.shown.name: change.decision for change in compared.changes}
    assert all(decided.values())
    merged, local = decided["Văn thư, lưu trữ"], decided["Cố vấn đờn ca tài tử"]
    assert merged is not None
    assert local is not None
    assert (merged.issuance_id, merged.document, merged.effective_from) == (
        issuance.id,
        "21-QĐ/TU",
        EFFECT,
    )
    assert (merged.issued_by, merged.why) == (
        province.members[0].name,
        "một người làm cả hai việc",
    )
    assert (local.document, local.why) == ("21-QĐ/TU", "việc riêng của tỉnh")


def test_group_rank_and_code_are_compared_too(province: Province, issuance: Issuance) -> None:
    version = as_of.rows(province.session, EFFECT, READER)[0]
    assert version.wording.sha256 == issuance.sha256
    changed = version._replace(group=PositionGroup.SUPPORT, rank="Nhân viên", code="VT-99")

    differences = compare([version], [changed], Context({}, {}, {}, {}))

    assert differences.changes[0].differences == (
        Difference.REGROUPED,
        Difference.RERANKED,
        Difference.RECODED,
    )


def test_a_day_compared_with_itself_differs_in_nothing(province: Province) -> None:
    compared = comparisons.between(province.session, EFFECT, EFFECT, READER)

    assert compared.changes == ()
    assert len(compared.unchanged) == len(province.own)


def test_the_json_has_the_fields_that_its_page_names(
    province: Province, issuance: Issuance
) -> None:
    session = province.session
    page = Path(__file__).parents[2].joinpath("docs/documents/catalogue-json.md").read_text()
    shown = json.loads(page.partition("```json")[2].partition("```")[0])

    plain = as_json(
        [row for row in as_of.rows(session, EFFECT, READER) if row.name == "Văn thư, lưu trữ"],
        on=issuance.effective_from,
        origins=as_of.origins(session, EFFECT, READER),
        decisions=provenance.brought(session),
    )

    assert fields(plain) == fields(shown)


def fields(value: object) -> object:
    """The names alone, however deep, of a JSON value."""
    if isinstance(value, dict):
        return {name: fields(each) for name, each in value.items()}
    return [fields(each) for each in value] if isinstance(value, list) else None
