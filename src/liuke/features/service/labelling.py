"""Who was lost, how many per period, and how long a silence usually lasts before it is for good."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from liuke.features.domain.churn import ChurnDefinition, ChurnPeriod
from liuke.features.domain.label import LabelDefinition
from liuke.features.domain.label_outcomes import labels_overridden
from liuke.features.domain.label_sql import label_expression, signs_of_life
from liuke.features.domain.labels import churn_periods, gaps_of, inactivity_label
from liuke.features.domain.moment import Moment
from liuke.features.service.compute import Source, doubles
from liuke.stats.returns import ReturnPoint, return_curve


def label_inactive(*, source: Source, moment: Moment, kinds: Sequence[str], horizon: int = 90, active: int = 365) -> pa.Table:
    """`customer_id`, `lost` (1.0 / 0.0) for customers active before the moment: see `labels.inactivity_label`."""
    expression = inactivity_label(source.stream, moment, kinds=kinds, horizon=horizon, active=active)
    return doubles(source.ask(expression))


def churn_rates(*, source: Source, edges: Sequence[Moment], churn: ChurnDefinition) -> list[ChurnPeriod]:
    """Churn and retention between consecutive edges, e.g. the first moments of months: see `labels.churn_periods`."""
    found = source.ask(churn_periods(source.stream, edges, churn)).sort_by("period")
    counts = [{name: int(count) for name, count in row.items() if name != "period"} for row in found.to_pylist()]
    spans = zip(edges, edges[1:], counts, strict=False)
    return [ChurnPeriod(start.as_of, end.as_of, **row) for start, end, row in spans]


def churn_days_suggested(*, source: Source, moment: Moment, kinds: Sequence[str], days: Sequence[int], watch: int) -> list[ReturnPoint]:
    """The return curve up to the moment: of customers silent for n days, how many came back within `watch` more days."""
    found = source.ask(gaps_of(source.stream, moment, kinds))
    gaps, silences = (found[name].drop_null().to_numpy() for name in ("gap", "open"))
    return return_curve(gaps, silences, days, watch)


def labels_at(*, source: Source, moment: Moment, definition: LabelDefinition, outcomes: pa.Table | None = None) -> pa.Table:
    """`customer_id`, `lost` (1.0 / 0.0), `at_us` (when it was lost, null) of the eligible customers, by rising id.

    `outcomes` (`customer_id`, `at_us`, `lost`; see `label_outcomes`) come before everything that the stream says. Use it only for
    moments at least `definition.mature_days` before the end of the data.
    """
    found = source.ask(label_expression(source.stream, moment, definition))
    table = pa.table(
        {
            "customer_id": found["customer_id"],
            "lost": pc.cast(found["lost"], pa.float64()),
            "at_us": pc.cast(found["at_us"], pa.int64()),
        }
    ).sort_by("customer_id")
    return table if outcomes is None else labels_overridden(table, outcomes, moment, definition)


def life_span(*, source: Source, moment: Moment, definition: LabelDefinition) -> tuple[int, int] | None:
    """When the oldest and the newest sign of life under the definition happened (UTC microseconds); None without any."""
    rows = signs_of_life(source.stream, definition)
    rows = rows.filter(rows.ts_us < moment.us)
    (found,) = source.ask(rows.aggregate(first=rows.ts_us.min(), last=rows.ts_us.max())).to_pylist()
    return None if found["first"] is None else (int(found["first"]), int(found["last"]))
