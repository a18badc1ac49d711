"""SQL compiled once and used for many moments: compiling dozens of metrics costs more than running them on a small workspace.

The statement is compiled for a moment so far ahead that its numbers can be nothing else, and those numbers are noted with the
days back that they stand for. For another moment they are replaced; the statement is then the one that
compiling would have given (tests/features/test_reused.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from liuke.features.domain.moment import Moment

FAR = datetime(9000, 7, 1, tzinfo=UTC)
"""In microseconds a number of 18 digits; no window or duration comes near."""
_FAR_NUMBER = re.compile(r"(?<![\d.])(\d{18})(?![\d.])")


@dataclass(frozen=True, slots=True)
class Reused:
    """A statement with its moments left open: `texts` around `ends`, each days back from the moment and microseconds on top."""

    texts: tuple[str, ...]
    ends: tuple[tuple[int, int], ...]

    def at(self, moment: Moment) -> str:
        """The statement for a moment of the same zone."""
        numbers = [moment.back_us(days) + plus for days, plus in self.ends]
        return self._with([str(number) for number in numbers])

    def prepared(self) -> str:
        """The statement with `$1`, `$2` … for the numbers, each different one once: to be planned once (DuckDB)."""
        place = {end: f"CAST(${number} AS BIGINT)" for number, end in enumerate(dict.fromkeys(self.ends), 1)}
        return self._with([place[end] for end in self.ends])

    def numbers(self, moment: Moment) -> list[int]:
        """What stands for `$1`, `$2` … of `prepared` at a moment of the same zone."""
        return [moment.back_us(days) + plus for days, plus in dict.fromkeys(self.ends)]

    def _with(self, ends: Sequence[str]) -> str:
        return "".join(part for pair in zip(self.texts, (*ends, ""), strict=True) for part in pair)


@dataclass(frozen=True, slots=True)
class _Noted(Moment):
    """Notes which numbers it was asked for."""

    told: dict[int, int] = field(default_factory=dict)

    @property
    def us(self) -> int:
        return self.back_us(0)

    def back_us(self, days: int) -> int:
        number = Moment.back_us(self, days)
        self.told[number] = days
        return number


def reused(compiled: Callable[[Moment], str], zone: str) -> Reused | None:
    """The statement for any moment of the zone; None where one of its numbers cannot be told from its moment."""
    noted = _Noted(FAR, zone)
    *texts, last = _FAR_NUMBER.split(compiled(noted))
    known = {number + plus: (days, plus) for number, days in noted.told.items() for plus in (-1, 0)}
    ends = [known.get(int(number)) for number in texts[1::2]]
    found = tuple(end for end in ends if end is not None)
    return Reused((*texts[::2], last), found) if len(found) == len(ends) else None
