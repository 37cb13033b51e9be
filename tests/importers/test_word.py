"""What a Word document is read as, whatever program wrote it and whatever it hides."""

import unicodedata

import pytest

from catalogue.domain.errors import UnreadableFile
from catalogue.domain.problems import Problem
from catalogue.importers.blocks import Block, Cell, Paragraph, TableRow
from catalogue.importers.word import Document
from tests.docx_kit import (
    cell,
    content_control,
    deleted,
    docx,
    hidden,
    inserted,
    numbered,
    numbering,
    paragraph,
    row,
    run,
    table,
    text_box,
)


def read(data: bytes) -> tuple[list[Block], list[Problem]]:
    document = Document(data, "tệp.docx")
    blocks = list(document.blocks())
    return blocks, document.problems()


def texts(*blocks: str, **related: str) -> list[str]:
    found, _ = read(docx(*blocks, **related))
    return [block.text for block in found if isinstance(block, Paragraph)]


def rows(*blocks: str, **related: str) -> list[TableRow]:
    found, _ = read(docx(*blocks, **related))
    return [block for block in found if isinstance(block, TableRow)]


def cells(*given: str) -> tuple[Cell, ...]:
    return rows(table(given))[0].cells


def findings(*blocks: str, **related: str) -> list[str]:
    _, problems = read(docx(*blocks, **related))
    return [f"{problem.where}: {problem.what}" for problem in problems]


class TestBlocks:
    def test_paragraphs_and_rows_come_in_the_document_s_order(self) -> None:
        found, _ = read(docx("một", table(["a"], ["b"]), "hai", table(["c"])))
        assert [
            block.text if isinstance(block, Paragraph) else (block.table, block.row)
            for block in found
        ] == ["một", (1, 1), (1, 2), "hai", (2, 1)]

    def test_a_long_document_is_read_as_a_short_one(self) -> None:
        many = [[str(number), f"tên {number}"] for number in range(3_000)]
        found = rows("đầu", table(*many), "cuối")
        assert [[one.text for one in each.cells] for each in found] == many
        assert [each.row for each in found] == list(range(1, 3_001))

    def test_runs_of_one_paragraph_are_one_text(self) -> None:
        assert texts(paragraph("Chu", "yên ", "viên")) == ["Chuyên viên"]

    def test_breaks_tabs_and_hyphens_print(self) -> None:
        pieces = "<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:noBreakHyphen/></w:r>"
        assert texts(paragraph(pieces)) == ["a\nb c-"]
        assert cells(paragraph(pieces))[0].lines == ("a", "b c-")

    def test_symbols_print_where_they_are_known_and_are_said_where_not(self) -> None:
        known = '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/><w:t> Quản lý</w:t></w:r>'
        unknown = '<w:r><w:sym w:font="Webdings" w:char="F021"/></w:r>'
        assert texts(paragraph(known)) == ["☐ Quản lý"]
        assert "ký hiệu riêng của phông chữ" in findings(paragraph(unknown))[0]

    def test_links_smart_tags_and_fields_print_their_text(self) -> None:
        field = (
            '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )
        link = f"<w:hyperlink>{run('liên kết ')}</w:hyperlink>"
        tag = f"<w:smartTag><w:smartTag>{run('Hậu Giang ')}</w:smartTag></w:smartTag>"
        assert texts(paragraph(link, tag, field)) == ["liên kết Hậu Giang 7"]


class TestCells:
    def test_columns_count_what_is_spanned(self) -> None:
        found = cells("a", cell("b", span=3), "c")
        assert [(one.column, one.span) for one in found] == [(0, 1), (1, 3), (4, 1)]

    def test_a_cell_in_a_wrapper_that_nobody_foresaw_is_read_in_its_place(self) -> None:
        for last in ("c", "<w:r><w:tab/><w:t>c</w:t></w:r>"):
            wrapped = f"{cell('a')}<w:smartTag>{cell('b')}</w:smartTag>{cell(last, span=2)}"
            found = rows(table(f"<w:tr>{wrapped}</w:tr>"))[0].cells
            assert [(one.column, one.text, one.span) for one in found] == [
                (0, "a", 1),
                (1, "b", 1),
                (2, "c", 2),
            ]

    def test_merging_undone_in_a_tracked_change_counts_no_more(self) -> None:
        before = '<w:tcPr><w:gridSpan w:val="3"/><w:vMerge/></w:tcPr>'
        change = f'<w:tcPrChange w:id="1" w:author="A">{before}</w:tcPrChange>'
        found = cells(cell("a", properties=change), "b")
        assert [(one.column, one.span, one.continues) for one in found] == [
            (0, 1, False),
            (1, 1, False),
        ]

    def test_a_row_may_begin_further_right(self) -> None:
        found = rows(table(row("a", properties='<w:gridBefore w:val="2"/>')))
        assert found[0].cells[0].column == 2

    def test_the_lower_part_of_a_merged_cell_continues(self) -> None:
        found = rows(table([cell("a", merge="restart")], [cell(merge="continue")]))
        assert [each.cells[0].continues for each in found] == [False, True]

    def test_cells_merged_the_old_way_are_one(self) -> None:
        old = [cell("a", properties='<w:hMerge w:val="restart"/>')]
        old += [cell("", properties="<w:hMerge/>"), "b"]
        assert [(one.text, one.column, one.span) for one in cells(*old)] == [
            ("a", 0, 2),
            ("b", 2, 1),
        ]

    def test_paragraphs_of_a_cell_are_its_lines(self) -> None:
        assert cells("a\n\n b  c ")[0].lines == ("a", "b c")

    def test_a_nested_table_is_kept_apart(self) -> None:
        found = cells(cell("trước", table(["x", "y"]), "sau"))[0]
        assert found.lines == ("trước", "sau")
        assert [[one.text for one in each.cells] for each in found.tables[0]] == [["x", "y"]]

    def test_content_controls_at_every_level_are_read(self) -> None:
        inner = paragraph(content_control(run("ba")))
        found = rows(
            content_control(table(row("một"), content_control(row(content_control(cell(inner))))))
        )
        assert [each.cells[0].text for each in found] == ["một", "ba"]

    def test_tables_nested_too_deep_are_refused(self) -> None:
        deep = table(["x"])
        for _ in range(6):
            deep = table([cell(deep, "")])
        with pytest.raises(UnreadableFile, match="tầng bảng lồng nhau"):
            read(docx(deep))

    def test_a_cell_over_three_million_columns_is_refused(self) -> None:
        with pytest.raises(UnreadableFile, match="có 3000000 cột, vượt giới hạn"):
            read(docx(table([cell("a", span=3_000_000)])))

    def test_too_many_tables_are_refused(self) -> None:
        with pytest.raises(UnreadableFile, match="có 501 bảng, vượt giới hạn 500"):
            read(docx(*[table(["x"])] * 501))

    def test_three_hundred_tables_are_read(self) -> None:
        assert len(rows(*[table(["x"])] * 300)) == 300


class TestRevisions:
    def test_insertions_count_and_deletions_do_not(self) -> None:
        assert texts(paragraph("a", inserted("b"), deleted("c"))) == ["ab"]

    def test_both_are_said_with_their_first_words(self) -> None:
        said = findings(paragraph(inserted("thêm"), deleted("bớt")), paragraph(deleted("nữa")))
        assert said[0].startswith("Đoạn văn 1: có 1 chỗ thêm chưa chấp nhận")
        assert "«thêm»" in said[0]
        assert "có 2 chỗ xóa chưa chấp nhận" in said[1]
        assert "«bớt»" in said[1]

    def test_moved_text_counts_once_where_it_went(self) -> None:
        moved = paragraph(f"<w:moveFrom>{run('x')}</w:moveFrom><w:moveTo>{run('x')}</w:moveTo>")
        assert texts(moved) == ["x"]

    def test_a_deleted_row_and_a_deleted_cell_are_left_out(self) -> None:
        found = rows(
            table(
                row("a", properties="<w:del/>"),
                ["b", cell("c", properties="<w:cellDel/>")],
                row("d", properties="<w:ins/>"),
            )
        )
        assert [[one.text for one in each.cells] for each in found] == [["b"], ["d"]]
        assert [each.row for each in found] == [1, 2]

    def test_a_paragraph_whose_mark_is_deleted_runs_on_into_the_next(self) -> None:
        gone = paragraph("Chuyên ", properties="<w:rPr><w:del/></w:rPr>")
        assert texts(gone, "viên") == ["Chuyên viên"]


class TestHiddenText:
    def test_it_is_left_out_and_said(self) -> None:
        assert texts(paragraph("a", hidden("b"))) == ["a"]
        assert "chữ ẩn không đọc vào, chỗ đầu tiên: «b»" in findings(paragraph(hidden("b")))[0]

    def test_a_style_may_hide_it_and_a_run_may_show_it_again(self) -> None:
        styles = (
            '<w:style w:type="character" w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style>'
            '<w:style w:type="character" w:styleId="An"><w:basedOn w:val="Base"/></w:style>'
            '<w:style w:type="paragraph" w:styleId="P"><w:rPr><w:vanish/></w:rPr></w:style>'
        )
        by_run = paragraph("a", run("b", '<w:rStyle w:val="An"/>'))
        by_paragraph = paragraph(
            "c", run("d", '<w:vanish w:val="0"/>'), properties='<w:pStyle w:val="P"/>'
        )
        assert texts(by_run, by_paragraph, styles=styles) == ["a", "d"]
        assert [one.text for one in rows(table([by_run]), styles=styles)[0].cells] == ["a"]

    def test_a_hidden_row_is_left_out_and_said(self) -> None:
        hidden_row = table(row("a", properties="<w:hidden/>"), ["b"])
        assert [each.cells[0].text for each in rows(hidden_row)] == ["b"]
        assert "«a»" in findings(hidden_row)[0]


class TestTextBoxes:
    def test_a_box_is_read_once_after_its_paragraph_and_said(self) -> None:
        boxed = paragraph("ngoài", text_box(paragraph("trong")))
        assert texts(boxed) == ["ngoài", "trong"]
        assert "có 1 hộp văn bản, hộp đầu tiên: «trong»" in findings(boxed)[0]

    def test_an_old_box_without_alternative_is_read(self) -> None:
        pict = (
            "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
            f"{paragraph('trong')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        )
        assert texts(paragraph(pict)) == ["trong"]

    def test_a_box_inside_a_cell_adds_its_lines(self) -> None:
        assert cells(paragraph("a", text_box(paragraph("b"))))[0].lines == ("a", "b")

    def test_a_diagram_is_said(self) -> None:
        uri = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
        drawing = (
            "<w:r><w:drawing><wp:inline><a:graphic>"
            f'<a:graphicData uri="{uri}"/></a:graphic></wp:inline></w:drawing></w:r>'
        )
        assert "SmartArt" in findings(paragraph(drawing))[0]


class TestNotes:
    def test_a_footnote_is_said_in_full_and_with_its_place(self) -> None:
        reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
        notes = f'<w:footnote w:id="2">{paragraph("không tính hợp đồng")}</w:footnote>'
        said = findings(table([paragraph("Biên chế", reference)]), footnotes=notes)
        assert said == ["Bảng 1, dòng 1: có chú thích «không tính hợp đồng» không đưa vào nội dung"]


class TestNumbering:
    def numbers(self, *blocks: str, numbering: str, styles: str = "") -> list[str]:
        related = {"numbering": numbering} | ({"styles": styles} if styles else {})
        found, _ = read(docx(*blocks, **related))
        return [block.number for block in found if isinstance(block, Paragraph)]

    @pytest.mark.parametrize(
        ("form", "text", "printed"),
        [
            ("decimal", "%1.", ["1.", "2.", "3."]),
            ("decimalZero", "%1", ["01", "02", "03"]),
            ("upperRoman", "%1", ["I", "II", "III"]),
            ("lowerLetter", "%1)", ["a)", "b)", "c)"]),
            ("upperLetter", "Mục %1", ["Mục A", "Mục B", "Mục C"]),
            ("bullet", "-", ["-", "-", "-"]),
            ("bullet", "\uf0b7", ["•", "•", "•"]),
            ("none", "", ["", "", ""]),
        ],
    )
    def test_each_form_prints_as_word_prints_it(
        self, form: str, text: str, printed: list[str]
    ) -> None:
        items = [paragraph("x", properties=numbered(1))] * 3
        assert self.numbers(*items, numbering=numbering((form, text))) == printed

    def test_levels_count_inside_the_level_above(self) -> None:
        levels = [0, 1, 1, 0, 1]
        items = (paragraph("x", properties=numbered(1, level)) for level in levels)
        printed = self.numbers(
            *items, numbering=numbering(("upperRoman", "%1."), ("decimal", "%1.%2"))
        )
        assert printed == ["I.", "I.1", "I.2", "II.", "II.1"]

    def test_lists_of_one_pattern_count_on_unless_told_to_start_again(self) -> None:
        pattern = numbering(("decimal", "%1."))
        again = (
            '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
            '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
            '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        )
        items = (paragraph("x", properties=numbered(num)) for num in (1, 2, 3, 3))
        assert self.numbers(*items, numbering=pattern + again) == ["1.", "2.", "1.", "2."]

    def test_a_style_may_carry_the_list(self) -> None:
        styles = (
            '<w:style w:type="paragraph" w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="1"/>'
            "</w:numPr></w:pPr></w:style>"
            '<w:style w:type="paragraph" w:styleId="Con"><w:basedOn w:val="Muc"/></w:style>'
        )
        items = (
            paragraph("x", properties=f'<w:pStyle w:val="{name}"/>') for name in ("Muc", "Con")
        )
        assert self.numbers(*items, numbering=numbering(("decimal", "%1.")), styles=styles) == [
            "1.",
            "2.",
        ]
        boxed = table([paragraph("x", properties='<w:pStyle w:val="Con"/>')])
        found = rows(boxed, numbering=numbering(("decimal", "%1.")), styles=styles)
        assert found[0].cells[0].printed == ("1. x",)

    def test_a_list_linked_through_its_style_is_found(self) -> None:
        linked = (
            '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="L"/></w:abstractNum>'
            '<w:abstractNum w:abstractNumId="6"><w:styleLink w:val="L"/><w:lvl w:ilvl="0">'
            '<w:start w:val="4"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl>'
            '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>'
        )
        assert self.numbers(paragraph("x", properties=numbered(1)), numbering=linked) == ["4"]

    def test_list_zero_takes_the_number_away(self) -> None:
        styles = (
            '<w:style w:type="paragraph" w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="1"/>'
            "</w:numPr></w:pPr></w:style>"
        )
        item = paragraph("x", properties=f'<w:pStyle w:val="Muc"/>{numbered(0)}')
        assert self.numbers(item, numbering=numbering(("decimal", "%1.")), styles=styles) == [""]

    def test_an_empty_numbered_cell_keeps_its_number(self) -> None:
        found = rows(
            table([cell("", numbering=numbered(1)), "a"]), numbering=numbering(("decimal", "%1"))
        )
        assert found[0].cells[0].printed == ("1",)


class TestCharacters:
    def test_decomposed_text_is_composed(self) -> None:
        assert texts(unicodedata.normalize("NFD", "Tổ chức")) == ["Tổ chức"]

    def test_spaces_of_every_kind_are_one_space(self) -> None:
        assert texts("a\u00a0\u2003b \u200bc") == ["a b c"]

    @pytest.mark.parametrize("letter", ["\u00d0", "\u0189"])
    def test_a_letter_that_only_looks_like_d_is_said(self, letter: str) -> None:
        said = findings(table([f"{letter}ảng ủy"]))
        assert said == [f"Bảng 1, dòng 1: «{letter}ảng ủy» — ký tự lạ, có phải «Đ»?"]

    def test_a_strange_letter_repeated_down_a_column_is_said_once_with_its_count(self) -> None:
        said = findings(table(["Đảng"], ["Ðảng ủy"], ["Ðảng ủy"], ["Ðảng ủy"]))
        assert said == [
            "Bảng 1, dòng 2: «Ðảng ủy» — ký tự lạ, có phải «Đ»? (có ở 3 chỗ, đây là chỗ đầu tiên)"
        ]

    def test_a_foreign_name_repeated_down_a_column_is_no_old_encoding(self) -> None:
        found = rows(table(*[["Cty Müller"]] * 3))
        assert [one.cells[0].text for one in found] == ["Cty Müller"] * 3

    def test_a_bidirectional_override_is_said_by_its_code(self) -> None:
        assert "ký tự điều khiển U+202E ở vị trí 2" in findings("a\u202eb")[0]

    @pytest.mark.parametrize(
        ("text", "font", "encoding"),
        [
            ("Céng hßa x· héi chñ nghÜa ViÖt Nam", ".VnTime", "TCVN3"),
            ("Céng hßa x· héi chñ nghÜa ViÖt Nam", "", "TCVN3"),
            ("Céng hßa x· héi", ".VnTimeH", "TCVN3"),
            ("Coäng hoøa xaõ hoäi chuû nghóa", "VNI-Times", "VNI"),
            ("Coäng hoøa xaõ hoäi chuû nghóa", "", "VNI"),
        ],
    )
    def test_an_encoding_from_before_unicode_is_refused(
        self, text: str, font: str, encoding: str
    ) -> None:
        fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>' if font else ""
        with pytest.raises(UnreadableFile, match="không dùng bảng mã Unicode") as refused:
            read(docx(paragraph(run(text, fonts))))
        assert f"có vẻ là {encoding}" in str(refused.value)

    @pytest.mark.parametrize(
        "text",
        [
            "Hội hữu nghị Việt – Đức tại München, Genève",
            "Điều 1. § 2: bằng ½ biên chế; 5 m², 20 °C; «Tuổi trẻ»",
            "Y Blôk Ê-ban, H'Linh Niê, Thạch Sa Ry",
            "☐ Quản lý ☑ Chuyên môn → khác… 🙂",
        ],
    )
    def test_proper_texts_are_left_in_peace(self, text: str) -> None:
        assert texts(text) == [text]
        assert findings(text) == []

    def test_an_old_font_left_in_a_proper_text_does_no_harm(self) -> None:
        fonts = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
        assert texts(paragraph(run("Đảng ủy Khối", fonts))) == ["Đảng ủy Khối"]
