"""At which moments of the past a backtest asks: local days a month or a week apart whose outcome is known by now."""

from __future__ import annotations

from datetime import date, timedelta

from liuke.base.errors import Invalid

MOST = 160
BURN_IN = 30
"""Days of history before the first origin: on the first day nobody has a past."""
EVERY = ("month", "week")


def origins(*, every: str, first: date, last: date, horizon: int, start: date | None = None, end: date | None = None) -> list[date]:
    """Firsts of months or Mondays, oldest first.

    `first` and `last` are the days of the oldest and newest activity that counts as a sign of life; an origin is mature when the
    `horizon` days after it lie before `last`. `start` and `end` (included) narrow. Raises Invalid("backtest_origins") where no
    origin is left, Invalid("backtest_every"), Invalid("backtest_many").
    """
    if every not in EVERY:
        raise Invalid("backtest_every", got=every, allowed=", ".join(EVERY))
    earliest = max(first + timedelta(days=BURN_IN), start or date.min)
    latest = min(last - timedelta(days=horizon), end or date.max)
    days = []
    day = _next(earliest - timedelta(days=1), every)
    while day <= latest:
        days.append(day)
        day = _next(day, every)
    if not days:
        raise Invalid("backtest_origins", first=first.isoformat(), last=last.isoformat(), horizon=horizon)
    if len(days) > MOST:
        raise Invalid("backtest_many", count=len(days), most=MOST)
    return days


def _next(day: date, every: str) -> date:
    """The next first of a month, or Monday, after `day`."""
    if every == "week":
        return day + timedelta(days=7 - day.weekday())
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
