"""The printed words of the job description's form, and every wording of them that offices use."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Generic, TypeVar

from catalogue.domain.text import fold


class Section(StrEnum):
    """A part of the form, named as a problem names it to the reader."""

    BOX = "Thông tin chung"
    PURPOSE = "Mục tiêu vị trí việc làm"
    DUTIES = "Các công việc và tiêu chí đánh giá"
    INSIDE = "Mối quan hệ bên trong"
    OUTSIDE = "Mối quan hệ bên ngoài"
    AUTHORITY = "Phạm vi quyền hạn"
    QUALIFICATIONS = "Yêu cầu về trình độ"
    COMPETENCIES = "Yêu cầu về năng lực"


class Column(StrEnum):
    """What a column of one of the form's tables holds."""

    NO = "TT"
    DUTY = "Nhiệm vụ, mảng công việc"
    TASK = "Công việc cụ thể"
    PRODUCT = "Sản phẩm đầu ra"
    UNIT = "Đơn vị tính"
    NORM = "Định mức thời gian"
    KIND = "Loại việc"
    CRITERION = "Tiêu chí đánh giá hoàn thành công việc"
    MANAGED_BY = "Được quản lý trực tiếp và kiểm duyệt kết quả bởi"
    MANAGES = "Quản lý trực tiếp"
    IN_UNIT = "Quan hệ phối hợp trực tiếp trong đơn vị"
    WITH = "Các đơn vị phối hợp chính"
    BODY = "Cơ quan, tổ chức có quan hệ chính"
    NATURE = "Bản chất quan hệ"
    POWER = "Quyền hạn cụ thể"
    LABEL = "Nhóm yêu cầu"
    DETAIL = "Yêu cầu cụ thể"
    GROUP = "Nhóm năng lực"
    COMPETENCY = "Năng lực cụ thể"
    LEVEL = "Cấp độ"


class Field(StrEnum):
    """A labelled line of the box above the first section."""

    NAME = "Tên vị trí việc làm"
    CODE = "Mã vị trí việc làm"
    STARTS = "Ngày bắt đầu thực hiện"
    WORKPLACE = "Địa điểm làm việc"
    PROCEDURES = "Quy trình công việc liên quan"


_Meaning = TypeVar("_Meaning", bound=StrEnum)


class Wordings(Generic[_Meaning]):
    """The wordings of one family of labels, as patterns of folded text: no marks, no punctuation.

    The first pattern that fits wins; `any` is all of them at once. `canon` holds the form's own
    wording, folded, against which a slip of the typist is measured.
    """

    def __init__(self, meanings: type[_Meaning], patterns: Mapping[str, _Meaning]) -> None:
        self.patterns = tuple(
            (re.compile(pattern), meaning) for pattern, meaning in patterns.items()
        )
        self.any = re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
        self.canon = {fold(meaning.value): meaning for meaning in meanings}


_POSITION = r"(vi tri viec lam|vtvl|vi tri cong viec|vi tri|cong viec)"

HEADINGS = Wordings(
    Section,
    {
        r"(cac )?thong tin chung( ve .*)?": Section.BOX,
        rf"muc (tieu|dich)( cua)?( {_POSITION})?": Section.PURPOSE,
        r"(cac )?(nhiem vu )?cong viec va (cac )?tieu chi( danh gia)?( .*)?": Section.DUTIES,
        r"(cac )?nhiem vu( cong viec)? va (cac )?tieu chi( danh gia)?( .*)?": Section.DUTIES,
        r"(cac )?cong viec (chuyen mon|quan ly|ho tro|chinh)( nghiep vu)?": Section.DUTIES,
        r"(cac )?(moi )?quan he (trong )?cong (viec|tac)": Section.INSIDE,
        r"(cac )?moi quan he( (ben trong|noi bo))?": Section.INSIDE,
        r"(quan he )?(ben trong|noi bo)( co quan| to chuc| don vi)*": Section.INSIDE,
        r"(cac )?(moi )?(quan he )?ben ngoai( co quan| to chuc| don vi)*": Section.OUTSIDE,
        rf"(cac )?(pham vi )?quyen han( va trach nhiem)?( cua {_POSITION})?": Section.AUTHORITY,
        r"(cac )?yeu cau( ve)? (khung )?nang luc": Section.COMPETENCIES,
        rf"khung nang luc( cua {_POSITION})?": Section.COMPETENCIES,
        r"(cac )?yeu cau( ve)? (trinh do|kinh nghiem|pham chat|nang luc)( .*)?": (
            Section.QUALIFICATIONS
        ),
    },
)
COLUMNS = Wordings(
    Column,
    {
        r"tt|stt|so tt|so thu tu|bac( nghe nghiep)?": Column.NO,
        r"(cac )?(noi dung )?(nhiem vu|mang cong viec)( cac| va| mang| cong viec)*( chinh)?": (
            Column.DUTY
        ),
        r"(cac )?(noi dung )?cong viec( cu the| chi tiet)?": Column.TASK,
        r"(cac )?(san pham|ket qua|dau ra)( .{1,60})?": Column.PRODUCT,
        r"dvt|dv tinh|don vi( san pham)?( tinh)?( san pham)?": Column.UNIT,
        r"(thoi gian )?dinh muc( thoi gian| gio| .{1,30})?|thoi gian (thuc hien|hoan thanh)": (
            Column.NORM
        ),
        r"(phan )?loai (cong )?viec": Column.KIND,
        r"(cac )?tieu chi( .{1,60})?": Column.CRITERION,
        r"(duoc|chiu su) quan ly( .{1,60})?": Column.MANAGED_BY,
        r"quan ly truc tiep( cac)?( don vi| vi tri| nhan su| cong chuc)*": Column.MANAGES,
        r"(co )?(moi )?quan he phoi hop( truc tiep)?( trong .*)?": Column.IN_UNIT,
        r"(cac )?((co quan|to chuc|don vi) )+(co quan he )?phoi hop( chinh)?": Column.WITH,
        r"(cac )?(co quan|don vi|to chuc)( .*)? quan he( chinh)?": Column.BODY,
        r"(ban chat|noi dung|muc dich)( cua)?( moi)? quan he": Column.NATURE,
        r"(cac )?(noi dung )?quyen han( cu the)?": Column.POWER,
        r"(cac )?nhom (cac )?yeu cau": Column.LABEL,
        r"(cac |noi dung )?yeu cau cu the": Column.DETAIL,
        r"(cac )?nhom (cac )?nang luc": Column.GROUP,
        r"(ten )?(cac )?nang luc( cu the)?( ten nang luc)?": Column.COMPETENCY,
        r"(cac )?(yeu cau )?(cap do|cap|muc do)( nang luc)?( yeu cau)?": Column.LEVEL,
    },
)
FIELDS = Wordings(
    Field,
    {
        rf"ten ({_POSITION}|chuc danh)": Field.NAME,
        rf"ma( so)?( {_POSITION})?": Field.CODE,
        r"(ngay|thoi gian) bat dau( thuc hien)?": Field.STARTS,
        r"dia diem( lam viec)?": Field.WORKPLACE,
        r"(cac )?quy trinh( cong viec)?( co)?( lien quan)?": Field.PROCEDURES,
    },
)

SECTION_OF: Mapping[Column, Section] = {
    Column.DUTY: Section.DUTIES,
    Column.TASK: Section.DUTIES,
    Column.PRODUCT: Section.DUTIES,
    Column.UNIT: Section.DUTIES,
    Column.NORM: Section.DUTIES,
    Column.KIND: Section.DUTIES,
    Column.CRITERION: Section.DUTIES,
    Column.MANAGED_BY: Section.INSIDE,
    Column.MANAGES: Section.INSIDE,
    Column.IN_UNIT: Section.INSIDE,
    Column.WITH: Section.INSIDE,
    Column.BODY: Section.OUTSIDE,
    Column.NATURE: Section.OUTSIDE,
    Column.POWER: Section.AUTHORITY,
    Column.LABEL: Section.QUALIFICATIONS,
    Column.DETAIL: Section.QUALIFICATIONS,
    Column.GROUP: Section.COMPETENCIES,
    Column.COMPETENCY: Section.COMPETENCIES,
    Column.LEVEL: Section.COMPETENCIES,
}
