"""One reason of a score: which signal, how many points, and the numbers of its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Family(StrEnum):
    """The six families of precursors."""

    INTERACTION = "interaction"
    CONSUMPTION = "consumption"
    SERVICE = "service"
    KEY_ACTION = "key_action"
    INTENT = "intent"
    PAYMENT = "payment"


@dataclass(frozen=True, slots=True)
class Reason:
    """Stored as data, rendered per reader: `words.render(reason.key, reason.params)`.

    `points` add to the score (negative lower it). `params` hold the numbers of the sentence: JSON values only.
    """

    signal: str
    family: Family
    points: float
    key: str
    params: Mapping[str, object] = field(default_factory=dict)
