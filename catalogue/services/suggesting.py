"""Proposing how two lists relate: same, renamed, merged, split, local, missing, each with why."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from catalogue.domain.matching import EXACT, Entry, Suggestion, place
from catalogue.domain.reviewing import MatchKind
from catalogue.domain.text import fold
from catalogue.services import reconciling, wholes
from catalogue.services.reconciling import Way, Wording, plain

Entries = tuple[Entry, ...]
Pairing = tuple[Entries, Entries]

_MARKS_ASIDE = 1.0
_DIFFERENCES = (("mã", 3.0), ("nhóm", 5.0), ("ngạch", 2.0))


def suggest(own: Sequence[Entry], rows: Sequence[Entry]) -> list[Suggestion]:
    """Relate every position and every row that nobody has ruled on, each once.

    Equal names come first, then wholes made of parts, then names near each other; what is left is
    local or missing. Order: as the decision prints its rows, local positions last.
    """
    pairs: list[Pairing] = []
    for step in (_same, _merged, _split, _renamed):
        pairs += step(*_left(own, rows, pairs))
    for way, named_alike in ((reconciling.of_same_name, True), (reconciling.alike, False)):
        near = [pair for pair in pairs if _is_single(pair) and _is_same(*pair) is named_alike]
        pairs = _joined(pairs, near, way, *_left(own, rows, pairs))
    own_left, rows_left = _left(own, rows, pairs)
    pairs += [((each,), ()) for each in own_left]
    pairs += [((), (each,)) for each in rows_left]
    return sorted((_suggestion(*pair) for pair in pairs), key=place)


def judge(own: Entries, rows: Entries) -> tuple[float, str]:
    """Give the score, 0 to 100, and the reason of relating these positions to those rows.

    100 means that nothing known of the two differs.
    """
    if not own:
        return 0.0, "danh sách của đơn vị chưa có vị trí nào giống"
    if not rows:
        return 0.0, "quyết định chưa có dòng nào giống"
    if _is_single((own, rows)):
        return _likeness(own[0], rows[0])
    return _coverage(own, rows)


def _left(
    own: Sequence[Entry], rows: Sequence[Entry], pairs: Iterable[Pairing]
) -> tuple[list[Entry], list[Entry]]:
    """List what no pair has taken yet, on both sides."""
    taken_own = {each.key for of_own, _ in pairs for each in of_own}
    taken_rows = {each.key for _, of_rows in pairs for each in of_rows}
    return (
        [each for each in own if each.key not in taken_own],
        [each for each in rows if each.key not in taken_rows],
    )


def _same(own: Sequence[Entry], rows: Sequence[Entry]) -> list[Pairing]:
    return _one_to_one(own, rows, reconciling.of_same_name)


def _renamed(own: Sequence[Entry], rows: Sequence[Entry]) -> list[Pairing]:
    return _one_to_one(own, rows, reconciling.alike)


def _one_to_one(own: Sequence[Entry], rows: Sequence[Entry], way: Way) -> list[Pairing]:
    proposals = reconciling.propose(_wordings(rows), _wordings(own), (way,))
    return [
        ((own[each.position],), (rows[each.row],))
        for each in proposals
        if each.position is not None
    ]


def _merged(own: Sequence[Entry], rows: Sequence[Entry]) -> list[Pairing]:
    return [(parts, (whole,)) for whole, parts in wholes.find(rows, own)]


def _split(own: Sequence[Entry], rows: Sequence[Entry]) -> list[Pairing]:
    return [((whole,), parts) for whole, parts in wholes.find(own, rows)]


def _joined(
    pairs: Sequence[Pairing],
    near: Sequence[Pairing],
    way: Way,
    own: Sequence[Entry],
    rows: Sequence[Entry],
) -> list[Pairing]:
    """Bring what is left to the pairs that it is near to as well: a merge or a split of them."""
    more_own = _nearest(own, [of_rows[0] for _, of_rows in near], way)
    more_rows = _nearest(rows, [of_own[0] for of_own, _ in near], way)
    grown = []
    for of_own, of_rows in pairs:
        if added := more_own.get(of_rows[0].key):
            grown.append(((*of_own, *added), of_rows))
        else:
            grown.append((of_own, (*of_rows, *more_rows.get(of_own[0].key, ()))))
    return grown


def _nearest(left: Sequence[Entry], targets: Sequence[Entry], way: Way) -> dict[int, list[Entry]]:
    """Give each target the lines left over that are nearest to it, by the target's key."""
    found = way(_wordings(left), range(len(left)), _wordings(targets), range(len(targets)))
    best = {each.row: each for each in sorted(found, key=lambda each: each.score)}
    nearest: dict[int, list[Entry]] = defaultdict(list)
    for each in best.values():
        if each.position is not None:
            nearest[targets[each.position].key].append(left[each.row])
    return nearest


def _suggestion(own: Entries, rows: Entries) -> Suggestion:
    score, reason = judge(own, rows)
    return Suggestion(_kind(own, rows), own, rows, score, reason)


def _kind(own: Entries, rows: Entries) -> MatchKind:
    if not own or not rows:
        return MatchKind.LOCAL if own else MatchKind.MISSING
    if not _is_single((own, rows)):
        return MatchKind.SPLIT if len(rows) > 1 else MatchKind.MERGED
    return MatchKind.SAME if _is_same(own, rows) else MatchKind.RENAMED


def _is_single(pair: Pairing) -> bool:
    return len(pair[0]) == len(pair[1]) == 1


def _is_same(own: Entries, rows: Entries) -> bool:
    return fold(own[0].name) == fold(rows[0].name)


def _likeness(own: Entry, row: Entry) -> tuple[float, str]:
    score, reasons = _by_name(own.name, row.name)
    pairs = ((own.code_key, row.code_key), (own.group, row.group), (own.rank, row.rank))
    for (label, weight), (one, other) in zip(_DIFFERENCES, pairs, strict=True):
        if one and other:
            equal = fold(one) == fold(other)
            reasons.append(f"{'cùng' if equal else 'khác'} {label}")
            score -= 0 if equal else weight
    return max(score, 0.0), ", ".join(reasons)


def _by_name(one: str, other: str) -> tuple[float, list[str]]:
    if plain(one) == plain(other):
        return EXACT, ["cùng tên"]
    if fold(one) == fold(other):
        return EXACT - _MARKS_ASIDE, ["cùng tên, chỉ khác dấu câu hoặc dấu thanh"]
    likeness = round(fuzz.token_sort_ratio(plain(one), plain(other)), 1)
    return likeness, [f"tên giống {likeness:.0f}%"]


def _coverage(own: Entries, rows: Entries) -> tuple[float, str]:
    """Compare what several names say together with what the other side says."""
    said = frozenset().union(*(wholes.words(each.name) for each in own))
    asked = frozenset().union(*(wholes.words(each.name) for each in rows))
    score = round(100 * len(said & asked) / max(len(said | asked), 1), 1)
    reason = f"{len(own)} vị trí và {len(rows)} dòng có nội dung chung {score:.0f}%"
    groups = {each.group for each in (*own, *rows)}
    return score, f"{reason}, {'cùng' if len(groups) == 1 else 'khác'} nhóm"


def _wordings(entries: Sequence[Entry]) -> list[Wording]:
    return [Wording(each.name, each.group, each.code_key) for each in entries]
