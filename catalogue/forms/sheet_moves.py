"""What buttons and keys do to the rows of a section: add, move, remove, paste."""

from catalogue.domain import pasting
from catalogue.domain.errors import Invalid
from catalogue.domain.pasting import PastedTask
from catalogue.forms.sheets import Shape, Sheet, blank, find, find_list


def carry_out(sheet: Sheet, asked: str) -> str:
    """Do to the rows what was asked, such as `up:d0-t1-`; answers where the reader goes on.

    Anything that is no move of rows leaves them as they are and answers nothing.
    """
    move, _, path = asked.partition(":")
    done = _MOVES[move](sheet, path) if move in _MOVES else ""
    sheet.renumber()
    return done


def count_pasted(sheet: Sheet) -> int:
    """Count the tasks that stand in the boxes for pasting."""
    return sum(len(pasting.tasks(row.values.get("paste", ""))) for row in sheet.rows)


def paste_all(sheet: Sheet) -> None:
    """Turn what still stands in the boxes for pasting into tasks: no button leaves it behind."""
    for duty in sheet.rows:
        _paste_into(duty, len(duty.rows), duty)


def _add(sheet: Sheet, path: str) -> str:
    holder = find_list(sheet, path)
    return _insert(holder, len(holder.rows))


def _after(sheet: Sheet, path: str) -> str:
    holder, place = find(sheet, path)
    return _insert(holder, place + 1)


def _insert(holder: Sheet, place: int) -> str:
    if holder.shape.row is None:
        raise Invalid("Không thêm dòng được ở đây. Hãy mở lại trang rồi làm lại.")
    holder.rows.insert(place, blank(holder.shape.row))
    return f"{holder.list_at}{place}-"


def _up(sheet: Sheet, path: str) -> str:
    return _move(*find(sheet, path), -1)


def _down(sheet: Sheet, path: str) -> str:
    return _move(*find(sheet, path), 1)


def _move(holder: Sheet, place: int, by: int) -> str:
    target = min(max(place + by, 0), len(holder.rows) - 1)
    holder.rows.insert(target, holder.rows.pop(place))
    return f"{holder.list_at}{target}-"


def _remove(sheet: Sheet, path: str) -> str:
    holder, place = find(sheet, path)
    del holder.rows[place]
    return f"{holder.list_at}{max(place - 1, 0)}-" if holder.rows else holder.at


def _paste(sheet: Sheet, path: str) -> str:
    """Put pasted tasks at the end of a duty, or behind the task in which they were pasted."""
    holder, place = find(sheet, path)
    if holder.rows[place].shape.row is not None:
        duty = holder.rows[place]
        start = len(duty.rows)
        _paste_into(duty, start, duty)
        return f"{duty.list_at}{start}-" if len(duty.rows) > start else duty.at
    start = place + 1
    _paste_into(holder, start, holder)
    if holder.rows[place].is_blank:
        del holder.rows[place]
        start = place
    return f"{holder.list_at}{min(start, len(holder.rows) - 1)}-"


def _paste_into(duty: Sheet, place: int, box: Sheet) -> None:
    shape = duty.shape.row
    pasted = box.values.get("paste", "")
    if shape is None or not pasted.strip():
        return
    duty.rows[place:place] = [_pasted(shape, task) for task in pasting.tasks(pasted)]
    box.values["paste"] = ""


def _pasted(shape: Shape, task: PastedTask) -> Sheet:
    row = blank(shape)
    kind = pasting.kind_of(task.kind)
    row.values |= task._asdict() | {"kind": kind.value if kind else task.kind}
    return row


_MOVES = {
    "add": _add,
    "after": _after,
    "up": _up,
    "down": _down,
    "remove": _remove,
    "paste": _paste,
}
