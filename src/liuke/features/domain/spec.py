"""A metric as a person describes it: which activities, what of them, in which window, compared with what. All faults at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from liuke.base.errors import Invalid
from liuke.facts.domain.kinds import NOT_AN_INTERACTION
from liuke.features.domain.metric import Aggregate, Baseline, Declared, Metric, Ratio, Streak
from liuke.features.domain.spec_faults import Faults

NOT_DONE_BY_CUSTOMER = tuple(sorted(kind.value for kind in NOT_AN_INTERACTION))


class Measure(StrEnum):
    """What of the activities: the aggregates that a person may choose."""

    COUNT = "count"
    SUM = "sum"
    MEAN = "mean"
    MEDIAN = "median"
    MAX = "max"
    DISTINCT = "distinct"
    LAST = "last"
    DAYS_SINCE = "days_since"
    DAYS_KNOWN = "days_known"
    DAYS_UNTIL = "days_until"
    ACTIVE_DAYS = "active_days"
    GAP_MEDIAN = "gap_median"


class Shape(StrEnum):
    """What the measure is compared with."""

    PLAIN = "plain"
    """Nothing: the number itself."""
    EARLIER = "earlier"
    """÷ the mean of the `periods` windows of equal length before (÷ the same measure of all of them, unless it adds up)."""
    RHYTHM = "rhythm"
    """Days since the last ÷ the customer's own median gap: 1 is as usual, 2 is twice as long."""
    PEERS = "peers"
    """÷ the median of the customers with the same `by`."""
    STREAK = "streak"
    """How many of the latest weeks in a row lie `drop` under the usual week."""
    TREND = "trend"
    """Least-squares slope per week over `weeks`."""


MEASURED = frozenset({Measure.SUM, Measure.MEAN, Measure.MEDIAN, Measure.MAX, Measure.DISTINCT, Measure.LAST})
"""These look at `of`."""
ADDS_UP = frozenset({Measure.COUNT, Measure.SUM})
ALLOWED: Mapping[Shape, tuple[Measure, ...]] = {
    Shape.PLAIN: tuple(Measure),
    Shape.EARLIER: (Measure.COUNT, Measure.SUM, Measure.MEAN, Measure.MEDIAN, Measure.MAX),
    Shape.RHYTHM: (Measure.DAYS_SINCE,),
    Shape.PEERS: tuple(measure for measure in Measure if measure is not Measure.DAYS_UNTIL),
    Shape.STREAK: (Measure.COUNT,),
    Shape.TREND: (Measure.COUNT, Measure.SUM),
}
TEXTS = ("channel", "actor")


@dataclass(frozen=True, slots=True)
class MetricSpec:
    """Fields that a shape does not use keep their defaults. Empty `kinds`: everything that the customer does.

    `days` None: all of the past; `skip`: the window ends so many days before the moment. `by`: a column to group customers by,
    empty for all of them.
    """

    kinds: tuple[str, ...] = ()
    measure: Measure = Measure.COUNT
    of: str = "value"
    days: int | None = None
    skip: int = 0
    shape: Shape = Shape.PLAIN
    periods: int = 1
    by: str = ""
    weeks: int = 3
    drop: float = 0.4
    usual_weeks: int = 8


def spec_to_plain(spec: MetricSpec) -> dict[str, object]:
    """JSON-ready data; `spec_from_plain` gives the same description back."""
    return {**asdict(spec), "kinds": list(spec.kinds), "measure": spec.measure.value, "shape": spec.shape.value}


def spec_from_plain(data: Mapping[str, object], *, kinds: Collection[str], groups: Collection[str]) -> MetricSpec:
    """The description in JSON data. `kinds` and `groups` (columns to compare by) are those that the workspace knows.

    Raises Invalid("metric", faults=[{"at", "key", …}]) with every fault, its place and what is allowed.
    """
    faults = Faults(data)
    faults.names(tuple(MetricSpec.__dataclass_fields__))
    shape = Shape(faults.choice("shape", [one.value for one in Shape], Shape.PLAIN.value))
    measure = Measure(faults.choice("measure", [one.value for one in ALLOWED[shape]], ALLOWED[shape][0].value))
    spec = MetricSpec(
        kinds=faults.several("kinds", kinds),
        measure=measure,
        of=faults.column("of", TEXTS if measure is Measure.DISTINCT else ()) if measure in MEASURED else "value",
        days=faults.days("days", needed=shape is Shape.EARLIER),
        skip=faults.whole("skip", 0, 3650, 0),
        shape=shape,
        periods=faults.whole("periods", 1, 24, 1),
        by=faults.choice("by", ["", *sorted(groups)], "") if shape is Shape.PEERS else "",
        weeks=faults.whole("weeks", *_WEEKS.get(shape, (1, 104)), 12 if shape is Shape.TREND else 3),
        drop=faults.share("drop", 0.05, 0.95, 0.4),
        usual_weeks=faults.whole("usual_weeks", 2, 52, 8),
    )
    _together(spec, faults)
    if faults.found:
        raise Invalid("metric", faults=faults.found)
    return spec


_WEEKS = {Shape.STREAK: (1, 12), Shape.TREND: (2, 104)}


def _together(spec: MetricSpec, faults: Faults) -> None:
    """What single fields cannot tell."""
    reach = (spec.days or 0) * (1 + spec.periods if spec.shape is Shape.EARLIER else 1) + spec.skip
    if reach > 3660:
        faults.add("days", "reach", high=3660, got=reach)
    if spec.measure is Measure.DAYS_UNTIL and not spec.kinds:
        faults.add("kinds", "needed")


def spec_declared(spec: MetricSpec, code: str) -> tuple[Declared, ...]:
    """The metrics that make up `code`, which is the last of them."""
    but = () if spec.kinds else NOT_DONE_BY_CUSTOMER
    match spec.shape:
        case Shape.EARLIER:
            now, before = _windows(spec, code, but)
            return (now, before, Ratio(code, now.name, before.name, times=spec.periods if spec.measure in ADDS_UP else 1))
        case Shape.RHYTHM:
            since = Metric(f"{code}__since", Aggregate.DAYS_SINCE, spec.kinds, but)
            gap = Metric(f"{code}__gap", Aggregate.GAP_MEDIAN, spec.kinds, but)
            return (since, gap, Ratio(code, since.name, gap.name))
        case Shape.PEERS:
            own = _metric(spec, f"{code}__own", but, spec.days, spec.skip)
            return (own, Baseline(code, own.name, spec.by))
        case Shape.STREAK:
            return (Streak(code, spec.kinds, but, spec.drop, spec.weeks, spec.usual_weeks),)
        case Shape.TREND:
            of = "" if spec.measure is Measure.COUNT else spec.of
            return (Metric(code, Aggregate.SLOPE, spec.kinds, but, days=7 * spec.weeks, of=of),)
        case _:
            return (_metric(spec, code, but, spec.days, spec.skip),)


def _windows(spec: MetricSpec, code: str, but: tuple[str, ...]) -> tuple[Metric, Metric]:
    days = spec.days or 1
    before = _metric(spec, f"{code}__before", but, days * spec.periods, spec.skip + days)
    return _metric(spec, f"{code}__now", but, days, spec.skip), before


def _metric(spec: MetricSpec, name: str, but: tuple[str, ...], days: int | None, skip: int) -> Metric:
    whole = spec.measure in {Measure.DAYS_UNTIL}
    return Metric(name, Aggregate(spec.measure.value), spec.kinds, but, None if whole else days, 0 if whole else skip, spec.of)
