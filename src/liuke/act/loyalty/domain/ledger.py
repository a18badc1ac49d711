"""Balances of an append-only ledger: what is spent or lapses is taken from the oldest points first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: points gained (> 0, with an end) or spent (< 0)."""

    entry_id: int
    points: int
    at: datetime
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of a gain."""

    entry_id: int
    points: int
    expires_at: datetime | None


def lefts(entries: Iterable[Entry]) -> list[Left]:
    """Gains with what is left of them, soonest end first; spending is taken from those that end first, then the oldest.

    The sum equals the sum of all entries as long as that is not negative.
    """
    listed = list(entries)
    spent = -sum(entry.points for entry in listed if entry.points < 0)
    gains = sorted(
        (entry for entry in listed if entry.points > 0),
        key=lambda entry: (entry.expires_at is None, entry.expires_at or entry.at, entry.at, entry.entry_id),
    )
    found = []
    for gain in gains:
        taken = min(spent, gain.points)
        spent -= taken
        if gain.points > taken:
            found.append(Left(gain.entry_id, gain.points - taken, gain.expires_at))
    return found


def lapsed(entries: Iterable[Entry], now: datetime) -> list[Left]:
    """Gains whose end has come, with what is left of them: to be written off."""
    return [left for left in lefts(entries) if left.expires_at is not None and left.expires_at <= now]
