"""Reads the fields of a description one by one and remembers what is wrong with each."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence

MOST_KINDS = 30
_ATTRIBUTE = re.compile(r"attrs\.[A-Za-z_][A-Za-z0-9_]{0,59}")


class Faults:
    """`found`: faults as {"at", "key", …} in the order of reading. Every reader returns a value that can be worked with."""

    def __init__(self, data: Mapping[str, object]) -> None:
        self.data = data
        self.found: list[dict[str, object]] = []

    def add(self, at: str, key: str, **params: object) -> None:
        """Remember a fault; `metrics.faults.<key>` is its sentence."""
        self.found.append({"at": at, "key": f"metrics.faults.{key}", **params})

    def names(self, allowed: Sequence[str]) -> None:
        """Every name must be one of `allowed`."""
        for name in self.data:
            if name not in allowed:
                self.add(str(name)[:60], "field", allowed=list(allowed))

    def choice(self, name: str, allowed: Sequence[str], default: str) -> str:
        """One of `allowed`."""
        value = self.data.get(name, default)
        if isinstance(value, str) and value in allowed:
            return value
        self.add(name, "choice", allowed=list(allowed), got=str(value)[:60])
        return default if default in allowed else allowed[0]

    def several(self, name: str, allowed: Collection[str]) -> tuple[str, ...]:
        """Some of `allowed`, each once, in the given order."""
        value = self.data.get(name, [])
        if not isinstance(value, Sequence) or isinstance(value, str) or len(value) > MOST_KINDS:
            self.add(name, "list", high=MOST_KINDS)
            return ()
        for at, one in enumerate(value):
            if not isinstance(one, str) or one not in allowed:
                self.add(f"{name}.{at}", "choice", allowed=sorted(allowed), got=str(one)[:60])
        return tuple(dict.fromkeys(one for one in value if isinstance(one, str)))

    def column(self, name: str, texts: Sequence[str]) -> str:
        """`value`, one of `texts`, or an attribute as `attrs.<name>`."""
        value = self.data.get(name, "value")
        if isinstance(value, str) and (value in {"value", *texts} or _ATTRIBUTE.fullmatch(value)):
            return value
        self.add(name, "choice", allowed=["value", *texts, "attrs.…"], got=str(value)[:60])
        return "value"

    def days(self, name: str, *, needed: bool) -> int | None:
        """A window in days, or None for all of the past."""
        if self.data.get(name) is not None:
            return self.whole(name, 1, 3660, 90)
        if needed:
            self.add(name, "days")
        return None

    def whole(self, name: str, low: int, high: int, default: int) -> int:
        """A whole number."""
        value = self.data.get(name, default)
        number = value if isinstance(value, int | float) and not isinstance(value, bool) else math.nan
        if low <= number <= high and number == int(number):
            return int(number)
        self.add(name, "whole", low=low, high=high, got=str(value)[:60])
        return default

    def share(self, name: str, low: float, high: float, default: float) -> float:
        """A share, 0–1."""
        value = self.data.get(name, default)
        if isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high:
            return float(value)
        self.add(name, "share", low=low, high=high, got=str(value)[:60])
        return default
