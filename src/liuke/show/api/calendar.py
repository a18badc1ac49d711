"""The calendar: days off, swaps, shutdowns, campaigns."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from liuke.accounts.domain.calendar import Period, PeriodKind
from liuke.accounts.service import calendar
from liuke.base.times import local_day
from liuke.show.api.gate import reader_for
from liuke.show.api.schemas.calendar import CalendarImportIn, CalendarImportOut, CalendarOut, CalendarPeriodIn, CalendarPeriodOut
from liuke.show.api.schemas.common import OkOut

router = Router(tags=["calendar"])


@router.get("/w/{slug}/calendar", response=CalendarOut)
def calendar_get(request: HttpRequest, slug: str, year: int | None = None) -> CalendarOut:
    """A year of the workspace's calendar, this one where none is given; every member may read it."""
    reader = reader_for(request, slug)
    today = local_day(reader.now, reader.workspace.time_zone)
    found = calendar.calendar_year(actor=reader.actor, year=today.year if year is None else year, today=today)
    return CalendarOut(year=found.year, periods=[_out(item) for item in found.periods], missing_swaps=found.missing_swaps)


@router.post("/w/{slug}/calendar/periods", response=CalendarPeriodOut)
def calendar_period_create(request: HttpRequest, slug: str, data: CalendarPeriodIn) -> CalendarPeriodOut:
    """A period of the workspace's own."""
    return _out(calendar.period_save(actor=reader_for(request, slug).actor, period=_period(data)))


@router.put("/w/{slug}/calendar/periods/{ref}", response=CalendarPeriodOut)
def calendar_period_update(request: HttpRequest, slug: str, ref: str, data: CalendarPeriodIn) -> CalendarPeriodOut:
    """Changes a period, or overrules one that the product knows."""
    return _out(calendar.period_save(actor=reader_for(request, slug).actor, period=_period(data), ref=ref))


@router.delete("/w/{slug}/calendar/periods/{ref}", response=OkOut)
def calendar_period_delete(request: HttpRequest, slug: str, ref: str) -> OkOut:
    """Deletes a period of one's own; one that the product knows stops applying."""
    calendar.period_remove(actor=reader_for(request, slug).actor, ref=ref)
    return OkOut()


@router.post("/w/{slug}/calendar/periods/{ref}/restore", response=OkOut)
def calendar_period_restore(request: HttpRequest, slug: str, ref: str) -> OkOut:
    """A known period as the product knows it."""
    calendar.period_restore(actor=reader_for(request, slug).actor, ref=ref)
    return OkOut()


@router.post("/w/{slug}/calendar/import", response=CalendarImportOut)
def calendar_import(request: HttpRequest, slug: str, data: CalendarImportIn) -> CalendarImportOut:
    """Holidays and working-day swaps of a year from CSV or JSON; replaces what was known for that year."""
    return CalendarImportOut(periods=calendar.periods_import(actor=reader_for(request, slug).actor, text=data.text))


def _period(data: CalendarPeriodIn) -> Period:
    return Period(PeriodKind(data.kind), data.name, data.start, data.end, data.tolerant, data.lunar)


def _out(item: calendar.Listed) -> CalendarPeriodOut:
    period = item.period
    return CalendarPeriodOut(
        ref=item.ref, kind=period.kind.value, name=period.name, start=period.start, end=period.end, tolerant=period.tolerant,
        lunar=period.lunar, own=item.own, changed=item.changed, removed=item.removed,
    )  # fmt: skip
