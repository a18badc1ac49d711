"""What rules may speak about in a workspace: the columns of its frame with types and strata."""

from __future__ import annotations

from collections.abc import Iterator

from liuke.accounts.store.models import Workspace
from liuke.facts.service.attribute_names import attribute_types_kept
from liuke.facts.service.attributes import PREFIX
from liuke.features.service.metrics import metrics_of
from liuke.rules.columns import Catalogue, Column, ColumnType, Stratum
from liuke.segments.domain.tiers import Tier
from liuke.segments.service.tags import tags_all
from liuke.signals.domain.catalogue import SIGNALS

_NUMBER, _TEXT, _FLAG, _MOMENT = ColumnType.NUMBER, ColumnType.TEXT, ColumnType.FLAG, ColumnType.MOMENT
SIGNAL_PREFIX = "signal."

FIXED: tuple[Column, ...] = (
    Column("annual_value", _NUMBER, Stratum.METRIC, "money"),
    Column("owner", _NUMBER, Stratum.METRIC),
    Column("registered_at", _MOMENT, Stratum.METRIC),
    Column("last_order_at", _MOMENT, Stratum.METRIC),
    Column("last_interaction_at", _MOMENT, Stratum.METRIC),
    Column("contract.ends_on", _MOMENT, Stratum.METRIC),
    Column("contract.amount", _NUMBER, Stratum.METRIC, "money"),
    Column("tier", _TEXT, Stratum.TAG, choices=tuple(tier.value for tier in Tier)),
    Column("rfm.r", _NUMBER, Stratum.TAG, "score"),
    Column("rfm.f", _NUMBER, Stratum.TAG, "score"),
    Column("rfm.m", _NUMBER, Stratum.TAG, "score"),
    Column("score", _NUMBER, Stratum.SCORE, "score"),
    Column("score_before", _NUMBER, Stratum.SCORE, "score"),
    Column("score_change_7d", _NUMBER, Stratum.SCORE, "score"),
    Column("level", _TEXT, Stratum.SCORE, choices=("normal", "early", "medium", "high")),
    Column("confidence", _NUMBER, Stratum.SCORE, "share"),
    Column("is_lost", _FLAG, Stratum.SCORE),
    Column("off_baseline", _FLAG, Stratum.SCORE),
    Column("under_usual", _NUMBER, Stratum.SCORE, "share"),
    Column("probability", _NUMBER, Stratum.SCORE, "share"),
    Column("money_at_risk", _NUMBER, Stratum.SCORE, "money"),
)
"""The columns that every frame has, whatever the workspace; `level` names are `score.domain.levels.Level` values."""


def catalogue_of(workspace: Workspace) -> Catalogue:
    """Every column that a rule, tag or profile of the workspace may name. A few queries; reads no activity."""
    return {column.name: column for column in (*FIXED, *_own(workspace))}


def _own(workspace: Workspace) -> Iterator[Column]:
    for metric in metrics_of(workspace):
        yield Column(metric.code, _NUMBER, Stratum.METRIC, metric.unit)
    for name, kind in attribute_types_kept(workspace).items():
        yield Column(f"{PREFIX}{name}", ColumnType(kind), Stratum.METRIC)
    for signal in SIGNALS:
        yield Column(f"{SIGNAL_PREFIX}{signal.code}", _FLAG, Stratum.SIGNAL)
    yield Column("tags", ColumnType.TAGS, Stratum.TAG, choices=tuple(sorted(tag.code for tag in tags_all(workspace))))
