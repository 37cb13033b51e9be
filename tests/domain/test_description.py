"""Job descriptions as JSON: the shape that the command line prints, and the way back."""

import json
from dataclasses import replace
from random import Random

from catalogue.domain.description import (
    Authority,
    Description,
    Duty,
    OutsideRelation,
    Relations,
    Requirement,
    Task,
    as_json,
    from_json,
)
from catalogue.domain.problems import Problem
from tests.description_kit import Maker

DESCRIPTION = Description(
    name="Lái xe",
    code="TP -HTPV-03",
    duties=(
        Duty(
            "2.1",
            "Lái xe",
            tasks=(Task("Đưa đón", "Phiếu xe", "An toàn"), Task("Báo cáo")),
            criteria=("An toàn", "Đúng giờ"),
            products=("Phiếu xe",),
        ),
    ),
    relations=Relations(
        managed_by=("Chánh Văn phòng",), outside=(OutsideRelation("Trạm xăng", None),)
    ),
    authority=(Authority("4.1", "Dừng xe hỏng", "I. Thẩm quyền"), Authority("", "Dự họp")),
    qualifications={"Kỹ năng": ("Lái xe hạng B",)},
    competencies=(Requirement("Nhóm năng lực chung", "Phối hợp", 1, 2),),
    problems=(Problem("Bảng 2, dòng 3", "Ô trống", "Ghi thêm"),),
)


def test_texts_read_as_plain_lists_and_their_details_stand_beside() -> None:
    plain = json.loads(json.dumps(as_json(DESCRIPTION)))

    assert plain["code"] == "TP -HTPV-03"
    assert plain["duties"] == [
        {
            "no": "2.1",
            "name": "Lái xe",
            "tasks": ["Đưa đón", "Báo cáo"],
            "criteria": ["An toàn", "Đúng giờ"],
            "products": ["Phiếu xe"],
            "task_results": [
                {"product": "Phiếu xe", "criterion": "An toàn"},
                {"product": None, "criterion": None},
            ],
        }
    ]
    assert plain["relations"]["outside"] == [{"body": "Trạm xăng", "nature": None}]
    assert plain["authority"] == ["Dừng xe hỏng", "Dự họp"]
    assert plain["authority_places"][0] == {"no": "4.1", "section": "I. Thẩm quyền"}
    assert plain["qualifications"] == {"Kỹ năng": ["Lái xe hạng B"]}
    assert plain["competencies"] == [
        {"group": "Nhóm năng lực chung", "name": "Phối hợp", "level_min": 1, "level_max": 2}
    ]
    assert plain["problems"][0]["where"] == "Bảng 2, dòng 3"


def test_a_description_comes_back_from_json_as_it_went() -> None:
    full = replace(
        Maker(Random(7)).description(),  # noqa: S311
        particulars={"Bậc": "3"},
        marks=("Bản mẫu trình diễn",),
        preface=("PHỤ LỤC 1B",),
    )
    for description in (DESCRIPTION, full):
        assert from_json(json.loads(json.dumps(as_json(description)))) == description
