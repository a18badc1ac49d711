"""The return curve: of those silent for n days, how many came back later. It suggests after how long a customer is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from liuke.stats.proportion import wilson


@dataclass(frozen=True, slots=True)
class ReturnPoint:
    """Of `silent` silences that reached `days`, `returned` ended within `watch` further days; `low`–`high` is Wilson's 95%."""

    days: int
    silent: int
    returned: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share that came back; NaN where no silence lasted that long."""
        return self.returned / self.silent if self.silent else float("nan")


def return_curve(gaps: NDArray[Any], open_silences: NDArray[Any], days: Sequence[int], watch: int) -> list[ReturnPoint]:
    """`gaps`: days of silences that ended; `open_silences`: days of those still running at the end of the data.

    Only silences whose outcome is known count: ended, or watched for `watch` days beyond `days`.
    """
    points = []
    for limit in days:
        ended = int(((gaps >= limit) & (gaps < limit + watch)).sum())
        outlasted = int((gaps >= limit + watch).sum() + (open_silences >= limit + watch).sum())
        low, high = wilson(ended, ended + outlasted)
        points.append(ReturnPoint(limit, ended + outlasted, ended, low, high))
    return points


def suggested_days(curve: Sequence[ReturnPoint], at_most: float = 0.15) -> int | None:
    """The shortest silence after which at most `at_most` of the customers return; None if the data never show it."""
    return next((point.days for point in curve if point.silent and point.share <= at_most), None)
