"""What the loaded demonstration shows through the commands: the figures of the report."""

import random
import sqlite3
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from tests.terminal import Answer, Terminal

JANUARY, FEBRUARY, MARCH = MONTHS = ("2024-01", "2024-02", "2024-03")
OVERALL = {
    JANUARY: (22, "157.98", "7.18"),
    FEBRUARY: (16, "116.08", "7.26"),
    MARCH: (21, "130.71", "6.22"),
}
A_DAY = {
    JANUARY: {
        "Liên đoàn Lao động tỉnh": "8.00",
        "Huyện Châu Thành A": "7.72",
        "Thành phố Ngã Bảy": "7.68",
        "Huyện Châu Thành": "7.68",
        "Hội Nông dân tỉnh": "6.33",
        "Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh": "6.33",
        "Ủy ban Kiểm tra Tỉnh ủy": "6.09",
    },
    FEBRUARY: {
        "Trường Chính trị tỉnh": "8.65",
        "Liên đoàn Lao động tỉnh": "8.00",
        "Ban Tổ chức Tỉnh ủy": "5.50",
        "Ủy ban Kiểm tra Tỉnh ủy": "5.16",
        "Văn phòng Tỉnh ủy": "4.92",
    },
    MARCH: {
        "Huyện Vị Thủy": "7.00",
        "Văn phòng Tỉnh ủy": "5.42",
        "Ban Tổ chức Tỉnh ủy": "5.20",
        "Hội Nông dân tỉnh": "5.10",
        "Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh": "5.10",
        "Ban Dân vận Tỉnh ủy": "5.10",
        "Ủy ban Kiểm tra Tỉnh ủy": "5.06",
    },
}
HIGH_IN_MARCH = {
    "Thành phố Vị Thanh",
    "Thành phố Ngã Bảy",
    "Huyện Phụng Hiệp",
    "Huyện Châu Thành",
    "Huyện Châu Thành A",
    "Trường Chính trị tỉnh",
}

AGREED_LEVELS = 489


@pytest.fixture
def figures(shown: Terminal) -> Answer:
    return shown("hours", "--from", JANUARY, "--to", MARCH, "--json")


def test_the_means_of_each_month_are_the_reports(figures: Answer) -> None:
    assert {
        one["month"]: (one["working_days"], one["hours_per_person"], one["hours_per_person_day"])
        for one in figures.json["overall"]
    } == OVERALL


def test_736_people_in_23_units_report_every_month(figures: Answer) -> None:
    assert [one["people"] for one in figures.json["overall"]] == [736] * 3
    for month in MONTHS:
        units = [unit for unit in figures.json["units"] if unit["month"] == month]
        assert len({unit["unit"] for unit in units}) == len(units) == 23
        assert sum(unit["people"] for unit in units) == 736
        (whole,) = (one for one in figures.json["overall"] if one["month"] == month)
        assert sum(unit["minutes"] for unit in units) == whole["minutes"]


def a_day(figures: Answer, month: str) -> dict[str, str]:
    return {
        unit["unit"]: unit["hours_per_person_day"]
        for unit in figures.json["units"]
        if unit["month"] == month
    }


def test_each_named_unit_has_its_mean_of_the_report(figures: Answer) -> None:
    for month, named in A_DAY.items():
        means = a_day(figures, month)
        assert {unit: means[unit] for unit in named} == named


def test_the_named_units_stand_first_and_last_in_the_reports_order(figures: Answer) -> None:
    ranks = {
        month: sorted(a_day(figures, month).items(), key=lambda unit: -float(unit[1]))
        for month in MONTHS
    }
    highest = {month: [name for name, _ in ranked] for month, ranked in ranks.items()}

    assert highest[JANUARY][0] == "Liên đoàn Lao động tỉnh"
    assert highest[JANUARY][-1] == "Ủy ban Kiểm tra Tỉnh ủy"
    assert highest[FEBRUARY][:2] == ["Trường Chính trị tỉnh", "Liên đoàn Lao động tỉnh"]
    assert highest[FEBRUARY][-3:] == [
        "Ban Tổ chức Tỉnh ủy",
        "Ủy ban Kiểm tra Tỉnh ủy",
        "Văn phòng Tỉnh ủy",
    ]
    assert highest[MARCH][0] == "Huyện Vị Thủy"
    assert set(highest[MARCH][1:7]) == HIGH_IN_MARCH
    assert highest[MARCH][-1] == "Ủy ban Kiểm tra Tỉnh ủy"
    assert set(highest[MARCH][-6:]) == set(A_DAY[MARCH]) - {"Huyện Vị Thủy"}


def test_the_months_are_printed_with_the_comma_of_the_pages(shown: Terminal) -> None:
    out = shown("hours", "--from", MARCH).out

    assert out.startswith(
        "Toàn tỉnh, tháng 03/2024: 736 người, 130,71 giờ/người/tháng, 6,22 giờ/người/ngày\n"
    )


def test_every_line_drawn_leads_to_a_row_of_a_reference_list(shown: Terminal) -> None:
    draw = random.Random(736)  # noqa: S311 (a draw, no secret)
    for _ in range(10):
        chain = shown("trace", str(draw.randint(1, 250_000)), "--json").json
        assert chain["document_number"].startswith("Tham khảo ")
        assert chain["mark"] == "Tham khảo – chưa kiểm chứng với văn bản gốc"
        assert chain["position"] in chain["annex_raw"]


def test_no_line_lacks_a_link_and_every_sum_is_right_to_the_minute(shown: Terminal) -> None:
    answer = shown("check", "--json")

    assert answer.status == 0
    lines, days, versions, *_ = answer.json
    assert lines["checked"] > 250_000
    assert days["checked"] > 40_000
    assert versions["checked"] == 363
    assert not any(one["broken"] for one in answer.json)


def test_no_decision_is_claimed_to_have_been_read(shown: Terminal) -> None:
    assert shown("coverage").out.endswith("Đã đọc văn bản ký: 0/14\n")


def test_each_step_is_printed_with_its_counts(demonstration: Path) -> None:
    printed = (demonstration / "printed.txt").read_text()

    for words in (
        "27 loại cơ quan",
        "363 dòng, 363 vị trí việc làm",
        "363 bản,",
        "736 người (dữ liệu tổng hợp)",
        "out/danh-muc.docx",
        "out/mo-ta.docx",
        "out/bao-cao-quy-1.docx",
    ):
        assert words in printed


def test_the_accounts_of_each_role_are_printed_with_passwords_of_their_own(
    demonstration: Path,
) -> None:
    printed = (demonstration / "printed.txt").read_text()
    accounts = [line.split()[:2] for line in printed.split("chỉ hiện lần này")[1].splitlines()[1:]]

    assert [name for name, _ in accounts] == [
        *("canbo", "thutruong", "tochuc", "tochuctinh"),
        *("thuongvu", "uyvien1", "uyvien2", "thuky", "kiemtra", "quantri"),
    ]
    assert len({password for _, password in accounts}) == 10
    assert all(len(password) >= 12 for _, password in accounts)


def test_the_committee_sits_by_rules_that_say_they_are_made_up(demonstration: Path) -> None:
    connection = sqlite3.connect(demonstration / "catalogue.db")
    seats = connection.execute(
        "SELECT stage, sum(votes), sum(secretary) FROM seat GROUP BY stage ORDER BY stage"
    ).fetchall()
    bases = {basis for (basis,) in connection.execute("SELECT basis FROM voting_rule")}
    connection.close()

    assert seats == [("committee", 3, 1), ("standing", 2, 1)]
    assert bases == {"Mặc định của chương trình, chưa có văn bản làm căn cứ"}


def test_some_made_up_people_of_one_office_are_assessed_at_levels_that_are_always_the_same(
    demonstration: Path,
) -> None:
    connection = sqlite3.connect(demonstration / "catalogue.db")
    states = dict(
        connection.execute(
            "SELECT state, count(*) FROM assessment "
            "JOIN assignment ON assignment.id = assessment.assignment_id "
            "JOIN person ON person.id = assignment.person_id WHERE person.synthetic GROUP BY state"
        ).fetchall()
    )
    (agreed,) = connection.execute("SELECT sum(agreed_level) FROM assessed_level").fetchone()
    connection.close()

    assert states == {"confirmed": 12, "head_said": 1, "self_said": 1}
    assert agreed == AGREED_LEVELS


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("danh-muc.docx", "Chánh Văn phòng"),
        ("mo-ta.docx", "BẢN MÔ TẢ"),
        ("bao-cao-quy-1.docx", "130,71"),
    ],
)
def test_the_written_word_files_open_and_hold_what_they_should(
    demonstration: Path, name: str, words: str
) -> None:
    document = docx.Document(str(demonstration / "out" / name))

    # Fields stand in content controls, which the library's own paragraphs leave out.
    paragraphs = document.element.body.iter(qn("w:p"))
    texts = ["".join(each.text or "" for each in one.iter(qn("w:t"))) for one in paragraphs]
    assert any(words in text for text in texts)
    assert not list((demonstration / "out").glob("*.part"))
