"""How long a dead child stays dead."""

from __future__ import annotations

from dataclasses import dataclass

FIRST = 0.1
LONGEST = 5.0
STEADY = 10.0
"""Seconds of life after which earlier deaths are forgotten."""


@dataclass(frozen=True, slots=True)
class Deaths:
    """Deaths in a row, each after a short life."""

    count: int = 0

    def after(self, lived: float) -> Deaths:
        """One more death, after `lived` seconds."""
        return Deaths(1 if lived >= STEADY else self.count + 1)

    @property
    def pause(self) -> float:
        """Seconds until the next start: 0.1, doubling, at most 5."""
        return min(FIRST * 2.0 ** max(self.count - 1, 0), LONGEST)
