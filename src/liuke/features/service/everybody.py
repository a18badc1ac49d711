"""Where the numbers of everybody, and of the past, are computed: embedded, or by Spark over the lake where the installation has one.

The live path and slices of a few customers always stay embedded: there, seconds count and Spark's own start is longer.
"""

from __future__ import annotations

from liuke.base.settings import Settings, from_environment
from liuke.base.times import utc_now
from liuke.features.service.compute import Source
from liuke.warehouse import Warehouse
from liuke.warehouse.lake import lake_export
from liuke.warehouse.spark import Lake, engine_of, knock


def embedded(warehouse: Warehouse, workspace_id: int) -> Source:
    """A workspace's stream in the warehouse."""
    return Source(lambda sql: warehouse.query(workspace_id, sql))


def everybody(warehouse: Warehouse, workspace_id: int, *, settings: Settings | None = None) -> Source:
    """A workspace's stream for questions about all its customers; with Spark, the lake is brought up to the warehouse first.

    Raises Transient("spark_away") where Spark should be and is not: nothing is computed embedded instead, an hour of a machine that
    is too small for it would be worse than waiting.
    """
    chosen = settings or from_environment()
    if not chosen.spark.is_on:
        return embedded(warehouse, workspace_id)
    knock(chosen.spark)
    lake_export(warehouse=warehouse, workspace_id=workspace_id, root=chosen.lake_dir, now=utc_now())
    lake, engine = Lake.of(chosen, workspace_id), engine_of(chosen.spark)
    return Source(lambda sql: engine.query(sql, lake), relation=lake.relation, dialect="pyspark")
