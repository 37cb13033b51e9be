"""The closed sets of words that tables store and pages print."""

from enum import StrEnum
from typing import Self

from catalogue.domain.text import fold

UNVERIFIED = "Tham khảo – chưa kiểm chứng với văn bản gốc"
UNSIGNED = "chưa có văn bản đã ký"
DEMONSTRATION = "bản mẫu trình diễn"


class LabelledWord(StrEnum):
    """A stored word with the Vietnamese that a page prints for it."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        word = str.__new__(cls, value)
        word._value_ = value
        word.label = label
        return word

    @classmethod
    def stored(cls, value: str) -> Self:
        """Give the word that is stored so; raises ValueError where there is none."""
        for word in cls:
            if word == value:
                return word
        raise ValueError(value)


class PositionGroup(LabelledWord):
    """The four groups of job positions (nhóm vị trí việc làm)."""

    LEADERSHIP = "leadership", "Lãnh đạo, quản lý"
    SPECIALIST = "specialist", "Nghiệp vụ chuyên ngành"
    SHARED = "shared", "Nghiệp vụ chuyên môn dùng chung"
    SUPPORT = "support", "Hỗ trợ, phục vụ"

    @classmethod
    def of_heading(cls, heading: str | None) -> "PositionGroup | None":
        """Recognise the group that an annex's heading names; None where it names none of them."""
        folded = fold(heading or "")
        for word, group in _HEADING_WORDS:
            if word in folded:
                return group
        return None


# The first that is found decides: "chuyên môn dùng chung" is not "chuyên môn, nghiệp vụ".
_HEADING_WORDS = (
    ("lanh dao", PositionGroup.LEADERSHIP),
    ("quan ly", PositionGroup.LEADERSHIP),
    ("dung chung", PositionGroup.SHARED),
    ("ho tro", PositionGroup.SUPPORT),
    ("phuc vu", PositionGroup.SUPPORT),
    ("chuyen nganh", PositionGroup.SPECIALIST),
    ("chuyen mon", PositionGroup.SPECIALIST),
    ("nghiep vu", PositionGroup.SPECIALIST),
)


class SourceState(LabelledWord):
    """How far a source document can be relied on."""

    UNSIGNED = "unsigned", UNSIGNED
    REFERENCE = "reference", UNVERIFIED
    VERIFIED = "verified", "Đã đọc văn bản ký"


class VersionState(LabelledWord):
    """Where a version of a position or a description stands."""

    DRAFT = "draft", "Đang soạn"
    PROVISIONAL = "provisional", "Tạm thời"
    ISSUED = "issued", "Đã ban hành"
    SUPERSEDED = "superseded", "Đã thay thế"
    WITHDRAWN = "withdrawn", "Đã thu hồi"

    @property
    def of_description(self) -> str:
        """Say where a description stands: it is approved, where a position is issued."""
        return "Đã phê duyệt" if self is VersionState.ISSUED else self.label


IN_FORCE = (VersionState.PROVISIONAL, VersionState.ISSUED)


class OriginKind(LabelledWord):
    """How a position's version relates to a row of an annex."""

    SAME = "same", "Trùng khớp"
    RENAMED = "renamed", "Đổi tên"
    MERGED = "merged", "Gộp"
    SPLIT = "split", "Tách"
    LOCAL = "local", "Của địa phương"


class Level(LabelledWord):
    """The level of government that an agency stands at."""

    PROVINCE = "province", "Cấp tỉnh"
    DISTRICT = "district", "Cấp huyện"


class AssignmentKind(LabelledWord):
    """In which capacity a person holds a position."""

    PRIMARY = "primary", "Chính"
    CONCURRENT = "concurrent", "Kiêm nhiệm"
    ACTING = "acting", "Phụ trách"


class DayKind(LabelledWord):
    """Why a day's hours differ from those of its weekday."""

    HOLIDAY = "holiday", "Nghỉ lễ"
    COMPENSATORY = "compensatory", "Nghỉ bù"
    SWAPPED_OFF = "swapped_off", "Hoán đổi nghỉ"
    MADE_UP = "made_up", "Làm bù"


class Role(LabelledWord):
    """What a person may be granted to do, always for a unit and a time."""

    STAFF = "staff", "Cán bộ"
    HEAD = "head", "Thủ trưởng đơn vị"
    UNIT_OFFICER = "unit_officer", "Cán bộ tổ chức đơn vị"
    ORGANISER = "organiser", "Cán bộ tổ chức cấp tỉnh"
    COMMITTEE = "committee", "Ủy viên Ban Thường vụ"
    ADMINISTRATOR = "administrator", "Quản trị hệ thống"
    AUDITOR = "auditor", "Kiểm tra, giám sát"
    DEPUTY = "deputy", "Người được ủy quyền đánh giá"


class WorkPlace(LabelledWord):
    """Where work was done."""

    OFFICE = "office", "Tại cơ quan"
    GRASS_ROOTS = "grass_roots", "Ở cơ sở"
    MISSION = "mission", "Đi công tác"


class TaskKind(LabelledWord):
    """What sort of work a task is; only the first is judged by what it leaves behind."""

    PRODUCT = "product", "Làm ra sản phẩm"
    DUTY = "duty", "Trực"
    MEETING = "meeting", "Họp"
    STUDY = "study", "Nghiên cứu văn bản"
    FIELD = "field", "Đi cơ sở"
    OTHER = "other", "Khác"
    SECRET = "secret", "Xử lý văn bản mật"


class TaskChange(LabelledWord):
    """What became of a task that did not simply go on."""

    SPLIT = "split", "Tách"
    MERGED = "merged", "Gộp"
    RETIRED = "retired", "Thôi làm"


class CompetencyGroup(LabelledWord):
    """The three groups of competencies (nhóm năng lực)."""

    GENERAL = "general", "Năng lực chung"
    PROFESSIONAL = "professional", "Năng lực chuyên môn"
    MANAGERIAL = "managerial", "Năng lực quản lý"

    @classmethod
    def of_heading(cls, heading: str) -> "CompetencyGroup | None":
        """Recognise the group that a printed heading names; None where it names none of them."""
        folded = fold(heading)
        for word, group in _COMPETENCY_WORDS:
            if word in folded:
                return group
        return None


_COMPETENCY_WORDS = (
    ("quan ly", CompetencyGroup.MANAGERIAL),
    ("chuyen mon", CompetencyGroup.PROFESSIONAL),
    ("nghiep vu", CompetencyGroup.PROFESSIONAL),
    ("chung", CompetencyGroup.GENERAL),
)
