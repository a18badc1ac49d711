"""What triggers read, from tables and the warehouse, over `(after, until]` of workspace time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pyarrow as pa
from django.db.models import QuerySet

from liuke.accounts.store.models import Workspace
from liuke.act.playbooks.domain.sources import ActivityRow, AlertRow, DayRow, OutcomeRow, StayRow
from liuke.act.playbooks.engine.views import frame_rows
from liuke.act.store.models import Renewal
from liuke.alert.store.models import Alert
from liuke.base.times import day_start, from_us, local_day, to_us
from liuke.facts.domain.kinds import Kind
from liuke.facts.store.models import Contract, Customer
from liuke.rules.evaluate import Row
from liuke.segments.store.models import TagMembership
from liuke.warehouse import Warehouse

LATE = timedelta(days=1)
"""An activity may be written so long after it became known; it enters once all the same, by its key."""
Outcomes = Callable[[datetime, datetime], Sequence[OutcomeRow]]
"""Outcomes registered in a span: a later step keeps them and hands them on."""


def no_outcomes(_after: datetime, _until: datetime) -> Sequence[OutcomeRow]:
    """Nothing was registered."""
    return ()


@dataclass(slots=True)
class TableSources:
    """`domain.sources.Sources` of a workspace. `fresh`: rows of a rescoring later than the stored frame."""

    workspace: Workspace
    warehouse: Warehouse
    after: datetime
    until: datetime
    begins: datetime
    """When the flow was switched on: nothing older counts."""
    columns: Sequence[str] = ()
    fresh: pa.Table | None = None
    outcomes_of: Outcomes = no_outcomes
    _rows: Mapping[int, Row] | None = field(default=None)

    @property
    def zone(self) -> str:
        """The workspace's time zone."""
        return self.workspace.time_zone

    def days(self) -> Sequence[date]:
        """The local days that began in the span."""
        first, last = local_day(self.after, self.zone), local_day(self.until, self.zone)
        days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        return [day for day in days if self.after < day_start(day, self.zone) <= self.until]

    def alerts(self) -> Sequence[AlertRow]:
        """Alerts that entered their level in the span."""
        rows = Alert.objects.filter(workspace=self.workspace, level_since__gt=self.after, level_since__lte=self.until)
        open_rows = rows.exclude(status=Alert.Status.CLOSED).order_by("level_since", "pk")
        return [
            AlertRow(row.pk, row.customer_id, row.level, frozenset(_families(row.reasons)), row.level_since)
            for row in open_rows.only("pk", "customer_id", "level", "reasons", "level_since")
        ]

    def entered(self, tag: str) -> Sequence[StayRow]:
        """Who came into a tag."""
        rows = self._stays(tag).filter(since__gt=self.after, since__lte=self.until)
        return [StayRow(*row) for row in rows.order_by("since", "pk").values_list("pk", "customer_id", "since")]

    def left(self, tag: str) -> Sequence[StayRow]:
        """Who left a tag."""
        rows = self._stays(tag).filter(until__gt=self.after, until__lte=self.until)
        found = rows.order_by("until", "pk").values_list("pk", "customer_id", "until")
        return [StayRow(pk, customer, until) for pk, customer, until in found if until is not None]

    def _stays(self, tag: str) -> QuerySet[TagMembership]:
        return TagMembership.objects.filter(tag__workspace=self.workspace, tag__code=tag)

    def outcomes(self) -> Sequence[OutcomeRow]:
        """Outcomes registered, and not reverted."""
        return self.outcomes_of(self.after, self.until)

    def contract_ends(self, first: date, last: date) -> Sequence[DayRow]:
        """Contracts that end on these days and are not decided."""
        decided = (Renewal.Status.RENEWED, Renewal.Status.DECLINED)
        rows = Contract.objects.filter(customer__workspace=self.workspace, ends_on__gte=first, ends_on__lte=last)
        undecided = rows.exclude(renewal__status__in=decided).order_by("ends_on", "pk")
        return [DayRow(str(pk), customer, day) for pk, customer, day in undecided.values_list("pk", "customer_id", "ends_on")]

    def registered(self) -> Sequence[DayRow]:
        """Everybody's day of registration."""
        rows = Customer.objects.filter(workspace=self.workspace, registered_at__isnull=False)
        found = rows.order_by("pk").values_list("pk", "registered_at")
        return [DayRow(str(pk), pk, local_day(at, self.zone)) for pk, at in found if at is not None]

    def payments_due(self, first: date, last: date) -> Sequence[DayRow]:
        """Bills due on these days that are known and not settled."""
        sql = """SELECT source, activity_id, customer_id, ts_us FROM activity d
            WHERE kind = ? AND ts_us >= ? AND ts_us < ? AND known_us < ? AND NOT EXISTS (
                SELECT 1 FROM activity s WHERE s.kind = ? AND s.customer_id = d.customer_id AND s.known_us < ?
                AND json_extract_string(s.attrs, '$.invoice') = json_extract_string(d.attrs, '$.invoice'))
            ORDER BY ts_us, activity_id"""
        begins, ends = day_start(first, self.zone), day_start(last + timedelta(days=1), self.zone)
        now_us = to_us(self.until)
        values = [Kind.PAYMENT_DUE.value, to_us(begins), to_us(ends), now_us, Kind.PAYMENT_SETTLED.value, now_us]
        rows = self.warehouse.query(self.workspace.pk, sql, values).to_pylist()
        return [
            DayRow(f"{row['source']}:{row['activity_id']}"[:80], row["customer_id"], local_day(from_us(row["ts_us"]), self.zone))
            for row in rows
        ]

    def activities(self, kinds: Sequence[str]) -> Sequence[ActivityRow]:
        """Activities of these kinds that became known in the span, with a day's grace for what was written late."""
        sql = """SELECT source, activity_id, customer_id, kind, ts_us, value FROM activity
            WHERE kind IN (SELECT unnest(?)) AND known_us >= ? AND known_us < ? AND ts_us < ? ORDER BY ts_us, source, activity_id"""
        after = max(self.begins, self.after - LATE)
        now_us = to_us(self.until)
        rows = self.warehouse.query(self.workspace.pk, sql, [list(kinds), to_us(after), now_us, now_us]).to_pylist()
        return [
            ActivityRow(row["source"], row["activity_id"], row["customer_id"], row["kind"], from_us(row["ts_us"]), row["value"])
            for row in rows
        ]

    def rows(self) -> Mapping[int, Row]:
        """The frame's rows with the asked columns; of a rescoring only those that were scored again."""
        if self._rows is None:
            some = None if self.fresh is None else set(self.fresh["customer_id"].to_pylist())
            self._rows = frame_rows(self.warehouse, self.workspace.pk, self.columns, some, self.fresh)
        return self._rows


def _families(reasons: object) -> set[str]:
    listed = reasons if isinstance(reasons, list) else []
    return {str(reason.get("family")) for reason in listed if isinstance(reason, dict)}
