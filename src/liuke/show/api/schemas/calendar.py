"""The calendar of a workspace."""

from __future__ import annotations

from datetime import date
from typing import Literal

from ninja import Schema

PeriodKindName = Literal["holiday", "workday", "festival", "shutdown", "campaign", "own"]


class CalendarPeriodIn(Schema):
    """A period of local days; `end` is the last day within."""

    kind: PeriodKindName
    name: str
    start: date
    end: date
    tolerant: bool = False
    """Silence and falls within it raise nothing."""
    lunar: bool = False
    """It wanders with the moon: a comparison with a year ago moves along."""


class CalendarPeriodOut(CalendarPeriodIn):
    """`ref` names it in later calls. `own`: made or imported here; `changed`, `removed`: a known one that was overruled here."""

    ref: str
    own: bool
    changed: bool
    removed: bool


class CalendarOut(Schema):
    """A year in order of time. `missing_swaps`: the year whose working-day swaps (调休) are not known yet, or null."""

    year: int
    periods: list[CalendarPeriodOut]
    missing_swaps: int | None


class CalendarImportIn(Schema):
    """CSV or JSON text; docs/how-to/calendar.md has both."""

    text: str


class CalendarImportOut(Schema):
    """How many periods were read."""

    periods: int
