"""Faults of a rule document: collected while reading, told all at once."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a rule may be: levels of nesting, nodes, bytes as JSON, entries of a list, characters of a text.

    `sequences`: each different one costs a pass over all activities, hundreds of times what a condition costs.
    """

    depth: int = 8
    nodes: int = 200
    size: int = 65_536
    items: int = 500
    text: int = 200
    days: int = 3_650
    sequences: int = 10


LIMITS = Limits()
LARGEST = 1e15
"""Numbers beyond it are typing errors, and no longer exact in steps of one."""


@dataclass(slots=True)
class Faults:
    """What was found, each with its place in the document, the sentence's key and what is allowed there."""

    limits: Limits = LIMITS
    found: list[dict[str, object]] = field(default_factory=list)

    def add(self, at: str, key: str, allowed: Iterable[object] = (), **params: object) -> None:
        """One more fault: `rules.faults.<key>`."""
        self.found.append({"at": at, "key": f"rules.faults.{key}", "allowed": [str(one) for one in allowed], **params})

    def only(self, given: Mapping[str, object], names: tuple[str, ...], at: str) -> None:
        """A fault for every name that is not one of `names`."""
        for name in given:
            if name not in names:
                self.add(f"{at}.{shown(name)}".lstrip("."), "unknown_name", names)

    def number(self, value: object, at: str, low: float = -LARGEST, high: float = LARGEST) -> float:
        """A finite number within its bounds; the lower bound, and a fault, otherwise."""
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high or not math.isfinite(value):
            self.add(at, "number", value=shown(value), low=low, high=high)
            return low
        return float(value)

    def whole(self, value: object, at: str, low: int, high: int) -> int:
        """A whole number within its bounds."""
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.add(at, "whole", value=shown(value), low=low, high=high)
            return low
        return value

    def text(self, value: object, at: str, choices: tuple[str, ...] = ()) -> str:
        """A text that is not empty, of `choices` where there are any."""
        if not isinstance(value, str) or not 0 < len(value) <= self.limits.text or any(map(_odd, value)):
            self.add(at, "text", value=shown(value), high=self.limits.text)
            return ""
        if choices and value not in choices:
            self.add(at, "choice", choices, value=value)
        return value

    def texts(self, value: object, at: str, choices: tuple[str, ...] = ()) -> tuple[str, ...]:
        """One text or more, each once."""
        if not isinstance(value, list) or not 0 < len(value) <= self.limits.items:
            self.add(at, "list", high=self.limits.items)
            return ()
        return tuple(dict.fromkeys(self.text(one, f"{at}.{nth}", choices) for nth, one in enumerate(value)))


def shown(value: object) -> str:
    """What was given, short enough for a message."""
    text = value if isinstance(value, str) else repr(value) if isinstance(value, int | float | None) else type(value).__name__
    return text if len(text) <= 40 else f"{text[:40]}…"


def _odd(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs"}
