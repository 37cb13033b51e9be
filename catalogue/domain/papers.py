"""What the papers of a dossier hold, from its submission to the decision that issues it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from catalogue.domain.dossier import Item
from catalogue.domain.layout import Letterhead, Signature
from catalogue.domain.listing import Listing
from catalogue.domain.remarks import Remark
from catalogue.domain.reviewing import Choice, MatchKind, Verdict

DRAFT_PAPER = "Dự thảo"
INTERNAL_REMARKS = "Có ý kiến trong Thường trực, Ban Thường vụ – không chuyển ra ngoài"

_CHANGES = {
    MatchKind.SAME: "Giữ «{name}»",
    MatchKind.RENAMED: "Đổi tên «{former}» thành «{name}»",
    MatchKind.MERGED: "Gộp «{former}» thành «{name}»",
    MatchKind.SPLIT: "Tách «{former}», lập «{name}»",
    MatchKind.LOCAL: "Vị trí của địa phương «{name}»",
    MatchKind.MISSING: "Bổ sung «{name}»",
}


@dataclass(frozen=True, slots=True)
class AskedItem:
    """One item with the mark of what it rests on; its ordinal numbers it in every paper."""

    item: Item
    mark: str = ""

    @property
    def change(self) -> str:
        """Say in one phrase what is asked for."""
        former = "»; «".join(self.item.former.split("; "))
        return _CHANGES[self.item.kind].format(former=former, name=self.item.name)


@dataclass(frozen=True, slots=True)
class Cover:
    """What every paper says of its dossier; without a digest it was not submitted yet."""

    letterhead: Letterhead
    dossier_id: int
    title: str
    number: int
    sha256: str = ""
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Closing:
    """Who signs, who receives, and which office keeps the signed copy."""

    signature: Signature
    recipients: tuple[str, ...]
    archive: str


@dataclass(frozen=True, slots=True)
class Basis:
    """A document that a paper rests on."""

    number: str
    issuer: str = ""
    issued_on: date | None = None
    title: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Tờ trình: all items, of which those that differ are printed."""

    cover: Cover
    bases: tuple[Basis, ...]
    items: tuple[AskedItem, ...]
    due_on: date | None
    closing: Closing


@dataclass(frozen=True, slots=True)
class MemberBallot:
    """One member's ballot: what was said so far by ordinal, each with its remark."""

    member: str
    office: str
    said: Mapping[int, tuple[Choice, str]]


@dataclass(frozen=True, slots=True)
class Ballots:
    """Phiếu lấy ý kiến: one a member, all with the same items; `body` is who is asked."""

    cover: Cover
    body: str
    items: tuple[AskedItem, ...]
    ballots: tuple[MemberBallot, ...]
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Answer:
    """A remark with what was taken in or why it was not; both empty are left to be written."""

    ordinal: int | None
    subject: str
    author: str
    remark: str
    taken_in: str = ""
    explained: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """Bảng tổng hợp tiếp thu, giải trình ý kiến."""

    cover: Cover
    answers: tuple[Answer, ...]
    closing: Closing


@dataclass(frozen=True, slots=True)
class RuledItem:
    """What was ruled on an item, and the name under which it stands where it was amended."""

    asked: AskedItem
    verdict: Verdict
    amended_name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Conclusion:
    """Thông báo kết luận: `undisputed` items stand as submitted, the others as ruled."""

    cover: Cover
    body: str
    undisputed: int
    ruled: tuple[RuledItem, ...]
    closing: Closing


@dataclass(frozen=True, slots=True)
class Decision:
    """Quyết định with its annex, a listing per agency; no number or day leaves room for it."""

    cover: Cover
    number: str
    bases: tuple[Basis, ...]
    listings: tuple[Listing, ...]
    effective_from: date | None
    closing: Closing


@dataclass(frozen=True, slots=True)
class ReviewPack:
    """Bản xem xét: the items that differ, with the remarks made so far."""

    cover: Cover
    items: tuple[AskedItem, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a catalogue: a position, or the heading of an agency or a group.

    Lines of two days with the same `key` are one line that may have changed.
    """

    key: tuple[str, ...]
    cells: tuple[str, ...]

    @property
    def heading(self) -> bool:
        return len(self.cells) == 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """The catalogue on two days; the changes are signed and dated by the later one."""

    letterhead: Letterhead
    title: str
    former_day: date
    latter_day: date
    former: tuple[Line, ...]
    latter: tuple[Line, ...]
    marks: tuple[str, ...] = ()
