"""What a metric looks like on real customers, before anybody relies on it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from liuke.features.domain.moment import Moment
from liuke.features.domain.named import NamedMetric
from liuke.features.service.compute import Source, features_compute, features_sql

QUANTILES = (0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0)
BINS = 20
SAMPLE = 10


@dataclass(frozen=True, slots=True)
class Preview:
    """`customers` were looked at, `missing` of them have no value. `quantiles` are those of QUANTILES, empty where nobody has one.

    `edges` and `counts`: a histogram (the outermost bins hold what lies beyond the 1st and 99th percentile). `sample`: customers with
    their value, spread evenly from the lowest to the highest.
    """

    customers: int
    missing: int
    quantiles: tuple[float, ...]
    edges: tuple[float, ...]
    counts: tuple[int, ...]
    sample: tuple[tuple[int, float], ...]
    sql: str


def metric_preview(
    *, source: Source, metric: NamedMetric, moment: Moment, groups: pa.Table | None = None, among: Collection[int] | None = None
) -> Preview:
    """Computed as of the moment, for every customer known then; `among` narrows what is told to the customers that a reader sees."""
    found = features_compute(source=source, metrics=metric.declared, moment=moment, groups=groups)
    if among is not None:
        found = found.filter(pc.is_in(found["customer_id"], pa.array(sorted(among), found["customer_id"].type)))
    column = found[metric.code]
    kept = found.filter(column.is_valid())
    ids, values = kept["customer_id"].to_numpy(), kept[metric.code].to_numpy()
    order = np.lexsort((ids, values))
    edges, counts = _histogram(values)
    return Preview(
        customers=found.num_rows,
        missing=column.null_count,
        quantiles=tuple(float(value) for value in np.quantile(values, QUANTILES)) if len(values) else (),
        edges=edges,
        counts=counts,
        sample=tuple((int(ids[at]), float(values[at])) for at in order[_spread(len(order))]),
        sql=features_sql(stream=source.stream, metrics=metric.declared, moment=moment, groups=None if groups is None else groups.schema),
    )


def _spread(size: int) -> NDArray[np.intp]:
    """Places from the first to the last, at most SAMPLE."""
    return np.unique(np.linspace(0, size - 1, min(SAMPLE, size)).round().astype(np.intp))


def _histogram(values: NDArray[np.float64]) -> tuple[tuple[float, ...], tuple[int, ...]]:
    if not len(values):
        return (), ()
    low, high = np.quantile(values, (0.01, 0.99))
    if low == high:
        return (float(low), float(high)), (len(values),)
    counts, edges = np.histogram(np.clip(values, low, high), bins=BINS, range=(low, high))
    return tuple(float(edge) for edge in edges), tuple(int(count) for count in counts)
