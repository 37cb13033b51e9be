"""The deployment that is shipped reminds people, with all the settings that reminding takes."""

import re
from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped]

ROOT = Path(__file__).parents[1]
SERVICES = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]


def settings(*beginnings: str) -> set[str]:
    """Every setting that the program reads whose name begins so."""
    source = (ROOT / "catalogue" / "config.py").read_text()
    begins = "|".join(beginnings)
    return set(re.findall(rf'"(CATALOGUE_(?:{begins})_[A-Z_]+)"', source))


@pytest.mark.parametrize(
    ("service", "beginnings"),
    [
        ("web", ["VAPID", "PUSH"]),
        ("notify", ["SMTP", "VAPID", "PUSH"]),
        ("remind", ["SMTP"]),
    ],
)
def test_a_service_is_given_every_setting_of_its_work(service: str, beginnings: list[str]) -> None:
    wanted = settings(*beginnings)
    assert len(wanted) > 1
    assert wanted <= SERVICES[service]["environment"].keys()


def test_the_diary_reminds_every_hour_without_being_asked_for() -> None:
    notify = SERVICES["notify"]
    assert "profiles" not in notify
    assert 'catalogue notify --url "$$CATALOGUE_URL"; sleep 3600' in notify["command"][-1]
