"""Prometheus' text format 0.0.4, written: https://prometheus.io/docs/instrumenting/exposition_formats/"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate

from liuke.base.metering import SECONDS, Labels, Times

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n"})


@dataclass(slots=True)
class Family:
    """All series of one name. `kind`: counter, gauge or histogram."""

    name: str
    kind: str
    help: str
    lines: list[str] = field(default_factory=list)

    def add(self, value: float, **labels: str) -> None:
        """One series of a counter or gauge."""
        self.lines.append(_line(self.name, tuple(labels.items()), value))

    def add_times(self, times: Times, labels: Labels) -> None:
        """One series of a histogram: its cumulative buckets, sum and count."""
        bounds = [*(f"{bound:g}" for bound in SECONDS), "+Inf"]
        for bound, count in zip(bounds, accumulate(times.buckets), strict=True):
            self.lines.append(_line(f"{self.name}_bucket", (*labels, ("le", bound)), count))
        self.lines += [_line(f"{self.name}_sum", labels, times.total), _line(f"{self.name}_count", labels, times.count)]


class Families:
    """The page under construction: families in the order of their first series."""

    def __init__(self, helps: Mapping[str, tuple[str, str]]) -> None:
        """`helps`: name -> (kind, what it says). A name that is not in it is not told."""
        self._helps = helps
        self._found: dict[str, Family] = {}

    def family(self, name: str) -> Family:
        """The family of that name. Raises KeyError for an undeclared one."""
        if name not in self._found:
            kind, words = self._helps[name]
            self._found[name] = Family(name, kind, words)
        return self._found[name]

    def knows(self, name: str) -> bool:
        """Whether the name is declared."""
        return name in self._helps

    def text(self) -> str:
        """The whole page."""
        return "".join(f"{line}\n" for family in self._found.values() for line in _told(family))


def _told(family: Family) -> Iterable[str]:
    yield f"# HELP {family.name} {family.help}"
    yield f"# TYPE {family.name} {family.kind}"
    yield from family.lines


def _line(name: str, labels: Labels, value: float) -> str:
    inside = ",".join(f'{label}="{text.translate(_ESCAPES)}"' for label, text in labels)
    return f"{name}{{{inside}}} {value:.10g}" if inside else f"{name} {value:.10g}"
