"""Two lists of three hundred positions: a province's own, and what a decision makes of it."""

from collections.abc import Sequence

from tests.docx_kit import docx, table

FIELDS = ("tổ chức", "tuyên giáo", "dân vận", "nội chính", "kiểm tra", "tổng hợp")
LAST = 50
RENAMED = range(10)


def own_names() -> list[str]:
    """Three hundred positions of the temporary list; the last three are merged and split."""
    plain = [f"Chuyên viên {field} địa bàn {n}" for field in FIELDS for n in range(LAST)]
    return [
        *plain[:-3],
        "Chuyên viên văn thư",
        "Chuyên viên lưu trữ",
        "Chuyên viên quản trị, lễ tân",
    ]


def official_names(own: Sequence[str], prefix: str = "Chuyên viên tham mưu về") -> list[str]:
    kept = [
        name.replace("Chuyên viên", prefix) if place in RENAMED else name
        for place, name in enumerate(own[:-3])
    ]
    return [*kept, "Văn thư, lưu trữ", "Chuyên viên quản trị công sở", "Nhân viên lễ tân"]


def annex(names: Sequence[str]) -> bytes:
    codes = [f"VT-{n:02d}" for n in range(1, len(names) - 2)] + [""] * 3
    rows = (
        [str(n), name, "Chuyên viên", code]
        for n, (name, code) in enumerate(zip(names, codes, strict=True), start=1)
    )
    heading = ["I", "Nghiệp vụ chuyên ngành", "", ""]
    return docx(table(["TT", "Tên vị trí việc làm", "Ngạch", "Mã vị trí"], heading, *rows))
