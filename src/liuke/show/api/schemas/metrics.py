"""Metrics: the built-in and own ones, who uses each, and what one looks like on real customers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema

from liuke.show.api.schemas.common import CustomerRef, at_most

UnitName = Literal["count", "money", "days", "weeks", "hours", "seconds", "ratio", "share", "score", "number"]
MeasureName = Literal[
    "count", "sum", "mean", "median", "max", "distinct", "last", "days_since", "days_known", "days_until", "active_days", "gap_median"
]
ShapeName = Literal["plain", "earlier", "rhythm", "peers", "streak", "trend"]


class MetricSpecOut(Schema):
    """What a metric measures. Empty `kinds`: everything that the customer does; `days` null: all of the past."""

    kinds: list[str]
    measure: MeasureName
    of: str
    days: int | None
    skip: int
    shape: ShapeName
    periods: int
    by: str
    weeks: int
    drop: float
    usual_weeks: int


class MetricUse(Schema):
    """Something that reads the metric; `score`: a profile of the live score. `live`: it works with it now; a draft does not yet."""

    kind: Literal["signal", "rule", "tag", "score"]
    id: str
    name: str
    live: bool


class MetricOut(Schema):
    """One metric. `missing` says in words why it cannot be computed here, null where it can."""

    code: str
    name: str
    group: str
    group_label: str
    unit: UnitName
    builtin: bool
    sentence: str
    spec: MetricSpecOut | None
    uses: list[MetricUse]
    missing: str | None
    created_by: str | None = None
    updated_at: datetime | None = None
    archived: bool = False


class MetricKind(Schema):
    """A kind of activity that a metric may look at. `seen`: the workspace has some."""

    kind: str
    label: str
    seen: bool


class MetricGroup(Schema):
    """What customers may be grouped by; `by` empty: all of them."""

    by: str
    label: str


class MetricForm(Schema):
    """What the editor offers. `measures`: per shape; `measured`: the measures that look at a value."""

    kinds: list[MetricKind]
    groups: list[MetricGroup]
    measures: dict[str, list[MeasureName]]
    measured: list[MeasureName]
    units: list[UnitName]


class MetricsOut(Schema):
    """指标."""

    metrics: list[MetricOut]
    archived: list[MetricOut]
    form: MetricForm


class MetricIn(Schema):
    """A metric to keep or to look at. `unit` blank: the one that follows from the description."""

    name: Annotated[str, at_most(200)] = ""
    unit: Annotated[str, at_most(20)] = ""
    spec: dict[str, Any]


class MetricValue(Schema):
    """One customer's value."""

    customer: CustomerRef
    value: float


class MetricBin(Schema):
    """One bar of a distribution."""

    low: float
    high: float
    count: int


class MetricPreviewOut(Schema):
    """A metric on the customers that the reader sees, as of `as_of`. Quantiles are null where nobody has a value.

    `is_sample`: computed on every n-th customer only. `sql`: what the warehouse is asked.
    """

    as_of: datetime
    unit: UnitName
    sentence: str
    customers: int
    missing: int
    is_sample: bool
    lowest: float | None
    p10: float | None
    p25: float | None
    median: float | None
    p75: float | None
    p90: float | None
    highest: float | None
    bins: list[MetricBin]
    sample: list[MetricValue]
    sql: str
