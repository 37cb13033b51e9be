"""Proposals for 400 positions against 380 rows, against comparing every name with every name.

The floor is one plain pass of the same likeness over all pairs of names: what it takes to look at
them at all, with nothing settled, merged, split or explained.
"""

from collections import Counter
from collections.abc import Sequence

from rapidfuzz import fuzz, process
from sqlalchemy import select
from sqlalchemy.orm import Session

from benchmarks.province import AT, START, catalogue_with_an_agency
from benchmarks.ratios import Ratio
from benchmarks.timing import medians
from catalogue.domain.annex import Annex, Row
from catalogue.domain.matching import EXACT, Entry
from catalogue.domain.reviewing import MatchKind
from catalogue.domain.words import PositionGroup, SourceState
from catalogue.models import Agency, SourceDocument
from catalogue.services import annex_files, cataloguing, founding, matching, suggesting
from catalogue.services.cataloguing import Source

GOAL = 1.0
SECONDS = 1.0
_SAME, _RENAMED, _MERGED, _SPLIT, _LOCAL, _MISSING = 240, 60, 30, 20, 20, 10
_MADE = {
    MatchKind.SAME: _SAME,
    MatchKind.RENAMED: _RENAMED,
    MatchKind.MERGED: _MERGED,
    MatchKind.SPLIT: _SPLIT,
    MatchKind.LOCAL: _LOCAL,
    MatchKind.MISSING: _MISSING,
}
_SUBJECTS = (
    "tổng hợp", "văn thư", "lưu trữ", "kế toán", "tài chính đảng", "quản trị mạng", "cơ yếu",
    "nội chính", "dân vận", "tuyên giáo", "khoa giáo", "kiểm tra", "giám sát", "thi đua",
    "khen thưởng", "đối ngoại", "dân tộc", "tôn giáo", "báo chí", "xuất bản",
)  # fmt: skip
_PLACES = (
    "thành phố", "thị xã", "khối cơ quan", "khối doanh nghiệp", "trường học", "bệnh viện",
    "nông thôn", "biên giới", "bến cảng", "khu công nghiệp", "chợ đầu mối", "lực lượng vũ trang",
    "vùng ven", "cù lao", "hợp tác xã", "làng nghề", "thanh niên", "phụ nữ", "cựu chiến binh",
    "hưu trí",
)  # fmt: skip


def measure() -> list[Ratio]:
    own, rows, strangers = _lists()
    assert Counter(each.kind for each in suggesting.suggest(own, rows)) == _MADE
    taken = medians(
        {
            "floor": lambda: _every_pair(own, rows),
            "proposals": lambda: suggesting.suggest(own, rows),
            "strangers": lambda: suggesting.suggest(own, strangers),
        },
        rounds=7,
    )
    accepted = _accepting()
    lists = f"{len(own)} positions related to {len(rows)} rows"
    return [
        Ratio(f"{lists} / all names compared once", taken["proposals"] / taken["floor"], GOAL),
        Ratio(f"{lists}, seconds", taken["proposals"], SECONDS),
        Ratio("the same with no name in common, seconds", taken["strangers"], SECONDS),
        Ratio("400 equal ones read, proposed, accepted and written, seconds", accepted, SECONDS),
    ]


def _accepting() -> float:
    """Time accepting a whole list at once, taken back so that each round begins alike."""
    names = [f"Chuyên viên theo dõi lĩnh vực số {number}" for number in range(400)]
    annex = Annex(tuple(_printed(number, name) for number, name in enumerate(names, start=1)))
    with catalogue_with_an_agency() as engine, Session(engine) as session:
        agency = session.scalars(select(Agency)).one()
        decision = session.scalars(select(SourceDocument)).one()
        reference = founding.reference_document(session, "R", "reference", START)
        own = Source(reference, agency, "own.docx", "0" * 64, SourceState.REFERENCE, START)
        cataloguing.record_annex(session, annex, own, by=None, at=AT)
        official = Source(decision, agency, "d.docx", "1" * 64, SourceState.VERIFIED, START)
        file = annex_files.record(session, annex, official, by=None, at=AT)
        number = matching.open(session, agency.id, file.id, by=None, at=AT).id
        session.commit()

        def accept() -> None:
            assert len(matching.accept_alike(session, number, EXACT, by=None, at=AT)) == len(names)
            session.rollback()

        return medians({"accept": accept}, rounds=5)["accept"]


def _printed(number: int, name: str) -> Row:
    group = PositionGroup.SPECIALIST.label
    return Row(str(number), name, group, "Chuyên viên", f"VT-{number}", 1, 1, number + 1, (name,))


def _every_pair(own: Sequence[Entry], rows: Sequence[Entry]) -> None:
    names = [row.name for row in rows]
    for position in own:
        process.extract(position.name, names, scorer=fuzz.token_sort_ratio, limit=1)


def _lists() -> tuple[list[Entry], list[Entry], list[Entry]]:
    """Make two lists, mostly equal, with every kind of difference; and one like neither."""
    subjects = iter([f"{one} {place}" for place in _PLACES for one in _SUBJECTS])
    own = [f"Chuyên viên {next(subjects)}" for _ in range(_SAME + _RENAMED)]
    rows = own[:_SAME] + [name.replace("viên", "viên về", 1) for name in own[_SAME:]]
    for _ in range(_MERGED):
        one, other = next(subjects), next(subjects)
        own += [f"Chuyên viên {one}", f"Chuyên viên {other}"]
        rows.append(f"Chuyên viên về {one}, {other}")
    for _ in range(_SPLIT):
        one, other = next(subjects), next(subjects)
        own.append(f"Chuyên viên {one} và {other}")
        rows += [f"Chuyên viên {one}", f"Chuyên viên {other}"]
    own += [f"Bảo vệ cổng số {number}" for number in range(_LOCAL)]
    rows += [f"Thủ thư kho {number}" for number in range(_MISSING)]
    strangers = [f"Phụ trách bộ phận thứ {number}" for number in range(len(rows))]
    return _entries(own, 0), _entries(rows, 10_000), _entries(strangers, 20_000)


def _entries(names: Sequence[str], first: int) -> list[Entry]:
    return [
        Entry(key, key, name, PositionGroup.SPECIALIST, "Chuyên viên", None, None, None, "")
        for key, name in enumerate(names, start=first)
    ]
