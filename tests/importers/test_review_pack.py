"""Reading a review pack that came back: every remark on its row, strange files refused."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from catalogue.domain import limits
from catalogue.domain.errors import UnreadableFile
from catalogue.domain.layout import LAYOUTS
from catalogue.domain.remarks import Remark, ReturnedPack, as_json, from_json
from catalogue.exporters import review_pack as printed_pack
from catalogue.importers import reading, review_pack
from tests.docx_kit import docx, relationships, rewrite
from tests.exporters.paper_examples import DIGEST, PACK

FILE = printed_pack.write(PACK, layout=LAYOUTS[0])
DOCUMENT, COMMENTS = "word/document.xml", "word/comments.xml"
Change = Callable[[bytes], bytes]


def read(**changes: Change) -> ReturnedPack:
    """Read the pack with its document or its comments changed."""
    parts = {"document": DOCUMENT, "comments": COMMENTS}
    return review_pack.read(
        rewrite(FILE, {parts[name]: change for name, change in changes.items()})
    )


def without(pattern: str) -> Change:
    return lambda part: re.sub(pattern.encode(), b"", part)


def placed(pack: ReturnedPack) -> list[tuple[int | None, str]]:
    return sorted(((each.ordinal, each.author) for each in pack.remarks), key=str)


EXPECTED = sorted(
    [
        (4, "Trần Ủy Viên"),
        (4, "Lê «Ủy» 'Viên'"),
        (12, "Trần Ủy Viên"),
        (None, "Trần Ủy Viên"),
        (None, "Trần Ủy Viên"),
    ],
    key=str,
)


def test_a_pack_comes_back_as_it_went_out() -> None:
    pack = read()
    assert (pack.dossier_id, pack.sha256) == (12, DIGEST)
    assert placed(pack) == EXPECTED
    assert [each.said for each in pack.remarks] == [each.said for each in PACK.remarks]
    assert pack.remarks[0].at == datetime(2024, 4, 10, 9, 0)  # noqa: DTZ001
    assert pack.problems == ()


@pytest.mark.parametrize(
    "lost",
    [
        r"<w:bookmark[^>]*/>",
        r"<w:sdtPr>.*?</w:sdtPr>",
        r"<w:bookmark[^>]*/>|<w:sdtPr>.*?</w:sdtPr>|</?w:sdt>|</?w:sdtContent>",
        r"<w:commentRange[^>]*/>",
    ],
)
def test_what_a_program_drops_is_made_up_for_by_what_it_keeps(lost: str) -> None:
    assert placed(read(document=without(lost))) == EXPECTED


def test_the_bookmark_holds_where_the_printed_number_was_changed() -> None:
    pack = read(document=lambda part: part.replace(b">4</w:t>", b">40</w:t>"))
    assert placed(pack) == EXPECTED


def test_a_comment_on_a_strange_row_is_kept_and_reported_with_its_place() -> None:
    signs = without(r'<w:bookmarkStart[^>]*"muc_4"/>|<w:tag w:val="muc-4"/>')
    pack = read(document=lambda part: signs(part).replace(b">4</w:t>", b">m\xe1\xbb\x9bi</w:t>"))
    lost = [each for each in pack.remarks if each.ordinal is None]
    assert len(lost) == 4
    assert [(problem.where, problem.what) for problem in pack.problems] == [
        (
            "Đoạn «Văn thư, lưu trữ»",
            "ý kiến của Trần Ủy Viên không nằm ở mục nào: «Nên giữ tên cũ.\nXem lại Đề án.»",
        ),
        (
            "Đoạn «Văn thư, lưu trữ»",
            "ý kiến của Lê «Ủy» 'Viên' không nằm ở mục nào: «Đồng ý với ý kiến trên»",
        ),
    ]


def test_a_comment_whose_anchor_is_gone_is_kept_and_reported() -> None:
    pack = read(document=without(r'<w:comment[^>]*w:id="2"/>'))
    assert (pack.problems[0].where, len(pack.problems)) == ("Không còn chỗ gắn trong tệp", 1)
    assert [each.text for each in pack.remarks if each.where == pack.problems[0].where] == [
        "Bỏ mục này"
    ]


def test_a_comment_says_what_it_prints() -> None:
    words = (
        "<w:p><w:r><w:t>Một </w:t><w:tab/><w:t>hai</w:t></w:r>"
        "<w:del w:id='9'><w:r><w:delText>xóa</w:delText></w:r></w:del></w:p>"
        "<w:p><w:r><w:t>ba</w:t><w:br/><w:t>bốn</w:t></w:r></w:p>"
    )
    pack = read(
        comments=lambda part: re.sub(
            b"<w:p>.*?</w:p>", words.encode(), part, count=1, flags=re.DOTALL
        )
    )
    assert pack.remarks[0].text == "Một hai\nba\nbốn"


def test_what_a_reader_changed_in_the_text_comes_back_as_a_remark() -> None:
    edited = (
        '<w:del w:id="90" w:author="Lê Sửa" w:date="2024-04-11T08:00:00Z"><w:r><w:delText>Văn thư, '
        'lưu trữ</w:delText></w:r></w:del><w:ins w:id="91" w:author="Lê Sửa"><w:r><w:t>Văn thư và '
        "lưu trữ</w:t></w:r></w:ins>"
    )
    pack = read(
        document=lambda part: part.replace(
            b"</w:r><w:commentRangeEnd", f"</w:r>{edited}<w:commentRangeEnd".encode(), 2
        )
    )
    edits = [each for each in pack.remarks if each.author == "Lê Sửa"]
    assert [(each.ordinal, each.text) for each in edits] == [
        (None, "Sửa trực tiếp: xóa «Văn thư, lưu trữ»; thêm «Văn thư và lưu trữ»"),
        (4, "Sửa trực tiếp: xóa «Văn thư, lưu trữ»; thêm «Văn thư và lưu trữ»"),
    ]
    assert edits[0].at == datetime(2024, 4, 11, 8, 0)  # noqa: DTZ001


def test_a_hidden_direction_is_replaced_and_named() -> None:
    pack = read(comments=lambda part: part.replace("Bỏ mục".encode(), "Bỏ\u202emục".encode()))
    assert pack.remarks[2].text == "Bỏ\ufffdmục này"
    assert "U+202E" in pack.problems[0].what


@pytest.mark.parametrize("written", ["", "hôm qua", "2024-13-45T09:00:00Z", "2024-04-10"])
def test_an_hour_that_is_none_is_left_out(written: str) -> None:
    pack = read(comments=lambda part: part.replace(b"2024-04-10T09:00:00Z", written.encode()))
    assert pack.remarks[0].at is None


def test_a_file_without_comments_or_without_a_dossier_says_so() -> None:
    pack = review_pack.read(docx("Một văn bản khác"))
    assert pack == ReturnedPack(None, "", ())


def test_a_pack_of_a_dossier_that_was_not_submitted_has_no_digest() -> None:
    draft = replace(PACK, cover=replace(PACK.cover, sha256=""))
    pack = review_pack.read(printed_pack.write(draft, layout=LAYOUTS[0]))
    assert (pack.dossier_id, pack.sha256) == (12, "")


def test_too_many_comments_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PACK_REMARKS", 4)
    with pytest.raises(UnreadableFile, match="5 ý kiến"):
        read()


@pytest.mark.parametrize(
    ("part", "change", "reason"),
    [
        (
            DOCUMENT,
            lambda part: part.replace(
                b"<w:body>", b"<w:body><w:p><w:fldSimple w:instr='DDEAUTO cmd'/></w:p>"
            ),
            "không an toàn",
        ),
        (
            COMMENTS,
            lambda part: part.replace(b"?>", b"?><!DOCTYPE x [<!ENTITY a 'b'>]>", 1),
            "DOCTYPE",
        ),
        (
            DOCUMENT,
            lambda part: part.replace(b"?>", b"?><!DOCTYPE x>", 1),
            "DOCTYPE",
        ),
        (DOCUMENT, lambda part: part[:-20], "bị hỏng"),
        (COMMENTS, lambda part: part[:-20], "bị hỏng"),
        (
            "word/_rels/document.xml.rels",
            lambda _: relationships(("attachedTemplate", "http://a.example/x"), external=True)
            .encode(),
            "không an toàn",
        ),
    ],
)  # fmt: skip
def test_a_hostile_pack_is_refused(part: str, change: Change, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        review_pack.read(rewrite(FILE, {part: change}))


def test_a_record_survives_the_way_between_processes() -> None:
    pack = read(document=without(r'<w:comment[^>]*w:id="2"/>'))
    assert pack.problems
    assert from_json(as_json(pack)) == pack


def test_the_one_door_reads_a_pack_in_a_child_process() -> None:
    assert reading.read_review_pack(FILE, "ban-xem-xet.docx") == review_pack.read(FILE)


def test_two_remarks_are_one_when_author_and_words_agree() -> None:
    one = Remark(4, 'Lê "Ủy" Viên', None, "Đồng ý\nvới mục này")
    assert one.said == Remark(4, "Lê 'Ủy'  viên", None, " Đồng ý với mục này").said
    assert one.said != Remark(4, "Lê Ủy Viên", None, "Dong y với mục này").said
