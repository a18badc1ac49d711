"""A score that a model made: its lines by family, then the season's, tags' and rules' lines, clipped to 0–100."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from liuke.score.domain.model_metrics import SIGNAL_PREFIX
from liuke.score.domain.modelled import Modelled
from liuke.score.domain.modelled_words import Seen, spoken_lines
from liuke.score.domain.points import ExtraLine, Line, Points, Spoken

SEASON = "season"
"""The line of what seasons and campaigns change: the model's own points stay what the model said."""


def points_of_model(found: Modelled, seen: Seen, extra: Sequence[ExtraLine] = (), multipliers: Mapping[str, float] | None = None) -> Points:
    """`multipliers`: the season's, by family or signal; what they change is a line of its own, in whole points."""
    size = len(found)
    season = _season(found, multipliers or {})
    every = [*season, *extra]
    total = found.total
    for line in every:
        total = total + line.points
    score = np.clip(total, 0.0, 100.0)
    silent = [Line(signal, judged, np.zeros(size)) for signal, judged in seen.judged]
    spoken = Spoken(found, seen.table, spoken_lines(found, seen))
    return Points(np.full(size, found.base), silent, score - total, score, every, spoken)


def _season(found: Modelled, multipliers: Mapping[str, float]) -> list[ExtraLine]:
    factors = np.array([_factor(name, found.families[found.family_of[at]], multipliers) for at, name in enumerate(found.names)])
    if (factors == 1).all():
        return []
    changed = np.rint(found.parts @ (factors - 1))
    return [ExtraLine(SEASON, SEASON, changed, "reasons.season_model", {})]


def _factor(name: str, family: str, multipliers: Mapping[str, float]) -> float:
    return multipliers.get(family, 1.0) * multipliers.get(name.removeprefix(SIGNAL_PREFIX), 1.0)
