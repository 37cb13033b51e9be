"""Reading annexes and descriptions, against unzipping and parsing the same XML and nothing else."""

import io
import tracemalloc
import zipfile
from collections.abc import Callable

import docx
from lxml import etree

from benchmarks.ratios import Ratio
from benchmarks.timing import medians
from catalogue.importers import description_document, position_annex

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FEW, _MANY = 5_000, 20_000
_HEADER = ("TT", "Tên vị trí việc làm", "Ngạch công chức", "Mã VTVL", "Biên chế", "Ghi chú")


def measure() -> list[Ratio]:
    few, many = annex(_FEW), annex(_MANY)
    ...
