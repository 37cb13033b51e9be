"""A province with a matched list, laid down once for each kind of database and then copied."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from tests.dossiers import Province, find_province, make_province
from tests.postgres import Cluster


@pytest.fixture(scope="session")
def sqlite_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("province") / "province.db"
    shutil.copy(sqlite_template, path)
    _lay(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_template: str, cluster: Cluster) -> str:
    _lay(cluster.create("province", template=postgres_template))
    return "province"


@pytest.fixture
def province(session: Session) -> Province:
    return find_province(session)


def _lay(url: str) -> None:
    engine = create_engine(url)
    with Session(engine) as session:
        make_province(session).match_all()
        session.commit()
    engine.dispose()
