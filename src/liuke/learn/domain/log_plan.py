"""What is asked of a log, and at which moments: test origins at its end, training origins whose outcome was known before them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from liuke.base.errors import Invalid
from liuke.base.times import DAY_US, from_us

TRAIN_SPAN_DAYS, MOST_TRAIN, LEAST_HISTORY_DAYS, ENOUGH_ORIGINS = 365, 30, 30, 4
GOOD_HISTORY_DAYS, PART_OF_HISTORY = 310, 0.4
"""Training origins lie in so many days, at most so many, after so much history. Where enough of them have a good history, only those
are taken, else those in the later part: windows that the log's beginning cuts off teach the wrong thing (measured on Online Retail II:
AUC .794 with one such origin, .797 without)."""
_LABEL = re.compile(r"^(inactivity|event):(.+)$")
_DAYS = re.compile(r"^(\d{1,4})\s*d?(?:ays)?$")
LONGEST_HORIZON = 730


@dataclass(frozen=True, slots=True)
class LogLabel:
    """Lost is who does nothing of `kinds` (empty: no sign of life) for `horizon_days`, or to whom one of the event's `kinds` happens."""

    event: bool
    kinds: tuple[str, ...]
    horizon_days: int


@dataclass(frozen=True, slots=True)
class LogOrigins:
    """Moments in UTC microseconds, oldest first. Outcomes of `train` are complete at `known_us`, which no test origin precedes."""

    train: tuple[int, ...]
    test: tuple[int, ...]
    known_us: int


def days_of(text: str) -> int:
    """`90d`, `90` or `90 days`. Raises Invalid("log_days")."""
    found = _DAYS.match(text.strip().lower())
    if found is None or not 1 <= int(found[1]) <= LONGEST_HORIZON:
        raise Invalid("log_days", got=text, most=LONGEST_HORIZON)
    return int(found[1])


def label_of(text: str, horizon: str = "") -> LogLabel:
    """`inactivity:90d`, `inactivity:90d@order.placed+login` (these are the signs of life), `event:unregister` with a horizon.

    Raises Invalid("log_label") for another shape, Invalid("log_days") for a number of days that is none.
    """
    found = _LABEL.match(text.strip())
    if found is None:
        raise Invalid("log_label", got=text)
    if found[1] == "event":
        return LogLabel(True, _kinds(found[2]), days_of(horizon or "30d"))
    days, _, kinds = found[2].partition("@")
    return LogLabel(False, _kinds(kinds), days_of(horizon or days))


def _kinds(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(kind.strip() for kind in text.split("+") if kind.strip()))


def log_origins(first_us: int, last_us: int, horizon_days: int, count: int = 0, before_us: int | None = None) -> LogOrigins:
    """Origins for a log from `first_us` to `last_us`.

    Without `before_us` the test origins are the `count` (3) newest ones whose outcome is complete, a third of the horizon apart;
    with it they are spread from there to the newest. Training origins end a whole horizon before the first test origin, so that
    no outcome that is learned from lies in the tested time. Raises Invalid("log_short") where the log is too short for that.
    """
    horizon, step = horizon_days * DAY_US, max(1, round(horizon_days / 3)) * DAY_US
    newest = last_us - horizon
    if before_us is None:
        test = [newest - back * step for back in range(count or 3)]
        known = test[-1]
    else:
        test, known = _spread(before_us, newest, count or 12, least_us=step), before_us
    train = _training(first_us, known - horizon, step)
    if not test or not train:
        needed = LEAST_HISTORY_DAYS + 2 * horizon_days + (count or 3) * (step // DAY_US)
        raise Invalid("log_short", first=from_us(first_us).date().isoformat(), last=from_us(last_us).date().isoformat(), needed=needed)
    return LogOrigins(tuple(sorted(train)), tuple(sorted(test)), known)


def _spread(start_us: int, newest_us: int, count: int, *, least_us: int) -> list[int]:
    """At most `count` moments evenly from the newest back to the start, at least `least_us` apart."""
    apart = max(least_us, (newest_us - start_us) // max(count - 1, 1))
    moments = (newest_us - back * apart for back in range(count))
    return [at for at in moments if at >= start_us]


def _training(first_us: int, last_us: int, step_us: int) -> list[int]:
    """Moments a step apart back from `last_us`; only those with a good history where they are enough."""
    start = max(first_us + LEAST_HISTORY_DAYS * DAY_US, last_us - TRAIN_SPAN_DAYS * DAY_US)
    moments = (last_us - back * step_us for back in range(MOST_TRAIN))
    all_of_them = [at for at in moments if at >= start]
    for history in (GOOD_HISTORY_DAYS * DAY_US, round(PART_OF_HISTORY * (last_us - first_us))):
        good = [at for at in all_of_them if at >= first_us + history]
        if len(good) >= ENOUGH_ORIGINS:
            return good
    return all_of_them
