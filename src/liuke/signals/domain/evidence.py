"""A stretch of a customer's activities, as an interface needs it to open the raw rows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ActivityWindow:
    """Activities of `kinds` (all but `but` where empty) with `since_us <= ts_us < until_us`, known by `until_us`.

    `texts` and `newest` narrow them as `signal.Evidence` says.
    """

    kinds: tuple[str, ...]
    but: tuple[str, ...]
    since_us: int
    until_us: int
    texts: tuple[tuple[str, float], ...] = ()
    newest: int = 0
