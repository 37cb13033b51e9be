"""What the program tells people by itself: which notices, by which channels, at which hours."""

from dataclasses import dataclass
from datetime import time

from catalogue.domain.words import LabelledWord


class NoticeKind(LabelledWord):
    """What a notice is about."""

    DAY_MISSING = "day_missing", "Ngày hôm trước chưa ghi"
    WEEK_SUMMARY = "week_summary", "Tổng hợp tuần của đơn vị"
    QUESTION = "question", "Có người hỏi về một dòng nhật ký"
    JUDGED = "judged", "Kết quả đánh giá"
    OBJECTION = "objection", "Trả lời ý kiến về đánh giá"
    ASSIGNED = "assigned", "Được giao việc"


class Channel(LabelledWord):
    """By which way a notice reaches a person."""

    PROGRAM = "program", "Trong chương trình"
    EMAIL = "email", "Thư điện tử"
    PUSH = "push", "Thông báo trên thiết bị"


@dataclass(frozen=True, slots=True)
class QuietHours:
    """When nothing may ring; it may run over midnight. Equal times mean never quiet."""

    begin: time
    end: time

    def __contains__(self, moment: time) -> bool:
        if self.begin <= self.end:
            return self.begin <= moment < self.end
        return moment >= self.begin or moment < self.end


# For who has set none: nobody is woken.
USUAL_QUIET = QuietHours(time(21), time(6, 30))
