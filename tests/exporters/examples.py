"""One small record of each kind that is printed, with something in every field."""

from datetime import date
from decimal import Decimal

from catalogue.domain.description import (
    Authority,
    Description,
    Duty,
    OutsideRelation,
    Relations,
    Requirement,
    Task,
)
from catalogue.domain.hours import Month, MonthlyHours, UnitMonth
from catalogue.domain.layout import Letterhead, Signature
from catalogue.domain.listing import ListedGroup, ListedPosition, Listing
from catalogue.domain.report import HoursReport, Mention, MonthReport
from catalogue.domain.words import UNVERIFIED

DAY = date(2024, 4, 10)
SPECIMEN = "Bản mẫu trình diễn"

DRIVER = Description(
    name="Nhân viên Lái xe",
    code="VP-HTPV-03",
    purpose="Đưa đón cán bộ đi công tác an toàn.\nGiữ xe luôn sẵn sàng.",
    starts="Kể từ ngày quyết định có hiệu lực",
    workplace="Văn phòng Tỉnh ủy",
    procedures="Quy chế sử dụng xe công",
    particulars={"Lĩnh vực": "Quản trị công sở"},
    duties=(
        Duty(
            "2.1",
            "Lái xe",
            (
                Task("Đưa đón theo lệnh điều xe", "Lệnh điều xe có xác nhận", "Đúng giờ"),
                Task("Ghi sổ hành trình", None, "Đủ từng chuyến\nĐúng số ki-lô-mét"),
            ),
            criteria=("Đúng giờ", "Đủ từng chuyến", "Đúng số ki-lô-mét"),
            products=("Lệnh điều xe có xác nhận",),
        ),
        Duty(
            "2.2",
            "Kiểm tra an toàn, vệ sinh xe",
            (Task("Kiểm tra trước mỗi chuyến"), Task("Rửa xe hằng tuần")),
            criteria=("Xe đủ điều kiện lưu hành", "Hư hỏng được báo trong ngày"),
            products=("Phiếu kiểm tra",),
        ),
        Duty("2.3", "Lập kế hoạch công tác của cá nhân", (), criteria=("Đúng hạn",)),
        Duty("2.4", "Thực hiện nhiệm vụ khác do cấp trên phân công"),
    ),
    relations=Relations(
        managed_by=("Chánh Văn phòng",),
        coordinates_in_unit=("Tổ hành chính", "Tổ bảo vệ"),
        coordinates_with=("Các ban của Tỉnh ủy",),
        outside=(
            OutsideRelation("Công an tỉnh\nCơ sở đăng kiểm", "Phối hợp khi có đoàn xe"),
            OutsideRelation("Đơn vị bạn", None),
        ),
    ),
    authority=(
        Authority("4.1", "Từ chối xe không an toàn", "I. Thẩm quyền trong chuyên môn"),
        Authority("4.2", "Được biết trước lịch công tác", "II. Thẩm quyền khác"),
    ),
    qualifications={
        "Trình độ đào tạo": ("Giấy phép lái xe phù hợp", "Tốt nghiệp trung học cơ sở"),
        "Các yêu cầu khác": (),
    },
    competencies=(
        Requirement("Nhóm năng lực chung", "Đạo đức và bản lĩnh", 1, 1),
        Requirement("Nhóm năng lực chung", "Giao tiếp ứng xử", 1, 2),
        Requirement("Nhóm năng lực quản lý", "Ra quyết định", None, None),
    ),
    marks=(SPECIMEN,),
    preface=("PHỤ LỤC 1C",),
)

HEAD = Letterhead("Tỉnh ủy Hậu Giang", "Ban Chỉ đạo vị trí việc làm", "BCĐ", "Hậu Giang", DAY)

LISTING = Listing(
    HEAD,
    "Danh mục vị trí việc làm Văn phòng Tỉnh ủy",
    (
        ListedGroup(
            "Lãnh đạo, quản lý",
            (
                ListedPosition(
                    "Chánh Văn phòng",
                    "Chuyên viên chính",
                    "VP-LĐQL-01",
                    1,
                    "Danh mục tham khảo, dòng 1",
                    UNVERIFIED,
                ),
            ),
        ),
        ListedGroup(
            "Nghiệp vụ chuyên ngành",
            (
                ListedPosition(
                    "Chuyên viên về tổng hợp; theo dõi đảng bộ cơ sở",
                    "Chuyên viên chính 50%\nChuyên viên 50%",
                    "VP-NVCN-01",
                    2,
                    "Danh mục tham khảo, dòng 2",
                    UNVERIFIED,
                ),
                ListedPosition("Chuyên viên về cơ yếu", origin="Quyết định đã ký, dòng 7"),
            ),
        ),
    ),
    basis="(Kèm theo Đề án số 09-ĐA/TU)",
    marks=(UNVERIFIED,),
)


def month_report(number: int, days: int, minutes: int, *, note: str = "") -> MonthReport:
    month = Month(2024, number)
    units = (("Văn phòng Tỉnh ủy", 40, 180_000), ("Trường Chính trị tỉnh", 30, 240_000))
    return MonthReport(
        MonthlyHours(month, 736, minutes, days, minutes // 2, 735),
        tuple(
            UnitMonth(place, name, MonthlyHours(month, people, logged, days))
            for place, (name, people, logged) in enumerate(units)
        ),
        high_units=(Mention("Trường Chính trị tỉnh", Decimal("8.65")),),
        low_units=(Mention("Văn phòng Tỉnh ủy", Decimal("4.92"), "Ba người nghỉ phép."),),
        low_people=(Mention("Tỉnh đoàn", Decimal("2.60")),),
        note=note,
    )


REPORT = HoursReport(
    HEAD,
    (
        month_report(1, 22, 6_976_000),
        month_report(3, 21, 5_772_154, note="Báo cáo ngày 10/4/2024 in 6,23."),
    ),
    Signature("T/M Ban Chỉ đạo", "Trưởng ban"),
    ("Thường trực Tỉnh ủy", "Các cơ quan, đơn vị"),
    "Ban Tổ chức Tỉnh ủy",
    demonstration=True,
    marks=(SPECIMEN,),
)
