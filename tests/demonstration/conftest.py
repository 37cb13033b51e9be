"""One generation of the demonstration over made-up positions, shared by its tests."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from catalogue.demonstration.diaries import lines
from catalogue.demonstration.people import people
from catalogue.demonstration.records import (
    Body,
    Line,
    Person,
    Position,
    ReportingUnit,
    Task,
)
from catalogue.domain.words import PositionGroup

PROVINCE = (
    *("VPTU", "UBKTTU", "BTCTU", "BTGTU", "BDVTU", "BNCTU", "DUK", "TCT", "BHG", "MTTQ"),
    *("LDLD", "HND", "HPN", "CCB", "TD"),
)
DISTRICTS = ("VTH", "CT", "CTA", "PH", "LMH", "VTP", "NB", "LMX")
PARTS = (
    *("VP", "UBKT", "BTC", "BTG", "BDV", "MTTQ", "LDLD", "HND", "HPN", "CCB", "DTN", "TTCT"),
)
TET = {date(2024, 2, day) for day in (8, 9, 12, 13, 14)}
