"""Spark mode: scoring everybody and backtests on a real cluster give, to 1e-9, what they give embedded."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from bench.generate import Made, months

from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import Workspace
from liuke.alert.domain.changes import ReviewKind
from liuke.base.errors import Transient
from liuke.base.settings import from_environment
from liuke.base.times import from_us, to_us
from liuke.facts.domain.activity import ACTIVITY_SCHEMA
from liuke.facts.store.models import Customer
from liuke.jobs.domain.contract import PlainContext
from liuke.learn.domain.subject import subject_of
from liuke.learn.service.backtest import Question
from liuke.learn.service.backtest_runs import backtest_run, backtest_start
from liuke.learn.store.models import BacktestRun
from liuke.pipeline.scoring import customers_rescore, workspace_score
from liuke.warehouse import Rows, Upsert
from liuke.warehouse.lake import lake_export
from liuke.warehouse.lake_files import LakeFolder
from liuke.warehouse.local import LocalWarehouse
from liuke.warehouse.scores import scores_at
from liuke.warehouse.spark import Lake, SparkEngine, engine_of
from tests.factories import actor_of, make_customer, make_member, make_workspace
from tests.postgres import free_port
from tests.spark_cluster import spark_cluster

pytestmark = pytest.mark.django_db
MADE = Made(customers=60, events=5_000, days=300)
AS_OF = from_us(MADE.end_us)
FIRST = 800_000
"""Customers are numbered from here on: other tests' are not met."""
OPTIONS = {
    "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1", "spark.sql.shuffle.partitions": "2",
    "spark.executor.memory": "512m", "spark.executor.cores": "1", "spark.cores.max": "2", "spark.sql.codegen.wholeStage": "false",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1", "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class World:
    """A workspace with 300 days of everything, and where its lake would lie."""

    workspace: Workspace
    warehouse: LocalWarehouse
    lake: Path

    def scored(self, kind: ReviewKind = ReviewKind.NIGHTLY) -> tuple[pa.Table, pa.Table]:
        """Scores of a scoring, and its frame (empty where it keeps none)."""
        workspace_score(workspace=self.workspace, warehouse=self.warehouse, as_of=AS_OF, kind=kind)
        kept = kind is ReviewKind.NIGHTLY
        frame = self.warehouse.query(self.workspace.pk, "SELECT * FROM frame ORDER BY customer_id") if kept else pa.table({})
        return scores_at(self.warehouse, self.workspace.pk, as_of=AS_OF), frame

    def backtested(self) -> dict[str, Any]:
        """What a backtest of the live score keeps."""
        rule = {"when": {"column": "order_since", "op": "ge", "value": 20}, "exclude": None}
        question = Question(subject_of({"kind": "rule", "rule": rule}), every="month", start=date(2025, 7, 1))
        actor = actor_of(make_member(self.workspace, Role.OPERATIONS))
        run = backtest_start(actor=actor, workspace=self.workspace, question=question)
        backtest_run(workspace=self.workspace, warehouse=self.warehouse, context=PlainContext(self.workspace.pk, {"run": run.pk}))
        result: dict[str, Any] = BacktestRun.objects.get(pk=run.pk).result
        return result


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Before Spark is turned on."""
    monkeypatch.delenv("LIUKE_SPARK_REMOTE", raising=False)
    monkeypatch.setenv("LIUKE_LAKE_DIR", str(tmp_path / "lake"))
    workspace = make_workspace(simulated_as_of=AS_OF, time_zone="Asia/Shanghai", churn={"kinds": ["order.placed"], "days": 60})
    industries = ("retail", "factory", "school")
    for number in range(1, MADE.customers + 1):
        make_customer(workspace, pk=FIRST + number, attributes={"industry": industries[number % 3], "seats": number})
    warehouse = LocalWarehouse(tmp_path / "warehouse")
    table = pa.concat_tables(months(MADE)).cast(ACTIVITY_SCHEMA)
    ids = pa.compute.add(table["customer_id"], FIRST)
    moved = table.set_column(table.schema.get_field_index("customer_id"), ACTIVITY_SCHEMA.field("customer_id"), ids)
    warehouse.transact(workspace.pk, "made", [Upsert(Rows.of(moved))])
    yield World(workspace, warehouse, tmp_path / "lake")
    warehouse.close()


def turn_on(monkeypatch: pytest.MonkeyPatch, remote: str) -> None:
    """The installation has Spark from here on."""
    monkeypatch.setenv("LIUKE_SPARK_REMOTE", remote)
    if remote.startswith("sc:"):
        return
    monkeypatch.setenv("LIUKE_SPARK_CONF", ";".join(f"{name}={value}" for name, value in OPTIONS.items()))


@pytest.fixture
def asked_of_spark(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement that an engine got."""
    asked: list[str] = []
    query = SparkEngine.query

    def noted(self: SparkEngine, sql: str, lake: Lake) -> pa.Table:
        asked.append(sql)
        return query(self, sql, lake)

    monkeypatch.setattr(SparkEngine, "query", noted)
    return asked


def near(ours: object, theirs: object) -> bool:
    """Equal, numbers to 1e-9; JSON texts by what they say."""
    if isinstance(ours, float) and isinstance(theirs, float):
        return math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-9) or (math.isnan(ours) and math.isnan(theirs))
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(near(ours[name], theirs[name]) for name in ours)
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(near, ours, theirs))
    if isinstance(ours, str) and isinstance(theirs, str) and ours != theirs and ours[:1] in "[{":
        return near(json.loads(ours), json.loads(theirs))
    return ours == theirs


def differing(ours: pa.Table, theirs: pa.Table) -> list[str]:
    """Names of the columns that differ, or that one side lacks."""
    names = sorted({*ours.column_names, *theirs.column_names})
    both = {*ours.column_names} & {*theirs.column_names}
    return [name for name in names if name not in both or not near(ours[name].to_pylist(), theirs[name].to_pylist())]


def late_row() -> Rows:
    """An order of the first customer that arrives in the last microseconds."""
    row = {"source": "late", "activity_id": "one", "customer_id": FIRST + 1, "ts_us": MADE.end_us - 5, "known_us": MADE.end_us - 4,
           "kind": "order.placed", "value": 12_345.0, "channel": None, "actor": None, "attrs": "{}"}  # fmt: skip
    return Rows.of(pa.Table.from_pylist([row], ACTIVITY_SCHEMA))


@pytest.mark.slow
def test_over_connect_every_column_of_scores_and_frame_and_a_backtest_are_those_of_the_embedded_mode(
    world: World, asked_of_spark: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lake was exported before the last row came: the scoring brings it up first."""
    remote = spark_cluster().connect
    lake_export(warehouse=world.warehouse, workspace_id=world.workspace.pk, root=world.lake, now=AS_OF)
    world.warehouse.transact(world.workspace.pk, None, [Upsert(late_row())])
    scores, frame = world.scored()
    backtest = world.backtested()
    assert asked_of_spark == []
    turn_on(monkeypatch, remote)
    spark_scores, spark_frame = world.scored()
    asked = len(asked_of_spark)
    assert asked >= 2
    assert scores.num_rows == frame.num_rows > 50
    assert len(frame.column_names) > 100
    assert differing(scores, spark_scores) == []
    assert differing(frame, spark_frame) == []
    assert len({round(score, 6) for score in scores["score"].to_pylist()}) > 10
    assert LakeFolder(world.lake, world.workspace.pk).manifest().rows("activity") == _stored(world)
    last = dict(zip(frame["customer_id"].to_pylist(), frame["last_order_at"].to_pylist(), strict=True))
    assert last[FIRST + 1] == MADE.end_us - 5
    assert near(backtest, world.backtested())
    assert len(asked_of_spark) > asked
    assert backtest["origins"] == 2


@pytest.mark.slow
def test_on_a_standalone_master_with_the_driver_here_the_scores_are_those_of_the_embedded_mode_and_slices_stay_embedded(
    world: World, asked_of_spark: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    remote = spark_cluster().master
    scores, _ = world.scored(ReviewKind.REPLAY)
    turn_on(monkeypatch, remote)
    spark_scores, _ = world.scored(ReviewKind.REPLAY)
    asked = len(asked_of_spark)
    assert asked >= 2
    assert differing(scores, spark_scores) == []
    later = AS_OF + timedelta(hours=1)
    done = customers_rescore(workspace=world.workspace, warehouse=world.warehouse, as_of=later, customer_ids=[FIRST + 1])
    assert done is not None
    assert len(asked_of_spark) == asked
    engine_of(from_environment().spark).close()


def _stored(world: World) -> int:
    return int(world.warehouse.query(world.workspace.pk, "SELECT count(*) AS n FROM activity")["n"][0].as_py())


def test_a_spark_that_is_away_fails_the_work_for_now_and_writes_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyspark", reason="pyspark is not installed")
    turn_on(monkeypatch, f"spark://127.0.0.1:{free_port()}")
    with pytest.raises(Transient, match="spark_away") as told:
        world.scored()
    assert told.value.params["again_in"] == 60
    with pytest.raises(Transient, match="spark_away"):
        world.backtested()
    assert scores_at(world.warehouse, world.workspace.pk, as_of=AS_OF).num_rows == 0
    assert not world.lake.exists()
    assert Customer.objects.filter(workspace=world.workspace).count() == MADE.customers


def test_the_worlds_moment_is_the_end_of_what_was_made() -> None:
    assert to_us(AS_OF) == MADE.end_us
