"""How each person keeps a diary, well or badly, the same in every month."""

from dataclasses import dataclass

from catalogue.demonstration.chance import chance


@dataclass(frozen=True, slots=True)
class Habits:
    """A diarist's ways: two shares between 0 and 1, and how long a usual line is, in minutes.

    `vague` is the share of lines without a product, `away` that of days at the grass roots;
    `pads` marks those who write down the standard hours come what may.
    """

    line_minutes: int
    vague: float
    away: float
    pads: bool

    @classmethod
    def of(cls, number: int) -> "Habits":
        drawn = chance("habits", number)
        return cls(
            line_minutes=drawn.randint(56, 88),
            vague=drawn.choice((0.1, 0.2, 0.3, 0.5)),
            away=drawn.choice((0.0, 0.05, 0.05, 0.15)),
            pads=drawn.random() < 1 / 8,
        )
