"""Scoring a frame: checked, brought into the shape of the stream, put before an engine in memory."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from os import PathLike
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from liuke.features.service import Source
from liuke.score.domain.config import ScoreConfig, from_plain
from liuke.score.domain.frame import Frame, frame_of, moment_of
from liuke.score.domain.levels import levels_of
from liuke.score.domain.modelled_live import LiveModel
from liuke.score.domain.table import MODELLED, SCORE_SCHEMA
from liuke.score.domain.templates import template
from liuke.score.service import score_run
from liuke.segments.domain.tiers import Tier


def score_frame(
    activities: Any,
    customers: Any = None,
    *,
    as_of: datetime | str,
    config: ScoreConfig | Mapping[str, object] | None,
    zone: str,
    industry: str,
    model: bytes | str | PathLike[str] | None = None,
) -> pa.Table:
    """See `liuke.score`: this does it."""
    live = None if model is None else LiveModel.from_bytes(model if isinstance(model, bytes) else Path(model).read_bytes())
    start = template(industry)
    chosen = from_plain(config, start.config) if isinstance(config, Mapping) else config or start.config
    moment, frame = moment_of(as_of, zone), frame_of(activities, customers, zone)
    connection = duckdb.connect()
    try:
        connection.register("activity", frame.activities)
        source = Source(lambda sql: connection.sql(sql).to_arrow_table())
        table = score_run(source=source, as_of=moment, zone=zone, config=chosen, churn=start.churn, model=live).table
    finally:
        connection.close()
    everybody = pa.concat_tables([table, _idle(frame, table, chosen)]).sort_by("customer_id")
    ids = frame.customers.take(everybody["customer_id"].combine_chunks())
    return everybody.set_column(0, pa.field("customer_id", ids.type), ids)


def _idle(frame: Frame, table: pa.Table, config: ScoreConfig) -> pa.Table:
    """Listed customers who have done nothing yet: the base score, and no confidence in it."""
    codes = np.setdiff1d(frame.listed, table["customer_id"].to_numpy())
    size = len(codes)
    columns = {
        "customer_id": codes,
        "score": np.full(size, config.base),
        "base": np.full(size, config.base),
        "level": pa.array(levels_of(np.full(size, config.base), config.bands), pa.string()),
        "reasons": ["[]"] * size,
        "tier": [Tier.LOW.value] * size,
        "annual_value": np.zeros(size),
        "confidence": np.zeros(size),
        "last_order_us": pa.nulls(size, pa.int64()),
        "last_activity_us": pa.nulls(size, pa.int64()),
        "is_lost": np.zeros(size, dtype=np.bool_),
        "main_family": pa.nulls(size, pa.string()),
        "not_computable": ["{}"] * size,
        "profile": pa.nulls(size, pa.string()),
        "off_baseline": np.zeros(size, dtype=np.bool_),
        "under_usual": pa.nulls(size, pa.float64()),
        **{name: pa.nulls(size, SCORE_SCHEMA.field(name).type) for name in MODELLED},
    }
    return pa.table(columns, schema=SCORE_SCHEMA)
