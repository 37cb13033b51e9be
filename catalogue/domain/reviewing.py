"""The closed sets of words by which lists are reconciled and a dossier is reviewed."""

from catalogue.domain.states import DossierState
from catalogue.domain.words import LabelledWord


class MatchKind(LabelledWord):
    """How a unit's positions relate to the rows of a decision's annex."""

    SAME = "same", "Trùng khớp"
    RENAMED = "renamed", "Đổi tên"
    MERGED = "merged", "Gộp"
    SPLIT = "split", "Tách"
    LOCAL = "local", "Của địa phương"
    MISSING = "missing", "Còn thiếu"


class Stage(LabelledWord):
    """Who is looking at the dossier: the opinion first, then the decision."""

    STANDING = "standing", "Thường trực Tỉnh ủy cho ý kiến"
    COMMITTEE = "committee", "Ban Thường vụ Tỉnh ủy quyết định"

    @classmethod
    def of(cls, state: DossierState) -> "Stage | None":
        """Give the stage that a dossier in this state is at; None outside a review."""
        return {
            DossierState.STANDING_REVIEW: cls.STANDING,
            DossierState.COMMITTEE_REVIEW: cls.COMMITTEE,
        }.get(state)


class Choice(LabelledWord):
    """What a member says of one item."""

    AGREE = "agree", "Đồng ý"
    AGREE_AMENDED = "agree_amended", "Đồng ý, có chỉnh sửa"
    DISAGREE = "disagree", "Không đồng ý"


class Verdict(LabelledWord):
    """What is ruled on one item; an item nobody disputes stands as submitted."""

    ADOPT = "adopt", "Thông qua"
    ADOPT_AMENDED = "adopt_amended", "Thông qua, có chỉnh sửa"
    REJECT = "reject", "Không thông qua"


class Audience(LabelledWord):
    """Who reads a thread of comments on an item."""

    COMMITTEE = "committee", "Trong Thường trực, Ban Thường vụ"
    UNIT = "unit", "Với đơn vị trình"
    ORGANISERS = "organisers", "Với Ban Tổ chức Tỉnh ủy"


class MilestoneSubject(LabelledWord):
    """What must be finished by a milestone."""

    CATALOGUE = "catalogue", "Danh mục chính thức"
    DESCRIPTIONS = "descriptions", "Bản mô tả công việc và khung năng lực"
    OTHER = "other", "Việc khác"


class JobKind(LabelledWord):
    """What a long piece of work does."""

    READ_ANNEX = "read_annex", "Đọc phụ lục danh mục"
    READ_DESCRIPTIONS = "read_descriptions", "Đọc bản mô tả công việc"
    READ_DIARIES = "read_diaries", "Đọc nhật ký từ bảng tính"


class JobState(LabelledWord):
    """Where a long piece of work stands."""

    QUEUED = "queued", "Đang chờ"
    RUNNING = "running", "Đang đọc"
    READY = "ready", "Đã đọc, chờ ghi"
    DONE = "done", "Đã ghi"
    FAILED = "failed", "Không đọc được"
    DISCARDED = "discarded", "Đã bỏ"
