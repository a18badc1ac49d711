"""The periods that the product knows by itself: public holidays of a country, and in China the festival weeks, 618 and 双11."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache

from lunardate import LunarDate

from liuke.accounts.domain.calendar import Period, PeriodKind
from liuke.base.later import Later

holidays = Later("holidays")

CHINA = "CN"
LONG = 5
"""Days off in a row, weekends among them, from which on a holiday is tolerant by itself."""
FESTIVAL = "春节前后"
FESTIVAL_BEFORE, FESTIVAL_AFTER = 7, 15
"""Days around the lunar new year in which business is not as usual: from a week before to the Lantern Festival."""
CAMPAIGNS = (("618", (6, 1), (6, 20)), ("双11", (10, 24), (11, 13)))
_DAY = timedelta(days=1)
_SATURDAY = 5


def known_periods(country: str, first_year: int, last_year: int) -> tuple[Period, ...]:
    """Everything known for these years, both within, in order of time. An unknown country has no holidays."""
    return tuple(period for year in range(first_year, last_year + 1) for period in _year(country.upper(), year))


def swaps_known(country: str, year: int) -> bool:
    """Whether the working-day swaps (调休) of a year are known; other countries have none."""
    return country.upper() != CHINA or any(period.kind is PeriodKind.WORKDAY for period in _year(CHINA, year))


def lunar_new_year(year: int) -> date:
    """The first day of the lunar year that begins in `year` (1900–2099)."""
    found: date = LunarDate(year, 1, 1).to_solar_date()
    return found


@lru_cache(maxsize=256)
def _year(country: str, year: int) -> tuple[Period, ...]:
    named, worked = _public(country, year)
    found = [*_holidays(named), *(_one(PeriodKind.WORKDAY, "调休上班", day) for day in worked)]
    if country == CHINA and 1901 <= year <= 2099:
        found += _chinese(year)
    return tuple(sorted(found, key=lambda period: (period.start, period.kind.value)))


def _public(country: str, year: int) -> tuple[dict[date, str], list[date]]:
    try:
        known = holidays.country_holidays(country, years=[year], language="zh_CN" if country == CHINA else "en_US")
    except NotImplementedError:
        return {}, []
    named = {day: name.split(";")[0].strip() for day, name in known.items() if day.year == year}
    return named, sorted(day for day in known.weekend_workdays if day.year == year)


def _holidays(named: dict[date, str]) -> Iterator[Period]:
    """Days off in a row become one period, named after the first that has a name of its own."""
    for days in _runs(sorted(named)):
        own = [named[day] for day in days if "调休" not in named[day] and "除夕" not in named[day]]
        name = (own or [named[days[0]]])[0]
        off = (days[-1] - days[0]).days + 1
        yield Period(PeriodKind.HOLIDAY, name, days[0], days[-1], tolerant=off >= LONG, key=f"holiday:{days[0].isoformat()}")


def _runs(days: Iterable[date]) -> Iterator[list[date]]:
    """Days that follow each other, across weekends."""
    run: list[date] = []
    for day in days:
        if run and not _joined(run[-1], day):
            yield run
            run = []
        run.append(day)
    if run:
        yield run


def _joined(before: date, after: date) -> bool:
    """Whether nothing but weekend days lies between."""
    between = before + _DAY
    while between < after:
        if between.weekday() < _SATURDAY:
            return False
        between += _DAY
    return True


def _one(kind: PeriodKind, name: str, day: date) -> Period:
    return Period(kind, name, day, day, key=f"{kind.value}:{day.isoformat()}")


def _chinese(year: int) -> Iterator[Period]:
    new_year = lunar_new_year(year)
    yield Period(
        PeriodKind.FESTIVAL, FESTIVAL, new_year - FESTIVAL_BEFORE * _DAY, new_year + (FESTIVAL_AFTER - 1) * _DAY,
        tolerant=True, lunar=True, key=f"festival:{year}",
    )  # fmt: skip
    for name, start, end in CAMPAIGNS:
        yield Period(PeriodKind.CAMPAIGN, name, date(year, *start), date(year, *end), tolerant=True, key=f"campaign:{name}:{year}")
