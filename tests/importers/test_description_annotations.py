"""What reviewers write on a file of job descriptions: tracked changes and comments, with places."""

from datetime import datetime

from catalogue.domain.annotations import Annotations, Comment, Revision, RevisionKind
from catalogue.importers import description_annotations, reading
from tests.docx_kit import W, deleted, docx, inserted, pack, parts, relationships, table

AT = datetime(2024, 4, 1)  # noqa: DTZ001 (Word writes its author's own clock)
BLOCKS = (
    "BẢN MÔ TẢ CÔNG VIỆC",
    table(["Tên VTVL: Lái xe"]),
    "1. Mục tiêu vị trí việc làm",
    f"<w:p>{inserted('Đưa đón an toàn.')}</w:p>",
    "2. Các công việc và tiêu chí đánh giá",
    table(
        ["TT", "Nhiệm vụ", "Công việc cụ thể", "Tiêu chí"],
        ["1", "Lái xe", f"<w:p>{deleted('Trực đêm')}</w:p>", "Đúng giờ"],
    ),
)
REMARK = (
    '<w:p><w:commentRangeStart w:id="7"/><w:r><w:t>Phối hợp</w:t></w:r>'
    '<w:commentRangeEnd w:id="7"/><w:r><w:t> với ai?</w:t></w:r></w:p>'
)


def with_comment() -> bytes:
    files = parts(*BLOCKS, "4. Phạm vi quyền hạn", REMARK)
    files["word/comments.xml"] = (
        f'<w:comments xmlns:w="{W}"><w:comment w:id="7" w:author="Trần B" '
        'w:date="2024-04-02T08:30:00Z"><w:p><w:r><w:t>Nêu rõ đơn vị.</w:t></w:r></w:p>'
        "</w:comment></w:comments>"
    ).encode()
    files["word/_rels/document.xml.rels"] = relationships(("comments", "comments.xml")).encode()
    return pack(files)


def test_tracked_changes_are_told_with_who_when_and_where() -> None:
    found = description_annotations.read(docx(*BLOCKS)).revisions
    assert found == (
        Revision(
            "Mục tiêu vị trí việc làm: Đoạn «Đưa đón an toàn.»",
            RevisionKind.INSERTED,
            "A",
            AT,
            "Đưa đón an toàn.",
        ),
        Revision(
            "Các công việc và tiêu chí đánh giá: Bảng 2, dòng 2",
            RevisionKind.DELETED,
            "A",
            AT,
            "Trực đêm",
        ),
    )


def test_a_comment_is_told_with_the_words_it_is_put_on_and_comes_back_from_the_child() -> None:
    with reading.Reader() as reader:
        found = reader.description_annotations(with_comment(), "góp ý.docx")
    assert found.comments == (
        Comment(
            "Phạm vi quyền hạn: Đoạn «Phối hợp với ai?»",
            "Trần B",
            datetime(2024, 4, 2, 8, 30),  # noqa: DTZ001 (as above)
            "Nêu rõ đơn vị.",
            "Phối hợp",
        ),
    )
    assert len(found.revisions) == 2


def test_a_plain_file_has_nothing_beside_its_text() -> None:
    assert description_annotations.read(docx(table(["Tên VTVL: Lái xe"]))) == Annotations()
