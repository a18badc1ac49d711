"""What triggers read, as plain values over a span of workspace time; the engine fills it from tables and the warehouse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from liuke.rules.evaluate import Row


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Something that lets one customer in. `key` names it for good: the same occurrence never enters twice."""

    customer_id: int
    key: str
    at: datetime
    alert_id: int | None = None
    entry: Mapping[str, str | int | float | bool | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AlertRow:
    """An alert that was raised or rose in the span."""

    alert_id: int
    customer_id: int
    level: str
    families: frozenset[str]
    since: datetime


@dataclass(frozen=True, slots=True)
class StayRow:
    """A customer came into, or left, a tag in the span."""

    stay_id: int
    customer_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """A registered outcome."""

    outcome_id: int
    customer_id: int
    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day of a customer's life: a contract's end, a payment's due date, the day of registration."""

    key: str
    customer_id: int
    day: date


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """An activity that became known in the span."""

    source: str
    activity_id: str
    customer_id: int
    kind: str
    ts: datetime
    value: float | None


class Sources(Protocol):
    """Everything is of one workspace and of `(after, until]`."""

    @property
    def after(self) -> datetime:
        """The end of what was looked at before."""
        ...

    @property
    def until(self) -> datetime:
        """The present of this look."""
        ...

    @property
    def zone(self) -> str:
        """The workspace's time zone."""
        ...

    def days(self) -> Sequence[date]:
        """The local days that began in the span."""
        ...

    def alerts(self) -> Sequence[AlertRow]:
        """Alerts that entered their level in the span."""
        ...

    def entered(self, tag: str) -> Sequence[StayRow]:
        """Who came into a tag."""
        ...

    def left(self, tag: str) -> Sequence[StayRow]:
        """Who left a tag."""
        ...

    def outcomes(self) -> Sequence[OutcomeRow]:
        """Outcomes registered, and not reverted."""
        ...

    def contract_ends(self, first: date, last: date) -> Sequence[DayRow]:
        """Contracts that end on these days, both included, and are not decided."""
        ...

    def registered(self) -> Sequence[DayRow]:
        """Everybody's day of registration."""
        ...

    def payments_due(self, first: date, last: date) -> Sequence[DayRow]:
        """Bills due on these days that are not settled."""
        ...

    def activities(self, kinds: Sequence[str]) -> Sequence[ActivityRow]:
        """Activities of these kinds that became known in the span."""
        ...

    def rows(self) -> Mapping[int, Row]:
        """The frame's rows by customer, with the columns that the trigger asked for."""
        ...
