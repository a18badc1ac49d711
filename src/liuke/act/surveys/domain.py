"""What an answer may be, when it is bad, and for how long it may be changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from liuke.base.errors import Invalid


class Scale(StrEnum):
    """How it is answered."""

    NPS = "nps"
    """0–10: would you recommend us (Reichheld, The One Number You Need to Grow, HBR 2003)."""
    CSAT = "csat"
    """1–5 stars: how content are you."""


RANGE: Mapping[Scale, tuple[int, int]] = {Scale.NPS: (0, 10), Scale.CSAT: (1, 5)}
BAD: Mapping[Scale, int] = {Scale.NPS: 6, Scale.CSAT: 2}
"""At most so much is a bad answer: detractors, and two stars."""
LONGEST = 2000
CHANGEABLE = timedelta(minutes=10)
"""From the first answer on, by the real clock."""
OPEN_FOR = timedelta(days=30)
"""How long a link can be answered."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A checked answer."""

    scale: Scale
    score: int
    text: str

    @property
    def is_bad(self) -> bool:
        """Whether somebody should call."""
        return self.score <= BAD[self.scale]

    @property
    def satisfaction(self) -> float:
        """On one scale for all, 0 (worst) to 100: as `align.domain.attributes.satisfaction` reads imported answers."""
        low, high = RANGE[self.scale]
        return (self.score - low) / (high - low) * 100


def answer_of(scale: str, score: str, text: str) -> Answer:
    """The answer of a form. Raises Invalid("survey_score") naming what is allowed."""
    if scale not in set(Scale):
        raise Invalid("survey_scale", got=scale, allowed=", ".join(Scale))
    low, high = RANGE[Scale(scale)]
    number = int(score) if score.isascii() and score.isdigit() and len(score) < 3 else -1
    if not low <= number <= high:
        raise Invalid("survey_score", low=low, high=high)
    return Answer(Scale(scale), number, text.strip()[:LONGEST])


def may_change(first_at: datetime, now: datetime) -> bool:
    """Whether an answer may still be changed."""
    return now - first_at <= CHANGEABLE
