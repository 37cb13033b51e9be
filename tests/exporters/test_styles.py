"""The committed style packages are what their command builds."""

import pytest

from catalogue.domain.layout import LAYOUTS, Layout
from catalogue.exporters import styles
from catalogue.exporters.templates import TEMPLATES
from tests.exporters.word_rules import parts_of


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.key)
def test_building_again_gives_the_committed_package(layout: Layout) -> None:
    committed = (TEMPLATES / f"{layout.key}.docx").read_bytes()
    assert parts_of(styles.build(layout)) == parts_of(committed)
