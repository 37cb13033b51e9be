"""What a head says of a line or of a work item, and what may be answered to it."""

from catalogue.domain.words import LabelledWord


class Verdict(LabelledWord):
    """The head's word on one line or work item."""

    ACCEPTED = "accepted", "Đạt"
    NOT_ACCEPTED = "not_accepted", "Chưa đạt"
    LATE = "late", "Chậm"
    CORRECTION = "correction", "Đề nghị sửa"

    @property
    def settles(self) -> bool:
        """Whether the line may no longer be corrected by who wrote it."""
        return self in (Verdict.ACCEPTED, Verdict.LATE)

    @property
    def needs_reason(self) -> bool:
        return self is not Verdict.ACCEPTED


class ObjectionOutcome(LabelledWord):
    """What became of an objection."""

    UPHELD = "upheld", "Giữ nguyên đánh giá"
    CHANGED = "changed", "Thay đổi đánh giá"


# What counts as accepted in the sums: late work is accepted work.
COUNTED = (Verdict.ACCEPTED, Verdict.LATE)
