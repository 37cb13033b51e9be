"""One small record of each paper of a dossier, with something in every field."""

from dataclasses import replace
from datetime import date, datetime

from catalogue.domain.dossier import Item
from catalogue.domain.issuer import committee_office, organisation_board, provincial_committee
from catalogue.domain.layout import Letterhead, Signature
from catalogue.domain.listing import ListedGroup, ListedPosition, Listing
from catalogue.domain.papers import (
    Answer,
    Answers,
    AskedItem,
    Ballots,
    Basis,
    Closing,
    Comparison,
    Conclusion,
    Cover,
    Decision,
    Line,
    MemberBallot,
    Proposal,
    ReviewPack,
    RuledItem,
)
from catalogue.domain.remarks import Remark
from catalogue.domain.reviewing import Choice, MatchKind, Verdict
from catalogue.domain.words import UNVERIFIED, PositionGroup

DAY = date(2024, 4, 10)
DUE = date(2024, 4, 15)
DIGEST = "3b1f" * 16
OFFICE, BOARD = "Văn phòng Tỉnh ủy", "Ban Tổ chức Tỉnh ủy"


def asked(ordinal: int, kind: MatchKind, former: str, name: str, why: str = "") -> AskedItem:
    """An item that differs unless it is the same; LOCAL ones rest on no signed document."""
    item = Item(
        ordinal=ordinal,
        agency=OFFICE,
        kind=kind,
        differs=kind is not MatchKind.SAME,
        former=former,
        name=name,
        group=PositionGroup.SPECIALIST,
        rank="Chuyên viên chính 50%\nChuyên viên 50%",
        code=f"VP-NVCN-{ordinal:02d}",
        headcount=1,
        why=why,
        rows=(("2752-QĐ/BTCTW", "a" * 64, 1, ordinal + 1),),
    )
    return AskedItem(item, UNVERIFIED if kind is MatchKind.LOCAL else "")


ITEMS = (
    asked(1, MatchKind.SAME, "Chánh Văn phòng", "Chánh Văn phòng"),
    asked(2, MatchKind.RENAMED, "Chuyên viên tổng hợp", "Chuyên viên về tổng hợp", "Cùng việc"),
    asked(
        4,
        MatchKind.MERGED,
        "Chuyên viên văn thư; Chuyên viên lưu trữ",
        "Văn thư, lưu trữ",
        "Một người làm cả hai việc",
    ),
    asked(5, MatchKind.SPLIT, "Chuyên viên hành chính, quản trị", "Chuyên viên hành chính"),
    asked(6, MatchKind.SPLIT, "Chuyên viên hành chính, quản trị", "Chuyên viên quản trị công sở"),
    asked(7, MatchKind.MISSING, "", "Chuyên viên cơ yếu", "Cơ quan chưa có"),
    asked(12, MatchKind.LOCAL, "Cố vấn", "Cố vấn", "Việc riêng của tỉnh"),
)
DIFFERING = ITEMS[1:]


def cover(head: Letterhead) -> Cover:
    return Cover(head, 12, "Danh mục chính thức của Văn phòng", 2, DIGEST, (UNVERIFIED,))


CLOSING = Closing(Signature("Trưởng ban", ""), ("Như trên", "Lãnh đạo Ban"), "Ban Tổ chức Tỉnh ủy")
COMMITTEE_CLOSING = Closing(
    Signature("T/M Ban Thường vụ", "Phó Bí thư", "Nguyễn Văn Mẫu"),
    ("Ban Tổ chức Trung ương (để báo cáo)", "Các cơ quan, đơn vị tại Điều 3"),
    "Văn phòng Tỉnh ủy",
)
BASES = (
    Basis(
        "2752-QĐ/BTCTW",
        "Ban Tổ chức Trung ương",
        date(2024, 3, 29),
        "Danh mục vị trí việc làm",
        UNVERIFIED,
    ),
    Basis("09-ĐA/TU"),
)

PROPOSAL = Proposal(cover(organisation_board(DAY)), BASES, ITEMS, DUE, CLOSING)
BALLOTS = Ballots(
    cover(committee_office(DAY)),
    "Ban Thường vụ Tỉnh ủy",
    DIFFERING,
    (
        MemberBallot(
            "Trần Ủy Viên",
            "Ủy viên Ban Thường vụ",
            {
                2: (Choice.AGREE, ""),
                4: (Choice.AGREE_AMENDED, "Nên ghi «Văn thư và lưu trữ»"),
                12: (Choice.DISAGREE, "Không cần vị trí này"),
            },
        ),
        MemberBallot("Lê Ủy Viên", "Phó Bí thư", {}),
    ),
    DUE,
)
ANSWERS = Answers(
    cover(organisation_board(DAY)),
    (
        Answer(
            4,
            ITEMS[2].change,
            "Trần Ủy Viên",
            "Nên ghi «Văn thư và lưu trữ»",
            taken_in="Sửa tên thành «Văn thư và lưu trữ»",
        ),
        Answer(
            12, ITEMS[6].change, "Trần Ủy Viên", "Không cần", explained="Đề án 09 đã nêu vị trí này"
        ),
        Answer(None, "", "Lê Ủy Viên", "Cần nêu rõ căn cứ.\nBổ sung số liệu."),
    ),
    CLOSING,
)
CONCLUSION = Conclusion(
    cover(replace(provincial_committee(DAY), number=7)),
    "Ban Thường vụ Tỉnh ủy",
    5,
    (
        RuledItem(ITEMS[2], Verdict.ADOPT_AMENDED, "Văn thư và lưu trữ", "Rõ hai việc"),
        RuledItem(ITEMS[6], Verdict.REJECT, "", "Ngoài quyết định của Trung ương"),
    ),
    COMMITTEE_CLOSING,
)


def listing(agency: str, count: int = 2) -> Listing:
    positions = tuple(
        ListedPosition(
            f"Chuyên viên về lĩnh vực {n}",
            "Chuyên viên",
            f"VT-{n:02d}",
            1,
            f"2752-QĐ/BTCTW, bảng 1, dòng {n + 1}",
            UNVERIFIED if n % 2 else "",
        )
        for n in range(1, count + 1)
    )
    groups = (
        ListedGroup("Lãnh đạo, quản lý", (ListedPosition(f"Trưởng {agency}", headcount=1),)),
        ListedGroup("Nghiệp vụ chuyên ngành", positions),
    )
    return Listing(provincial_committee(DUE), agency, groups)


DECISION = Decision(
    cover(provincial_committee(DUE)),
    "12-QĐ/TU",
    BASES,
    (listing(OFFICE), listing(BOARD, 14)),
    DUE,
    COMMITTEE_CLOSING,
)
PACK = ReviewPack(
    cover(committee_office(DAY)),
    DIFFERING,
    (
        Remark(4, "Trần Ủy Viên", datetime(2024, 4, 10, 9, 0), "Nên giữ tên cũ.\nXem lại Đề án."),  # noqa: DTZ001 (as Word prints it)
        Remark(4, 'Lê «Ủy» "Viên"', None, "Đồng ý với ý kiến trên"),
        Remark(12, "Trần Ủy Viên", datetime(2024, 4, 10, 9, 5), "Bỏ mục này"),  # noqa: DTZ001
        Remark(1, "Trần Ủy Viên", datetime(2024, 4, 10, 9, 6), "Mục giữ nguyên: đồng ý"),  # noqa: DTZ001
        Remark(None, "Trần Ủy Viên", datetime(2024, 4, 10, 9, 7), "Cần thêm thời gian"),  # noqa: DTZ001
    ),
)


def position(key: str, *cells: str) -> Line:
    return Line(("VPTU", "specialist", key), cells)


AGENCY = Line(("VPTU",), (OFFICE,))
GROUP = Line(("VPTU", "specialist"), ("Nghiệp vụ chuyên ngành",))
COMPARISON = Comparison(
    provincial_committee(DUE),
    OFFICE,
    date(2024, 4, 1),
    DUE,
    (
        AGENCY,
        GROUP,
        position("1", "Chuyên viên theo dõi tổng hợp", "Chuyên viên", "VT-01", "1", "Đề án 09"),
        position("2", "Chuyên viên văn thư", "Cán sự\nNhân viên", "VT-02", "1", "Đề án 09"),
        position("3", "Lái xe", "", "VT-03", "2", "Đề án 09"),
    ),
    (
        AGENCY,
        GROUP,
        position("3", "Lái xe", "Nhân viên", "VT-03", "2", "12-QĐ/TU, dòng 2"),
        position(
            "1",
            "Chuyên viên về tổng hợp",
            "Chuyên viên chính\nChuyên viên",
            "VT-01",
            "1",
            "12-QĐ/TU, dòng 3",
        ),
        position("4", "Văn thư & lưu trữ <chung>", "Cán sự", "VT-04", "", "12-QĐ/TU, dòng 4"),
    ),
    (UNVERIFIED,),
)
