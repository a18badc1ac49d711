"""Activities before an engine: the same tests run embedded and on the cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pyarrow as pa
import pytest

from liuke.base.settings import Settings, from_environment
from liuke.base.settings_spark import SparkSettings
from liuke.features.service import Source
from liuke.warehouse.domain.lake import LakePart, renewed
from liuke.warehouse.lake_files import LakeFolder
from liuke.warehouse.spark import Lake, SparkEngine, engine_of
from tests.features.stream import Did, runner, stream
from tests.spark_cluster import spark_cluster

Sourced = Callable[[list[Did]], Source]
_workspaces = count(1)


def lake_of(table: pa.Table, root: Path, settings: Settings) -> Lake:
    """A lake that holds a table as one month of a workspace that nobody else has."""
    workspace = next(_workspaces)
    folder = LakeFolder(root, workspace)
    with folder.writing():
        files = folder.write("activity/month=2026-01", table.to_batches(), table.schema)
        part = LakePart("activity", "month=2026-01", "made by hand", files)
        folder.swap(renewed(folder.manifest(), "activity", [part], [part.name], 0))
    return Lake.of(settings, workspace)


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkEngine]:
    """The product's engine on the run's cluster, over Connect."""
    engine = engine_of(SparkSettings(remote=spark_cluster().connect))
    yield engine
    engine.close()


@pytest.fixture(params=["duckdb", pytest.param("spark", marks=pytest.mark.slow)])
def sourced(request: pytest.FixtureRequest, tmp_path: Path) -> Sourced:
    """Makes a source of activities: in DuckDB, and in a lake that Spark reads."""
    if request.param == "duckdb":
        return lambda did: Source(runner(stream(did)))
    engine: SparkEngine = request.getfixturevalue("spark")
    settings = from_environment({"LIUKE_LAKE_DIR": str(tmp_path / "lake"), "LIUKE_SPARK_REMOTE": engine.settings.remote})

    def on_spark(did: list[Did]) -> Source:
        lake = lake_of(stream(did), tmp_path / "lake", settings)
        return Source(lambda sql: engine.query(sql, lake), relation=lake.relation, dialect="pyspark")

    return on_spark
