"""The past of a workspace as a table to learn from: at each origin what was known then, and what became of everybody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

import numpy as np
import pyarrow as pa

from liuke.accounts.domain.calendar import WEEKDAYS, Calendar
from liuke.accounts.service import workspace_now
from liuke.accounts.service.calendar import calendar_of
from liuke.accounts.store.models import Workspace
from liuke.act.store.models import FollowUp
from liuke.base.errors import Invalid
from liuke.base.times import day_start, from_us, local_day, to_us
from liuke.features.domain.churn import ChurnDefinition
from liuke.features.domain.label import LabelDefinition
from liuke.features.domain.moment import Moment
from liuke.features.service import Source
from liuke.features.service.labelling import labels_at, life_span
from liuke.learn.domain.samples import Dataset, Sample, dataset_of, thinned
from liuke.learn.domain.snapshots import training_origins
from liuke.learn.store.models import Outcome
from liuke.score.domain.config import ScoreConfig
from liuke.score.domain.model_metrics import model_declared
from liuke.score.domain.model_table import model_table
from liuke.score.service import score_finish, score_judge, score_prepare
from liuke.score.store.versions import churn_of, version_config, version_live
from liuke.warehouse import Warehouse

Told = Callable[[float, date], None]
"""The share of the origins done (0–1) and the one at hand; raises to stop."""
MOST_ROWS = 120_000
_LOST = {"churned": 1.0, "unsaveable": 1.0, "renewed": 0.0, "repurchased": 0.0}
ORDERS = ("order.placed",)


@dataclass(frozen=True, slots=True)
class Past:
    """Where the past lies and how it is read; without Django, so that benches read a file in the same way.

    `outcomes`: what people registered, see `labels_at`. `treated_of`: customers whom somebody approached between two moments.
    """

    source: Source
    zone: str
    config: ScoreConfig
    churn: ChurnDefinition
    definition: LabelDefinition
    outcomes: pa.Table | None = None
    calendar_of: Callable[[date], Calendar] = field(default=lambda _: WEEKDAYS)
    treated_of: Callable[[datetime, datetime], set[int]] = field(default=lambda _, __: set())


def sample_at(past: Past, day: date) -> Sample:
    """Who could be lost at the start of a local day, what the model would have read of them, and what became of them."""
    as_of = day_start(day, past.zone)
    labels = labels_at(source=past.source, moment=Moment(as_of, past.zone), definition=past.definition, outcomes=past.outcomes)
    prepared = score_prepare(
        source=past.source, as_of=as_of, zone=past.zone, config=replace(past.config, profiles=()), churn=past.churn,
        also=model_declared(), calendar=past.calendar_of(day),
    )  # fmt: skip
    judged = score_judge(prepared)
    scored = score_finish(prepared, judged).table
    ids = np.asarray(labels["customer_id"])
    place = np.searchsorted(np.asarray(prepared.features["customer_id"]), ids)
    treated = past.treated_of(as_of, as_of + timedelta(days=past.definition.horizon_days))
    since = "order_since" if tuple(past.definition.kinds) == ORDERS else "interaction_since"
    return Sample(
        day=day,
        as_of_us=to_us(as_of),
        table=model_table(prepared.features, judged).take(place),
        customers=ids,
        lost=np.asarray(labels["lost"]) > 0,
        lost_at_us=np.asarray(labels["at_us"].fill_null(-1)),
        annual_value=prepared.found.annual_value[place],
        tier=np.asarray(prepared.scene.tier, dtype=np.object_)[place],
        score=np.asarray(scored["score"], dtype=np.float64)[place],
        recency=np.nan_to_num(prepared.found.columns[since][place], nan=1e6),
        treated=np.isin(ids, np.fromiter(treated, dtype=np.int64)) if treated else np.zeros(len(ids), dtype=np.bool_),
    )


def dataset(past: Past, days: Sequence[date], told: Told = lambda _, __: None) -> Dataset:
    """The samples of these origins, oldest first. Customers are thinned out, whole ones, where there would be too many rows.

    Raises Invalid("model_no_history") without an origin or without anybody who could be lost.
    """
    samples: list[Sample] = []
    share = 1.0
    for at, day in enumerate(days):
        told(at / len(days), day)
        sample = sample_at(past, day)
        if not samples:
            share = MOST_ROWS / max(1, len(sample.customers) * len(days))
        samples.append(thinned(sample, share))
    if not any(len(sample.customers) for sample in samples):
        raise Invalid("model_no_history")
    return dataset_of(samples)


def past_of(workspace: Workspace, warehouse: Warehouse, definition: LabelDefinition) -> Past:
    """A workspace's past under a definition."""
    return Past(
        source=Source(lambda sql: warehouse.query(workspace.pk, sql)),
        zone=workspace.time_zone,
        config=version_config(workspace, version_live(workspace)),
        churn=churn_of(workspace),
        definition=definition,
        outcomes=outcomes_table(workspace),
        calendar_of=lambda day: calendar_of(workspace, year=day.year),
        treated_of=lambda start, end: _approached(workspace, start, end),
    )


def origins_of(workspace: Workspace, past: Past) -> list[date]:
    """The mature origins of a workspace's past, oldest first; empty where it is too short or empty."""
    now = workspace_now(workspace)
    span = life_span(source=past.source, moment=Moment(now, past.zone), definition=past.definition)
    if span is None:
        return []
    first, last = (local_day(from_us(us), past.zone) for us in span)
    return training_origins(first=first, last=last, mature_days=past.definition.mature_days)


def outcomes_table(workspace: Workspace) -> pa.Table:
    """`customer_id`, `at_us`, `lost` of the outcomes that stand: 1.0 lost, 0.0 stayed, null paused."""
    rows = Outcome.objects.filter(workspace=workspace, reverted_at__isnull=True).order_by("customer_id", "occurred_on", "pk")
    found = list(rows.values_list("customer_id", "occurred_on", "kind"))
    return pa.table(
        {
            "customer_id": pa.array([row[0] for row in found], pa.int64()),
            "at_us": pa.array([to_us(day_start(row[1], workspace.time_zone)) for row in found], pa.int64()),
            "lost": pa.array([_LOST.get(row[2]) for row in found], pa.float64()),
        }
    )


def _approached(workspace: Workspace, start: datetime, end: datetime) -> set[int]:
    """Customers with whom somebody was in touch because of an alert."""
    rows = FollowUp.objects.filter(work_item__workspace=workspace, work_item__alert__isnull=False, at__gte=start, at__lt=end)
    return set(rows.values_list("work_item__customer_id", flat=True))
