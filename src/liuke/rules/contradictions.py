"""Conditions side by side in a 且 group that no customer can meet together, such as an impossible window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from liuke.rules.syntax import Condition, Node


@dataclass(frozen=True, slots=True)
class _Span:
    """Values between two ends; an end that is `open` does not belong to it."""

    low: float = -inf
    high: float = inf
    low_open: bool = False
    high_open: bool = False

    def both(self, other: _Span) -> _Span:
        """What lies in both."""
        low, low_open = max((self.low, self.low_open), (other.low, other.low_open))
        high, closed = min((self.high, not self.high_open), (other.high, not other.high_open))
        return _Span(low, high, low_open, not closed)

    @property
    def empty(self) -> bool:
        """Whether nothing lies in it."""
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))


def contradictions(parts: Sequence[Node]) -> Iterator[tuple[int, str]]:
    """The number of each part that leaves nothing together with the parts before it, and its column."""
    left: dict[str, _Span] = {}
    for nth, part in enumerate(parts):
        span = _span(part) if isinstance(part, Condition) else None
        if span is None or not isinstance(part, Condition):
            continue
        both = left.get(part.column, _Span()).both(span)
        if both.empty:
            yield nth, part.column
        else:
            left[part.column] = both


def _span(condition: Condition) -> _Span | None:
    """The values that meet it: numbers, or for moments days after now; None where it is no plain span."""
    value = condition.value
    if condition.op == "between" and isinstance(value, tuple):
        low, high = (float(edge) for edge in value)
        return _Span(low, high)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    spans = {
        "eq": _Span(value, value),
        "lt": _Span(high=value, high_open=True),
        "le": _Span(high=value),
        "gt": _Span(low=value, low_open=True),
        "ge": _Span(low=value),
        "within_last": _Span(-value, 0, high_open=True),
        "within_next": _Span(0, value),
        "older_than": _Span(high=-value, high_open=True),
    }
    return spans.get(condition.op)
