"""The calendar of a workspace (SCR-07): what the product knows of its country, overruled and completed by its own periods."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.calendar import Calendar, Period, PeriodKind
from liuke.accounts.domain.calendar_import import periods_read
from liuke.accounts.domain.calendar_known import CHINA, known_periods, swaps_known
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service.audit import audit_record
from liuke.accounts.store.models import CalendarPeriod, Workspace
from liuke.base.errors import Invalid, NotFound

YEARS_BACK, YEARS_AHEAD = 4, 1
"""How many years of known periods a calendar holds before and after the year that is asked for."""
WARN_FROM = 11
"""The month from which next year's swaps are missed: they are announced in November."""
NAME_LENGTH, LONGEST = 40, 366
FIRST_YEAR, LAST_YEAR = 1971, 2098
OWN = "own:"
IMPORTED = "import:"


@dataclass(frozen=True, slots=True)
class Listed:
    """A period as people see it. `ref` names it in later calls; `changed`: a known one that was overruled here."""

    ref: str
    period: Period
    own: bool
    changed: bool = False
    removed: bool = False


@dataclass(frozen=True, slots=True)
class YearView:
    """A year's periods in order of time. `missing_swaps`: the year whose 调休 is not known and soon needed, or null."""

    year: int
    periods: tuple[Listed, ...]
    missing_swaps: int | None


def calendar_of(workspace: Workspace, *, year: int) -> Calendar:
    """The calendar around a year: four years back, to see last year's festival, and one ahead."""
    listed = _listed(workspace, year - YEARS_BACK, year + YEARS_AHEAD)
    return Calendar(tuple(item.period for item in listed if not item.removed))


def calendar_year(*, actor: Actor, year: int, today: date) -> YearView:
    """The year's periods, removed ones among them so that they can come back. Raises Invalid for an impossible year."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Invalid("calendar_year", low=FIRST_YEAR, high=LAST_YEAR)
    workspace = _workspace(actor)
    within = [item for item in _listed(workspace, year, year) if item.period.start.year <= year <= item.period.end.year]
    return YearView(year, tuple(within), swaps_missing(workspace, today))


def swaps_missing(workspace: Workspace, today: date) -> int | None:
    """The year whose working-day swaps are not known: this one or, from November on, the next. Only China has swaps."""
    if workspace.country.upper() != CHINA:
        return None
    due = [today.year, today.year + 1] if today.month >= WARN_FROM else [today.year]
    return next((year for year in due if not _has_swaps(workspace, year)), None)


@transaction.atomic
def period_save(*, actor: Actor, period: Period, ref: str = "") -> Listed:
    """A new period (`ref` empty), another version of one of the workspace's own, or its word on a known one.

    Raises Invalid("calendar_period", faults=[…]), NotFound("calendar_period_not_found"), Forbidden without `publish`.
    """
    actor.require(Permission.PUBLISH)
    workspace = _workspace(actor)
    _check(period)
    row = _row(workspace, ref)
    for name, value in _fields(period).items():
        setattr(row, name, value)
    row.is_removed = False
    row.save()
    audit_record(actor=actor, action="calendar_saved", object_type="calendar", object_id=row.pk, detail=_detail(period))
    return _listed_row(row)


@transaction.atomic
def period_remove(*, actor: Actor, ref: str) -> None:
    """Delete a period of the workspace's own, or say that a known one does not apply here. Raises as `period_save`."""
    actor.require(Permission.PUBLISH)
    row = _row(_workspace(actor), ref)
    if row.key is None or row.key.startswith(IMPORTED):
        row.delete()
    else:
        row.is_removed = True
        row.save()
    audit_record(actor=actor, action="calendar_removed", object_type="calendar", object_id=ref)


@transaction.atomic
def period_restore(*, actor: Actor, ref: str) -> None:
    """A known period as the product knows it. Raises as `period_save`."""
    actor.require(Permission.PUBLISH)
    workspace = _workspace(actor)
    _known(workspace, ref)
    CalendarPeriod.objects.filter(workspace=workspace, key=ref).delete()
    audit_record(actor=actor, action="calendar_restored", object_type="calendar", object_id=ref)


@transaction.atomic
def periods_import(*, actor: Actor, text: str) -> int:
    """Holidays and swaps from text (`calendar_import`). They replace all holidays and swaps of the years that they tell of.

    Returns how many periods they are. Raises Invalid("calendar_import", faults=[…]) and then changes nothing.
    """
    actor.require(Permission.PUBLISH)
    workspace = _workspace(actor)
    periods = periods_read(text)
    years = sorted({period.start.year for period in periods})
    CalendarPeriod.objects.filter(workspace=workspace, starts_on__year__in=years, key__startswith=IMPORTED).delete()
    replaced = [period for year in years for period in known_periods(workspace.country, year, year) if _is_day_off_or_swap(period)]
    for period in replaced:
        CalendarPeriod.objects.update_or_create(workspace=workspace, key=period.key, defaults={**_fields(period), "is_removed": True})
    CalendarPeriod.objects.bulk_create([CalendarPeriod(workspace=workspace, key=period.key, **_fields(period)) for period in periods])
    audit_record(actor=actor, action="calendar_imported", object_type="calendar", detail={"years": years, "periods": len(periods)})
    return len(periods)


def _workspace(actor: Actor) -> Workspace:
    return Workspace.objects.get(pk=actor.workspace_id)


def _is_day_off_or_swap(period: Period) -> bool:
    return period.kind in {PeriodKind.HOLIDAY, PeriodKind.WORKDAY}


def _listed(workspace: Workspace, first_year: int, last_year: int) -> list[Listed]:
    """Known periods of the years and all of the workspace's own, in order of time."""
    rows = list(CalendarPeriod.objects.filter(workspace=workspace).order_by("pk"))
    overruled = {row.key for row in rows}
    known = (Listed(period.key, period, own=False) for period in known_periods(workspace.country, first_year, last_year))
    listed = [item for item in known if item.ref not in overruled] + [_listed_row(row) for row in rows]
    return sorted(listed, key=lambda item: (item.period.start, item.period.end, item.period.name, item.ref))


def _listed_row(row: CalendarPeriod) -> Listed:
    period = Period(PeriodKind(row.kind), row.name, row.starts_on, row.ends_on, row.tolerant, row.lunar, row.key or "")
    own = row.key is None or row.key.startswith(IMPORTED)
    return Listed(row.key or f"{OWN}{row.pk}", period, own=own, changed=not own, removed=row.is_removed)


def _row(workspace: Workspace, ref: str) -> CalendarPeriod:
    """The row to write: a new one, the one that `ref` names, or one that stands for the known period of that key."""
    if not ref:
        return CalendarPeriod(workspace=workspace)
    rows = CalendarPeriod.objects.filter(workspace=workspace)
    number = ref.removeprefix(OWN)
    found = rows.filter(pk=int(number), key=None) if ref.startswith(OWN) and number.isdecimal() else rows.filter(key=ref)
    row = found.first()
    return row if row is not None else CalendarPeriod(workspace=workspace, key=ref, **_fields(_known(workspace, ref)))


def _known(workspace: Workspace, ref: str) -> Period:
    years = [int(part) for part in ref.replace("-", ":").split(":") if part.isdecimal() and FIRST_YEAR <= int(part) <= LAST_YEAR]
    known: Iterable[Period] = known_periods(workspace.country, min(years), max(years)) if years else ()
    found = next((period for period in known if period.key == ref), None)
    if found is None:
        raise NotFound("calendar_period_not_found", period=ref[:60])
    return found


def _has_swaps(workspace: Workspace, year: int) -> bool:
    own = CalendarPeriod.objects.filter(workspace=workspace, starts_on__year=year, kind=PeriodKind.WORKDAY.value, is_removed=False)
    return swaps_known(workspace.country, year) or own.exists()


def _check(period: Period) -> None:
    faults: list[dict[str, object]] = []
    if not 1 <= len(period.name.strip()) <= NAME_LENGTH:
        faults.append({"at": "name", "key": "calendar.faults.name", "most": NAME_LENGTH})
    if not 0 <= (period.end - period.start).days < LONGEST:
        faults.append({"at": "end", "key": "calendar.faults.dates", "most": LONGEST})
    if not FIRST_YEAR <= period.start.year <= LAST_YEAR:
        faults.append({"at": "start", "key": "calendar.faults.year", "low": FIRST_YEAR, "high": LAST_YEAR})
    if faults:
        raise Invalid("calendar_period", faults=faults)


def _fields(period: Period) -> dict[str, object]:
    return {
        "kind": period.kind.value, "name": period.name.strip(), "starts_on": period.start, "ends_on": period.end,
        "tolerant": period.tolerant, "lunar": period.lunar,
    }  # fmt: skip


def _detail(period: Period) -> dict[str, object]:
    return {"kind": period.kind.value, "name": period.name, "start": period.start.isoformat(), "end": period.end.isoformat()}
