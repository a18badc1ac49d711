"""SIG-33: of customers who wrote with strong negative emotion, how many were then lost; measured on the workspace's own past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from liuke.base.times import day_start, local_day
from liuke.facts.domain.readings import TEXTS
from liuke.features.domain.label import LabelDefinition
from liuke.features.domain.metric import Aggregate, Metric
from liuke.features.domain.moment import Moment
from liuke.features.service import Source, features_compute
from liuke.features.service.labelling import labels_at
from liuke.stats.proportion import wilson

MOST_DATES = 4
WORST = "worst"


@dataclass(frozen=True, slots=True)
class TextRate:
    """Counts over the `dates`: customers who wrote over the limit in the horizon before a date, and those of them lost in the one after.

    A customer counts once per date; the outcome windows do not overlap. `base_…`: all customers whom the label knows.
    """

    customers: int
    lost: int
    base_customers: int
    base_lost: int
    over: float
    horizon_days: int
    dates: tuple[datetime, ...]

    @property
    def rate(self) -> float | None:
        """Lost ÷ customers, 0–1; None where nobody wrote so."""
        return self.lost / self.customers if self.customers else None

    @property
    def base(self) -> float | None:
        """The same of everybody."""
        return self.base_lost / self.base_customers if self.base_customers else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's 95% interval of the rate."""
        return wilson(self.lost, self.customers) if self.customers else None


def text_rate(*, source: Source, now: datetime, zone: str, label: LabelDefinition, over: float) -> TextRate:
    """Measure at up to MOST_DATES local midnights, the newest one whose outcome is known by `now`, the others a horizon apart."""
    today, step = local_day(now, zone), label.mature_days
    dates = tuple(day_start(today - timedelta(days=step * back), zone) for back in range(1, MOST_DATES + 1))
    tables = [_at(source, Moment(date, zone), label) for date in dates]
    known = [(date, table) for date, table in zip(dates, tables, strict=True) if table.num_rows]
    counts = [_counted(table, over) for _, table in known]
    wrote, lost, everybody, base_lost = (sum(row[place] for row in counts) for place in range(4))
    return TextRate(wrote, lost, everybody, base_lost, over, label.horizon_days, tuple(date for date, _ in known))


def _at(source: Source, moment: Moment, label: LabelDefinition) -> pa.Table:
    """`lost` and the worst negative emotion of the horizon before, of everybody whom the label knows at the moment."""
    worst = Metric(WORST, Aggregate.MAX, TEXTS, days=label.horizon_days, of="attrs.negative")
    found = features_compute(source=source, metrics=[worst], moment=moment).select(["customer_id", WORST])
    return labels_at(source=source, moment=moment, definition=label).join(found, "customer_id", join_type="left outer")


def _counted(table: pa.Table, over: float) -> tuple[int, int, int, int]:
    wrote = table.filter(pc.greater(pc.fill_null(table[WORST], -1.0), over))
    return wrote.num_rows, _lost(wrote), table.num_rows, _lost(table)


def _lost(table: pa.Table) -> int:
    return int(pc.sum(table["lost"]).as_py() or 0)
