"""Reading job descriptions, against unzipping and parsing the same XML and nothing else."""

import io
import time
import zipfile
from collections.abc import Iterable, Iterator

import docx
from docx.table import Table
from lxml import etree

from benchmarks.ratios import Ratio
from benchmarks.timing import ratio, timed
from catalogue.importers import description_document

_DESCRIPTIONS = 50
_ROUNDS = 15
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName='
        '"/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
    ),
}
_RUN = '<w:rPr><w:sz w:val="26"/><w:szCs w:val="26"/></w:rPr>'


def measure() -> list[Ratio]:
    data = _file()
    if len(description_document.read(data)) != _DESCRIPTIONS:
        raise AssertionError("the file of the benchmark is not read as it was written")
    taken = timed(
        {
            "floor": lambda: _parsed(data),
            "ours": lambda: description_document.read(data),
            "python-docx": lambda: _read_by_python_docx(data),
        },
        rounds=_ROUNDS,
        clock=time.process_time,  # nothing here waits but for a processor that others use
    )
    read = ratio(taken, "ours", "floor")
    return [
        Ratio("50 job descriptions read / unzipped and parsed", read, 2.5),
        Ratio("python-docx row.cells / ours", ratio(taken, "python-docx", "ours"), 1, "higher"),
    ]


def _parsed(data: bytes) -> object:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))


def _read_by_python_docx(data: bytes) -> list[str]:
    found: list[str] = []
    for block in docx.Document(io.BytesIO(data)).iter_inner_content():
        found += _texts(block) if isinstance(block, Table) else [block.text]
    return found


def _texts(table: Table) -> list[str]:
    found: list[str] = []
    for cell in (cell for row in table.rows for cell in row.cells):
        found.append(cell.text)
        for nested in cell.tables:
            found += _texts(nested)
    return found


def _file() -> bytes:
    body = "".join(block for number in range(_DESCRIPTIONS) for block in _description(number))
    document = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<w:document xmlns:w="{_W}"><w:body>{body}<w:sectPr/></w:body></w:document>'
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (_PARTS | {"word/document.xml": document}).items():
            archive.writestr(name, text)
    return target.getvalue()


def _description(number: int) -> Iterator[str]:
    """Print one description as Word saves it, with a table inside a cell of its requirements."""
    yield _paragraph("BẢN MÔ TẢ CÔNG VIỆC")
    yield _table(
        ((f"Tên VTVL: Chuyên viên về lĩnh vực {number}", f"Mã vị trí việc làm: NVCN-{number:02d}"),)
    )
    yield _paragraph("1. Mục tiêu vị trí việc làm")
    yield _paragraph("Tham mưu, giúp lãnh đạo quản lý lĩnh vực được phân công đúng quy định.")
    yield _paragraph("2. Các công việc và tiêu chí đánh giá")
    head = ("TT", "Nhiệm vụ, mảng công việc", "Công việc cụ thể", "Tiêu chí đánh giá")
    yield _table((head, *map(_duty, range(1, 10))))
    yield _paragraph("3. Các mối quan hệ trong công việc")
    yield _paragraph("3.1. Bên trong")
    yield _table(
        (
            ("Được quản lý trực tiếp bởi", "Quản lý trực tiếp", "Các đơn vị phối hợp chính"),
            ("Trưởng phòng chuyên môn", "", "- Văn phòng\n- Các phòng chuyên môn"),
        )
    )
    yield _paragraph("3.2. Bên ngoài")
    outside = ("Cơ quan, tổ chức có quan hệ chính", "Bản chất quan hệ")
    yield _table((outside, ("Sở chuyên ngành", "Xin hướng dẫn, báo cáo kết quả công việc")))
    yield _paragraph("4. Phạm vi quyền hạn")
    powers = ((f"4.{power}", "Được cung cấp thông tin phục vụ công việc") for power in range(1, 6))
    yield _table((("TT", "Quyền hạn cụ thể"), *powers))
    yield _paragraph("5.1. Yêu cầu về trình độ")
    inner = _table((("Đại học", "Đúng chuyên ngành"), ("Chứng chỉ", "Quản lý nhà nước")))
    labels = ("Trình độ đào tạo", "Kinh nghiệm", "Phẩm chất cá nhân", "Các yêu cầu khác")
    asked = ((label, "- Đáp ứng yêu cầu của công việc\n- Có trách nhiệm") for label in labels)
    yield _table((("Nhóm yêu cầu", "Yêu cầu cụ thể"), *asked, ("Bồi dưỡng", inner)))
    yield _paragraph("5.2. Yêu cầu về năng lực")
    levels = (("Nhóm năng lực chung", f"- Năng lực thứ {level}", "2-3") for level in range(12))
    yield _table((("Nhóm năng lực", "Tên năng lực", "Cấp độ"), *levels))


def _duty(number: int) -> tuple[str, ...]:
    return (
        f"2.{number}",
        f"Nhiệm vụ thuộc mảng thứ {number}",
        "- Chủ trì soạn thảo văn bản của lĩnh vực\n- Theo dõi, đôn đốc việc thực hiện\n- Báo cáo",
        "- Đúng tiến độ, kế hoạch\n- Văn bản được cấp có thẩm quyền thông qua",
    )


def _table(rows: Iterable[Iterable[str]]) -> str:
    inner = "".join(
        f'<w:tr w:rsidR="00994962" w:rsidTr="00367577">{"".join(map(_cell, row))}</w:tr>'
        for row in rows
    )
    return f'<w:tbl><w:tblPr><w:tblW w:w="9900" w:type="dxa"/></w:tblPr><w:tblGrid/>{inner}</w:tbl>'


def _cell(text: str) -> str:
    inner = f"{text}<w:p/>" if text.startswith("<") else "".join(map(_paragraph, text.split("\n")))
    return (
        '<w:tc><w:tcPr><w:tcW w:w="2500" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{inner}</w:tc>"
    )


def _paragraph(text: str) -> str:
    run = f'<w:r w:rsidRPr="00F746D9">{_RUN}<w:t>{text}</w:t></w:r>' if text else ""
    return (
        '<w:p w:rsidR="00994962" w:rsidRPr="00F746D9" w:rsidRDefault="00994962"><w:pPr>'
        f'<w:spacing w:before="40" w:after="40"/><w:jc w:val="both"/>{_RUN}</w:pPr>{run}</w:p>'
    )
