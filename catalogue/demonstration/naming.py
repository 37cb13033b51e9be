"""Names that nobody bears: each ends in `Mẫu` and the person's number."""

from catalogue.demonstration.chance import chance

_FAMILIES = (
    *("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Phan", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô"),
    *("Dương", "Lý", "Danh", "Thạch", "Sơn", "Kim", "Lâm", "Trương", "Đinh", "Mai", "Tô", "Châu"),
)
_MIDDLES = (
    *("Văn", "Thị", "Hữu", "Ngọc", "Minh", "Thanh", "Hoàng", "Kim", "Quốc", "Thị Hồng", "Đức"),
    *("Thị Mỹ", "Phước", "Thị Cẩm", "Trung", "Bích", "Chí", "Thị Thúy", "Hải", "Tuyết"),
)
# Forms that a list of names must bear: no family name, no middle name, an apostrophe, five words.
_RARE = ("Thạch Sa", "H'Linh", "Y Blôk", "", "Danh", "Nguyễn Trần Lê Hoàng Thị")
_EVERY = 20


def synthetic_name(number: int) -> str:
    """Name the person of this number, the same each time."""
    given = f"Mẫu {number:03}"
    if number % _EVERY == 0:
        return f"{_RARE[number // _EVERY % len(_RARE)]} {given}".strip()
    drawn = chance("name", number)
    return f"{drawn.choice(_FAMILIES)} {drawn.choice(_MIDDLES)} {given}"
