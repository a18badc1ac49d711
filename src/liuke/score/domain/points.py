"""Base + points = score, exactly. Points are whole numbers, so that what a person adds up is what the product shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liuke.score.domain.modelled import Modelled
from liuke.score.domain.plans import Plans
from liuke.score.model.table import Table
from liuke.signals.domain.signal import Judged, Numbers, Sentence, Signal

CLIP = "clip"
OVERRIDE = "override"
"""The line of a person's adjustment."""


@dataclass(frozen=True, slots=True)
class Line:
    """One signal's points for every customer; 0 = no line in that customer's score."""

    signal: Signal
    judged: Judged
    points: Numbers


@dataclass(frozen=True, slots=True)
class ExtraLine:
    """Points that no signal gave: a tag's weight, a rule's points. `code` is its reason's `signal` (`tag:vip`, `rule:7`).

    `params` fill the sentence `key`, the same for every customer; whole points, 0 = no line in that customer's score.
    """

    code: str
    family: str
    points: Numbers
    key: str
    params: Mapping[str, str | float]


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """A model's points for a family, for the customers for whom this sentence speaks; 0 = it does not speak for that customer."""

    code: str
    family: str
    points: Numbers
    key: str | NDArray[Any]
    params: Sentence


@dataclass(frozen=True, slots=True)
class Spoken:
    """A model's lines: one per family and customer, spoken by one of `lines`; `table` has what the model read of each customer."""

    modelled: Modelled
    table: Table
    lines: Sequence[SpokenLine]


@dataclass(frozen=True, slots=True)
class Points:
    """`base` + the sum of all lines, `extra` and `spoken` ones too, + `clip` = `score`, for every customer, to the last bit.

    `spoken`: where a model made the score; the signals' `lines` then have no points of their own.
    """

    base: Numbers
    lines: Sequence[Line]
    clip: Numbers
    score: Numbers
    extra: Sequence[ExtraLine] = ()
    spoken: Spoken | None = None


def points_of(judged: Sequence[tuple[Signal, Judged]], plans: Plans, size: int, extra: Sequence[ExtraLine] = ()) -> Points:
    """Strength × effective points, rounded to whole points; of a group only the strongest line stays; the rest is clipped to 0–100."""
    lines = [Line(signal, found, np.rint(found.strength * plans.points(signal.code))) for signal, found in judged]
    lines = _strongest_of_groups(lines)
    base = np.zeros(size) + plans.base
    total = base.copy()
    for points in (*(line.points for line in lines), *(line.points for line in extra)):
        total = total + points
    score = np.clip(total, 0.0, 100.0)
    return Points(base, lines, score - total, score, extra)


def _strongest_of_groups(lines: Sequence[Line]) -> list[Line]:
    """Where signals of a group tell of the same fact, the later of equal ones wins: the catalogue goes from mild to grave."""
    out: list[Line] = []
    for at, line in enumerate(lines):
        points = line.points.copy()
        for other_at, other in enumerate(lines):
            if other_at != at and line.signal.group and other.signal.group == line.signal.group:
                beaten = other.points >= line.points if other_at > at else other.points > line.points
                points[beaten] = 0.0
        out.append(Line(line.signal, line.judged, points))
    return out
