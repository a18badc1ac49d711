"""Why a customer is watched, when a new owner is reminded, and how customers are spread over successors. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum

WATCH_DAYS = 90
"""After a hand-over."""
MARKS = (0, 30, 60, 90)
"""Days after a hand-over on which somebody looks whether there was contact."""
THREAD_DAYS = 180
"""Contact of so many days decides whether all of it goes through one person."""
THREAD_LEAST = 5
"""Fewer contacts say nothing."""


class Reason(StrEnum):
    """What makes the thread thin."""

    HANDED_OVER = "handed_over"
    """Changed hands less than 90 days ago."""
    OWNER_LEFT = "owner_left"
    """The owner may no longer come in."""
    CONTACT_GONE = "contact_gone"
    """The key contact left or changed (SIG-55)."""
    DELETED_US = "deleted_us"
    """The customer deleted our employee in WeCom (SIG-54)."""
    ONE_COLLEAGUE = "one_colleague"
    """All contact goes through one of ours."""
    ONE_CONTACT = "one_contact"
    """All contact goes through one person of theirs."""


def ends_on(began: date) -> date:
    """The last day of the watch."""
    return began + timedelta(days=WATCH_DAYS)


def mark_due(began: date, today: date, reminded: int) -> int | None:
    """The newest mark that is reached and was not seen to; None where there is none. Marks missed while nothing ran are made up by one."""
    passed = [mark for mark in MARKS if reminded < mark <= (today - began).days]
    return max(passed, default=None)


def spread(customers: Iterable[tuple[int, float]], successors: Sequence[int]) -> dict[int, int]:
    """Successor by customer: the largest first, each to whom has fewest so far, then least value. `successors` must not be empty.

    Numbers differ by at most one; the same input gives the same answer.
    """
    counts, values = Counter[int](), Counter[int]()
    given: dict[int, int] = {}
    for customer, value in sorted(customers, key=lambda row: (-row[1], row[0])):
        successor = min(successors, key=lambda who: (counts[who], values[who], successors.index(who)))
        given[customer] = successor
        counts[successor] += 1
        values[successor] += round(value * 100)
    return given
