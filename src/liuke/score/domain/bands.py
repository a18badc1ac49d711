"""Bands and baselines read from plain data."""

from __future__ import annotations

from collections.abc import Mapping

from liuke.score.domain.faults import Fault, number, only
from liuke.score.domain.levels import Bands

_NAMES = ("early", "medium", "high")


def read_bands(given: Mapping[str, object], fallback: Bands, at: str, faults: list[Fault]) -> Bands:
    """Cut-offs in rising order, 1–99; what is absent comes from `fallback`."""
    faults += only(given, at, _NAMES)
    early, medium, high = (number(given.get(name, getattr(fallback, name)), f"{at}.{name}", 1, 99, faults) for name in _NAMES)
    if not early < medium < high:
        faults.append({"at": at, "key": "faults.rising", "allowed": "early < medium < high"})
    return Bands(early, medium, high)
