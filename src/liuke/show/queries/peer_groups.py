"""What a metric that is computed on the spot compares customers by: attributes as they were, value tiers of the last scoring."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from liuke.facts.service.attributes import PREFIX, attributes_at
from liuke.features.domain.metric import Baseline, Declared
from liuke.score.service.grouping import TIER
from liuke.show.queries.reader import Reader
from liuke.show.queries.warehouse import rows, warehouse
from liuke.warehouse.frames import frame_schema


def groups_of(reader: Reader, metrics: Iterable[Declared]) -> pa.Table | None:
    """`customer_id` and the columns that the segment baselines among `metrics` name; None where there is nothing to compare by."""
    named = {metric.by for metric in metrics if isinstance(metric, Baseline) and metric.by}
    found: list[pa.Table] = []
    if TIER in named and TIER in frame_schema(warehouse(), reader.workspace.pk):
        found.append(rows(reader.workspace, "SELECT customer_id, tier FROM frame"))
    attributes = sorted(name.removeprefix(PREFIX) for name in named - {TIER})
    if attributes:
        found.append(attributes_at(reader.workspace, reader.now, names=attributes).table)
    if len(found) < 2:
        return found[0] if found else None
    return found[0].join(found[1], "customer_id", join_type="full outer")
