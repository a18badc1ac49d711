"""Negative emotion of one message: the n-gram model, what the patterns add, and the map to 0–100."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from heapq import nlargest
from itertools import pairwise
from pathlib import Path

from liuke.text.calibration import Point, interpolate
from liuke.text.finding import Hit
from liuke.text.weights import Linear, loaded

ARTEFACT = Path(__file__).parent / "artefacts/emotion.bin"
UNKNOWN = 8.0
"""Of a text without a single known gram (empty, signs, an unknown script): nothing speaks for anger."""
ACKNOWLEDGED = 15.0
"""The most that an acknowledgement can have."""
_SHOWN, _LEAST_SHOWN = 3, 0.25


@dataclass(frozen=True, slots=True)
class EmotionModel:
    """logit = bias + slope × n-gram logit + Σ pushes of the patterns met; `curve` leads from it to 0–100."""

    linear: Linear
    slope: float
    bias: float
    pushes: Mapping[str, float]
    curve: tuple[Point, ...]
    version: str

    def logit(self, grams: set[str], met: Collection[str]) -> float | None:
        """The log-odds that the message is negative; each pattern pushes once. None where nothing of it is known."""
        known = self.linear.known(grams)
        if known is None and not met:
            return None
        pushed = sum(self.pushes.get(code, 0.0) for code in sorted(set(met))) if met else 0.0
        return self.bias + self.slope * (self.linear.bias if known is None else known) + pushed

    def emotion(self, logit: float) -> float:
        """0–100: 50 is the best F1, 65 at most one in twenty neutral service messages."""
        return interpolate(self.curve, logit)

    def shown_by(self, text: str, grams: Iterable[str], hits: Iterable[Hit]) -> list[tuple[int, int]]:
        """Places of the folded text that speak for anger: patterns that push up, else the heaviest grams."""
        places = [(hit.start, hit.end) for hit in hits if self.pushes.get(hit.rule.code, 0.0) > 0]
        if places:
            return places
        weights = self.linear.weights
        heavy = nlargest(_SHOWN, ((weights.get(gram, 0.0), gram) for gram in grams))
        least = _LEAST_SHOWN * heavy[0][0] if heavy else 0.0
        return places_of(text, (gram for weight, gram in heavy if weight > max(0.0, least)))


def places_of(text: str, grams: Iterable[str]) -> list[tuple[int, int]]:
    """Where the text first has each gram, without the blanks that mark the edges of a word; blank grams are nowhere."""
    found = ((text.find(gram.strip()), len(gram.strip())) for gram in grams)
    return joined([(start, start + length) for start, length in found if start >= 0 and length])


def joined(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places in order; those that touch become one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def rising(points: Iterable[Point]) -> tuple[Point, ...]:
    """The same points. Raises ValueError where they do not rise in both coordinates."""
    kept = tuple(points)
    if any(a[0] >= b[0] or a[1] > b[1] for a, b in pairwise(kept)):
        raise ValueError(f"the map does not rise: {kept}")
    return kept


def load_emotion(path: Path = ARTEFACT) -> EmotionModel:
    """The shipped model. Raises ValueError for a file that is none of ours."""
    (linear,) = loaded(path)
    return model_of(linear)


def model_of(linear: Linear) -> EmotionModel:
    """The model whose head is in the facts of its weights."""
    head = linear.facts["head"]
    if not isinstance(head, dict):
        raise TypeError("the artefact has no head")
    curve = rising((float(x), float(y)) for x, y in head["curve"])
    return EmotionModel(linear, float(head["slope"]), float(head["bias"]), dict(head["pushes"]), curve, str(linear.facts["version"]))
