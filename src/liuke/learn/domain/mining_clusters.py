"""Clusters of customers who left (ML-03), by what they were like before: how many kinds there are is read off the silhouette."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from liuke.base.later import Later

cluster = Later("sklearn.cluster")
metrics = Later("sklearn.metrics")
preprocessing = Later("sklearn.preprocessing")

Numbers = NDArray[np.float64]
NUMBERS, LEAST_PER_CLUSTER, JUDGED, SEED = range(2, 7), 15, 2_000, 0
STANDS_OUT, SPOKEN = 0.4, 2


@dataclass(frozen=True, slots=True)
class Deviation:
    """A column in which a cluster differs from all who left: by so many standard deviations; `median` in the column's own unit."""

    column: str
    deviation: float
    median: float
    all_median: float


@dataclass(frozen=True, slots=True)
class SignalShare:
    """A signal and the share of the cluster in which it fired, beside that of all who left."""

    signal: str
    share: float
    all_share: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """`name`: message parts `mining.trait.<column>.<high|low>`; `money`: what its customers brought in a year; some of them as examples."""

    name: tuple[str, ...]
    customers: int
    share: float
    money: float
    deviations: tuple[Deviation, ...]
    signals: tuple[SignalShare, ...]
    examples: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Clusters:
    """The clusters, by money. `silhouette` (−1 to 1): how distinct they are; under 0.25 they are shades of one kind."""

    clusters: tuple[Cluster, ...]
    silhouette: float
    customers: int


@dataclass(frozen=True, slots=True)
class Leavers:
    """Customers who left, a row each: what they were like when they last could have been kept (NaN where unknown), and signals (0–1)."""

    ids: NDArray[np.int64]
    columns: Mapping[str, Numbers]
    signals: Mapping[str, Numbers]
    annual_value: Numbers


def clusters_of(leavers: Leavers) -> Clusters | None:
    """None where too few left to tell kinds apart."""
    names = [name for name, values in leavers.columns.items() if _varies(values)]
    size = len(leavers.ids)
    if size < 2 * LEAST_PER_CLUSTER or not names:
        return None
    filled = np.column_stack([_filled(leavers.columns[name]) for name in names])
    steps = preprocessing.QuantileTransformer(n_quantiles=min(200, size), output_distribution="normal", random_state=SEED)
    placed = np.clip(steps.fit_transform(filled), -2.5, 2.5)
    placed = (placed - placed.mean(axis=0)) / np.maximum(placed.std(axis=0), 1e-9)
    judged, chosen = max((_tried(placed, number) for number in NUMBERS if number * LEAST_PER_CLUSTER <= size), key=lambda each: each[0])
    made = [_cluster(leavers, names, placed, np.flatnonzero(chosen == label)) for label in np.unique(chosen)]
    return Clusters(tuple(sorted(_told_apart(made), key=lambda cluster: -cluster.money)), judged, size)


def _varies(values: Numbers) -> bool:
    known = values[~np.isnan(values)]
    return len(known) > 0.3 * len(values) and float(np.std(known)) > 0


def _filled(values: Numbers) -> Numbers:
    return np.where(np.isnan(values), np.nanmedian(values), values)


def _tried(placed: Numbers, number: int) -> tuple[float, NDArray[np.int64]]:
    labels = cluster.KMeans(number, n_init=4, random_state=SEED).fit_predict(placed)
    judged = metrics.silhouette_score(placed, labels, sample_size=min(JUDGED, len(placed)), random_state=SEED)
    return float(judged), labels.astype(np.int64)


def _cluster(leavers: Leavers, names: Sequence[str], placed: Numbers, rows: NDArray[np.int64]) -> Cluster:
    middle = placed[rows].mean(axis=0)
    order = np.argsort(-np.abs(middle), kind="stable")
    deviations = tuple(_deviation(leavers, names[at], float(middle[at]), rows) for at in order[:5])
    signals = sorted(
        (_fired(name, values, rows) for name, values in leavers.signals.items()), key=lambda fired: -(fired.share - fired.all_share)
    )
    dearest = rows[np.argsort(-leavers.annual_value[rows], kind="stable")][:10]
    return Cluster(
        name=_traits(deviations),
        customers=len(rows),
        share=len(rows) / len(leavers.ids),
        money=float(leavers.annual_value[rows].sum()),
        deviations=deviations,
        signals=tuple(one for one in signals[:3] if one.share > 0),
        examples=tuple(int(leavers.ids[row]) for row in dearest),
    )


def _deviation(leavers: Leavers, name: str, deviation: float, rows: NDArray[np.int64]) -> Deviation:
    values = leavers.columns[name]
    own = values[rows]
    median = float(np.nanmedian(own)) if not np.isnan(own).all() else 0.0
    return Deviation(name, deviation, median, float(np.nanmedian(values)))


def _fired(name: str, values: Numbers, rows: NDArray[np.int64]) -> SignalShare:
    return SignalShare(name, float((values[rows] > 0).mean()), float((values > 0).mean()))


def _traits(deviations: Sequence[Deviation]) -> tuple[str, ...]:
    """The strongest deviations as traits; one that stands out only a little names nothing."""
    strong = [each for each in deviations if abs(each.deviation) >= STANDS_OUT][:SPOKEN] or list(deviations[:1])
    return tuple(f"{each.column}.{'high' if each.deviation > 0 else 'low'}" for each in strong)


def _told_apart(clusters: Sequence[Cluster]) -> list[Cluster]:
    """Two clusters of one name get one trait more each."""
    names = [cluster.name for cluster in clusters]
    return [_longer(cluster) if names.count(cluster.name) > 1 else cluster for cluster in clusters]


def _longer(cluster: Cluster) -> Cluster:
    more = tuple(f"{each.column}.{'high' if each.deviation > 0 else 'low'}" for each in cluster.deviations[: SPOKEN + 1])
    return Cluster(more, cluster.customers, cluster.share, cluster.money, cluster.deviations, cluster.signals, cluster.examples)
