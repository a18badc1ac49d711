"""Next year's holidays and swaps from text: CSV, JSON rows, or the JSON of holiday-cn (`{"days": [{"date", "name", "isOffDay"}]}`)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from liuke.accounts.domain.calendar import Period, PeriodKind
from liuke.accounts.domain.calendar_known import LONG
from liuke.base.errors import Invalid

_COLUMNS = {
    "start": ("date", "from", "start", "日期", "开始", "开始日期"),
    "end": ("to", "end", "结束", "结束日期"),
    "name": ("name", "名称", "节日"),
    "kind": ("kind", "type", "类型"),
}
_KINDS = {
    PeriodKind.HOLIDAY: ("", "holiday", "off", "放假", "休", "休息", "节假日"),
    PeriodKind.WORKDAY: ("workday", "work", "上班", "班", "调休", "调休上班", "补班"),
}
MOST_ROWS, MOST_DAYS = 800, 60
Fault = dict[str, object]


def periods_read(text: str) -> list[Period]:
    """The periods told, days that follow each other under one name as one; long ones tolerant.

    Raises Invalid("calendar_import", faults=[{"at": row, "key": …}]) with every fault.
    """
    faults: list[Fault] = []
    rows = _rows(text)
    found = [period for at, row in enumerate(rows, 1) if (period := _period(row, at, faults)) is not None]
    if not rows or len(rows) > MOST_ROWS:
        faults.append({"at": "", "key": "calendar.faults.rows", "most": MOST_ROWS})
    if faults:
        raise Invalid("calendar_import", faults=faults)
    return _merged(sorted(found, key=lambda period: (period.kind.value, period.start)))


def _rows(text: str) -> Sequence[Mapping[str, object]]:
    text = text.removeprefix("\ufeff").strip()
    if not text.startswith(("[", "{")):
        return _csv_rows(text)
    try:
        data = json.loads(text)
    except ValueError:
        raise Invalid("calendar_import", faults=[{"at": "", "key": "calendar.faults.json"}]) from None
    listed = data.get("days") if isinstance(data, dict) else data
    if not isinstance(listed, list) or not all(isinstance(row, dict) for row in listed):
        raise Invalid("calendar_import", faults=[{"at": "", "key": "calendar.faults.json"}])
    return [_of_holiday_cn(row) for row in listed]


def _csv_rows(text: str) -> Sequence[Mapping[str, object]]:
    try:
        return list(csv.DictReader(io.StringIO(text, newline=None)))
    except csv.Error:
        raise Invalid("calendar_import", faults=[{"at": "", "key": "calendar.faults.csv"}]) from None


def _of_holiday_cn(row: Mapping[str, object]) -> Mapping[str, object]:
    return {**row, "kind": "holiday" if row["isOffDay"] else "workday"} if "isOffDay" in row else row


def _period(row: Mapping[str, object], at: int, faults: list[Fault]) -> Period | None:
    start, kind = _day(_cell(row, "start")), _kind(_cell(row, "kind"))
    end = _day(_cell(row, "end")) if _cell(row, "end") else start
    if start is None or end is None or not 0 <= (end - start).days < MOST_DAYS:
        faults.append({"at": at, "key": "calendar.faults.dates", "most": MOST_DAYS})
    if kind is None:
        faults.append({"at": at, "key": "calendar.faults.kind", "value": _cell(row, "kind")[:20]})
    if start is None or end is None or kind is None:
        return None
    return Period(kind, (_cell(row, "name") or "节假日")[:40], start, end)


def _cell(row: Mapping[str, object], column: str) -> str:
    for name, value in row.items():
        if name is not None and str(name).strip().lower() in _COLUMNS[column]:
            return "" if value is None else str(value).strip()
    return ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.replace("/", "-"))
    except ValueError:
        return None


def _kind(text: str) -> PeriodKind | None:
    return next((kind for kind, words in _KINDS.items() if text.lower() in words), None)


def _merged(periods: Sequence[Period]) -> list[Period]:
    """Neighbouring days of one kind and name as one period."""
    cuts = [0, *(at for at, (a, b) in enumerate(pairwise(periods), 1) if not _neighbours(a, b)), len(periods)]
    runs = [periods[start:end] for start, end in pairwise(cuts) if start < end]
    return [_whole(run[0], max(period.end for period in run)) for run in runs]


def _neighbours(first: Period, second: Period) -> bool:
    return first.kind is second.kind and first.name == second.name and second.start <= first.end + timedelta(days=1)


def _whole(first: Period, end: date) -> Period:
    long = first.kind is PeriodKind.HOLIDAY and (end - first.start).days + 1 >= LONG
    return Period(first.kind, first.name, first.start, end, tolerant=long, key=f"import:{first.kind.value}:{first.start.isoformat()}")
