"""The figures that the diaries aim at: the report's section II, and what is chosen beside it.

Codes are those of the seed's units. Means are hundredths of an hour a person and standard day,
evenings and weekends counted in, as the report counts them.
"""

from dataclasses import dataclass

from catalogue.domain.hours import Month
from catalogue.domain.words import PositionGroup

JANUARY, FEBRUARY, MARCH = MONTHS = Month(2024, 1), Month(2024, 2), Month(2024, 3)

# Of everyone, in minutes. January and March: 157,98 and 130,71 hours × 736. February: only totals
# from 5.126.093 (7,255 a day, printed 7,26) to 5.126.313 (below 116,085) print both its figures.
TOTAL_MINUTES = {JANUARY: 6_976_397, FEBRUARY: 5_126_203, MARCH: 5_772_154}


@dataclass(frozen=True, slots=True)
class UnitAim:
    """A unit's people, its means of January to March, and the months that the report prints."""

    people: int
    means: tuple[int, int, int]
    reported: tuple[Month, ...] = ()


# The sizes are chosen, a little under what the reference lists print; the report gives only the
# whole, 736. What binds them: the six lowest of March are few (153, of at most 180) and its seven
# highest many (336, of at least 300).
# The means outside `reported` are chosen too, between the report's extremes so that the named
# units lead and trail: January 6,34–7,67, February 5,51–7,99, March 5,43–6,49. Of six units (TCT,
# CT, CTA, PH, VTP, NB) the report says for March only "6,5 - 6,8". The means leave a few hundred
# minutes of a month's total over or short; the units that are not reported share them.
UNITS = {
    "VPTU": UnitAim(44, (648, 492, 542), (FEBRUARY, MARCH)),
    "UBKTTU": UnitAim(25, (609, 516, 506), (JANUARY, FEBRUARY, MARCH)),
    "BTCTU": UnitAim(29, (658, 550, 520), (FEBRUARY, MARCH)),
    "BTGTU": UnitAim(22, (716, 737, 644)),
    "BDVTU": UnitAim(18, (641, 659, 510), (MARCH,)),
    "BNCTU": UnitAim(15, (667, 682, 593)),
    "DUK": UnitAim(19, (633, 622, 510), (JANUARY, MARCH)),
    "TCT": UnitAim(39, (754, 865, 664), (FEBRUARY,)),
    "BHG": UnitAim(32, (724, 746, 646)),
    "MTTQ": UnitAim(19, (683, 708, 618)),
    "LDLD": UnitAim(20, (800, 800, 636), (JANUARY, FEBRUARY)),
    "HND": UnitAim(18, (633, 635, 510), (JANUARY, MARCH)),
    "HPN": UnitAim(17, (730, 763, 647)),
    "CCB": UnitAim(9, (670, 700, 601)),
    "TD": UnitAim(17, (688, 714, 584)),
    "VTH": UnitAim(50, (758, 792, 700), (MARCH,)),
    "CT": UnitAim(49, (768, 784, 658), (JANUARY,)),
    "CTA": UnitAim(49, (772, 787, 663), (JANUARY,)),
    "PH": UnitAim(50, (751, 780, 653)),
    "LMH": UnitAim(49, (707, 740, 634)),
    "VTP": UnitAim(50, (746, 774, 656)),
    "NB": UnitAim(49, (768, 785, 661), (JANUARY,)),
    "LMX": UnitAim(47, (697, 731, 626)),
}


@dataclass(frozen=True, slots=True)
class Extreme:
    """One person whose March the report singles out; `days` where the number of days is told."""

    unit: str
    mean: int
    group: PositionGroup
    body: str | None = None
    days: int | None = None


# The report's footnotes 4 and 5 give the reasons, seldom whose: the groups are chosen to suit them.
# It gives one range for several bodies (3,1–3,2 and 8,2–8,76); their order in it is chosen.
MARCH_EXTREMES = (
    Extreme("TD", 260, PositionGroup.SUPPORT),
    Extreme("DUK", 286, PositionGroup.SUPPORT),
    Extreme("VPTU", 312, PositionGroup.SUPPORT),
    Extreme("BHG", 316, PositionGroup.SUPPORT),
    # About to retire, with much leave: few days, but full ones.
    Extreme("LDLD", 319, PositionGroup.SPECIALIST, days=9),
    # The only one left at work there, Saturdays and Sundays too: 27 days of 21.
    Extreme("LMX", 1019, PositionGroup.LEADERSHIP, body="LMX-DTN", days=27),
    Extreme("VTH", 876, PositionGroup.SPECIALIST, body="VTH-HPN"),
    Extreme("BTGTU", 862, PositionGroup.SPECIALIST),
    Extreme("HPN", 847, PositionGroup.SPECIALIST),
    Extreme("TCT", 833, PositionGroup.SPECIALIST),
    Extreme("BHG", 821, PositionGroup.SPECIALIST),
)

# The body whose others are away on study.
BODIES_OF_ONE = frozenset({"LMX-DTN"})
