"""What the tests of printing ask for beside the common tools."""

import shutil

import pytest

from tests.conftest import missing


@pytest.fixture(scope="session")
def pdftotext() -> str:
    found = shutil.which("pdftotext")
    if found is None:
        missing("pdftotext")
    assert found
    return found
