"""The positions of an annex, gathered row by row: groups, split ranks, totals and what is amiss."""

from dataclasses import replace

from catalogue.domain import limits
from catalogue.domain.annex import Row
from catalogue.domain.problems import Problem
from catalogue.importers import annex_rows as rows, annex_wording as wording
from catalogue.importers.annex_fields import Fields, fields_of
from catalogue.importers.annex_headings import Heading, level_of
from catalogue.importers.annex_labels import CODE, HEADCOUNT, NAME, RANK
from catalogue.importers.annex_layout import Layout
from catalogue.importers.annex_totals import Totals
from catalogue.importers.blocks import TableRow
from catalogue.importers.closing import closes

_LONGEST_SUM = 160
_QUOTED = 200


class PositionList:
    """What the rows given so far amount to; `rows` and `problems` grow in the order of the file."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.problems: list[Problem] = []
        self.totals = Totals()
        self._group: str | None = None
        self._open = False  # may the next row carry on the last position?
        self._bare = False  # may the last position turn out to be a heading?
        self._closed = False  # did the place for signatures begin?

    def begin(self, heading: Heading | None, table: int) -> None:
        """Begin a table; under a heading of its own a new group, else the list goes on."""
        self._bare = self._closed = False
        if heading is not None:
            self._group, self._open = heading.text, False
            label = heading.text or ""
            counts = wording.counts_in([label])
            self.totals.heading(label, heading.level, counts, f"Bảng {table}", len(self.rows))

    def line(self, text: str, where: str) -> None:
        """Take a line between tables, which may be a sum of the rows above or below it."""
        if len(text) <= _LONGEST_SUM and wording.is_total(text):
            counts = wording.counts_in([text])
            self.totals.sum(wording.label_of(text), counts, where, len(self.rows))

    def add(self, row: TableRow, layout: Layout) -> None:
        """Take one row that is not part of a header."""
        fields = rows.normalised(fields_of(row, layout), layout)
        if rows.is_ordinary(fields):
            self._add_position(fields, layout)
        elif not self._is_aside(fields):
            self._add_unusual(fields, layout)

    def _add_unusual(self, fields: Fields, layout: Layout) -> None:
        if not fields.name or NAME in fields.continued:
            self._carry_on(fields)
        elif self._is_heading(fields, layout):
            self._add_heading(fields)
        elif self._is_rest_of_name(fields):
            self._carry_on_name(fields)
        else:
            self._add_position(fields, layout)

    def _is_aside(self, fields: Fields) -> bool:
        """Tell the rows that are no part of the list: blank, a sum, or a remark, which is said."""
        texts = fields.texts
        total = next(filter(wording.is_total, texts[:2]), "")
        if not texts:
            return True
        if total:
            self._add_total(total, fields)
        elif any(map(wording.is_remark, texts[:2])):
            self._say("không đọc dòng ghi chú", fields, "Không cần sửa nếu đó chỉ là ghi chú.")
        elif self._is_closing(fields, texts):
            self._say("không đọc phần ký tên", fields, "Không cần sửa nếu đó không phải vị trí.")
        else:
            return False
        return True

    def _is_closing(self, fields: Fields, texts: list[str]) -> bool:
        """Tell the signatures below a list, which go on for as long as no row has a number."""
        self._closed = not fields.no and (self._closed or any(map(closes, texts)))
        return self._closed

    def _add_total(self, label: str, fields: Fields) -> None:
        self._open = self._bare = False
        counts, place = rows.counts(fields), rows.place(fields)
        self.totals.sum(wording.label_of(label), counts, place, len(self.rows))

    def _add_heading(self, fields: Fields) -> None:
        self._open = self._bare = False
        self._group = fields.name
        level = level_of(fields.no, fields.name)
        self.totals.heading(
            fields.name, level, rows.counts(fields), rows.place(fields), len(self.rows)
        )

    def _is_heading(self, fields: Fields, layout: Layout) -> bool:
        """Tell a group's row from a position by what it lacks, then by its number and its words.

        One that is numbered like a position stays one until the next row's number shows otherwise.
        """
        if rows.has_substance(fields):
            return False
        if wording.is_group_number(fields.no) or wording.names_a_group(fields.name):
            return True
        return not fields.no and self._is_unnumbered_heading(fields, layout)

    def _is_unnumbered_heading(self, fields: Fields, layout: Layout) -> bool:
        if fields.merged or wording.is_enumerated(fields.name) or fields.name.isupper():
            return True
        named = wording.names_a_position(fields.name) or self._is_rest_of_name(fields)
        if named or not layout.has_substance:
            return False
        self._say(
            "hiểu là tiêu đề nhóm vì chỉ có tên",
            fields,
            "Nếu đây là một vị trí việc làm, hãy ghi số thứ tự hoặc mã cho nó.",
        )
        return True

    def _is_rest_of_name(self, fields: Fields) -> bool:
        bare = not fields.no and not rows.has_substance(fields) and not fields.headcount
        return self._open and bare and fields.name[0].islower()

    def _carry_on_name(self, fields: Fields) -> None:
        last = self.rows[-1]
        name = f"{last.name} {fields.name}"
        self.rows[-1] = replace(last, name=name, raw=last.raw + fields.raw)

    def _carry_on(self, fields: Fields) -> None:
        """Add a split rank, or more of a merged position, to the position above."""
        merged = NAME in fields.continued
        split = not fields.no and not fields.code and bool(fields.rank)
        if not self._open or not (merged or split or not rows.says_more(fields)):
            self._miss_name(fields)
            return
        last = self.rows[-1]
        rank = "" if RANK in fields.continued else fields.rank
        code = "" if CODE in fields.continued or fields.code == last.code else fields.code
        more = self._headcount(fields)
        self.rows[-1] = Row(  # written out: `replace` takes half as long again
            no=last.no,
            name=last.name,
            group=last.group,
            rank=_joined(last.rank, rank),
            code=_joined(last.code, code),
            headcount=last.headcount if more is None else (last.headcount or 0) + more,
            table=last.table,
            row=last.row,
            raw=last.raw + fields.raw,
        )

    def _miss_name(self, fields: Fields) -> None:
        self._open = False  # what follows is more of this row, not of the position above it
        self._say(
            "thiếu tên vị trí việc làm, cột tên để trống",
            fields,
            "Điền tên vị trí, hoặc gộp ô nếu đây là dòng tiếp của vị trí bên trên.",
            blocks=True,
        )

    def _add_position(self, fields: Fields, layout: Layout) -> None:
        self._settle_bare(fields, layout)
        rank, code = fields.rank or None, fields.code or None
        if fields.continued and self._open:
            above = self.rows[-1]
            rank = above.rank if RANK in fields.continued else rank
            code = above.code if CODE in fields.continued else code
        self._group = fields.group or self._group
        self.rows.append(
            Row(
                no=fields.no,
                name=fields.name,
                group=self._group,
                rank=rank,
                code=code,
                headcount=self._headcount(fields),
                table=fields.row.table,
                row=fields.row.row,
                raw=fields.raw,
            )
        )
        self._open = True
        self._bare = rank is None and code is None
        self._check(fields)

    def _settle_bare(self, fields: Fields, layout: Layout) -> None:
        """Turn the last position into a heading once this row's number sits below its own."""
        if not self._bare:
            return
        last = self.rows[-1]
        child = fields.no.startswith(f"{last.no.rstrip('.)')}.") and bool(last.no)
        again = layout.has_substance and wording.figure(fields.no) == 1 and bool(last.no)
        if child or (again and not wording.names_a_position(last.name)):
            self.rows.pop()
            counts = {} if last.headcount is None else {wording.HEADCOUNT: last.headcount}
            place = f"Bảng {last.table}, dòng {last.row}"
            level = level_of(last.no, last.name)
            self.totals.heading(last.name, level, counts, place, len(self.rows))
            self._group, self._open = last.name, False

    def _headcount(self, fields: Fields) -> int | None:
        if HEADCOUNT in fields.continued or rows.is_blank(fields.headcount):
            return None
        people = rows.people_in(fields.headcount)
        if people is None:
            self._say(
                f"biên chế «{fields.headcount}» không phải số người nguyên",
                fields,
                "Ghi số nguyên, ví dụ 2, hoặc để trống.",
                blocks=True,
            )
        return people

    def _check(self, fields: Fields) -> None:
        if len(fields.name) > limits.NAME_CHARACTERS:
            self._say(
                f"tên dài {len(fields.name)} ký tự, quá {limits.NAME_CHARACTERS}",
                fields,
                "Rút gọn tên vị trí việc làm.",
                blocks=True,
            )
        if HEADCOUNT in fields.continued:
            self._say(
                "ô biên chế gộp với vị trí bên trên nên chỉ tính cho vị trí đầu",
                fields,
                "Tách ô biên chế nếu mỗi vị trí có số riêng.",
            )

    def _say(self, what: str, fields: Fields, fix: str, *, blocks: bool = False) -> None:
        quoted = " | ".join(fields.texts)
        if len(quoted) > _QUOTED:
            quoted = f"{quoted[:_QUOTED]}…"
        self.problems.append(Problem(rows.place(fields), f"{what}: «{quoted}»", fix, blocks))


def _joined(above: str | None, below: str) -> str | None:
    return f"{above}\n{below}" if above and below else above or below or None
