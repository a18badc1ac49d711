"""Topic models from weak labels: complaints whose words show a topic, with those words hidden from the model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from liuke.text.finding import Finder, Group
from liuke.text.folding import fold
from liuke.text.rules import shipped_rules, shipped_topics
from training.fitting import Counted, Rounded, counted, fitted, rounded, weightiest
from training.messages import Message

MOST_TEXTS, MOST_GRAMS, OWN_WEIGHT = 24_000, 4_000, 4.0
_FEWEST, _STRENGTH, _LEAST_PRECISION = 8, 1.0, 0.55
UNREACHED = 1e6


@dataclass(frozen=True, slots=True)
class TopicPlanes:
    """Grams, one plane per shipped topic, and from which logit a topic is told."""

    codes: list[str]
    grams: list[str]
    planes: list[Rounded]
    thresholds: list[float]
    alone: float
    """From which logit the likeliest topic is told where no word shows one."""


def word_topics(texts: Sequence[str]) -> list[frozenset[str]]:
    """The topics that the shipped words show."""
    finder = Finder(rule for rule in shipped_rules() if rule.group is Group.TOPIC)
    return [frozenset(hit.rule.code for hit in finder.find(fold(text).text)) for text in texts]


def fit_topics(complaints: Sequence[str], own: Sequence[Message], aside: Sequence[Message]) -> TopicPlanes:
    """One model per topic: weak labels on complaints, our own labels on our own messages, thresholds on messages kept aside."""
    own = [message for message in own if message.negative]
    texts = [*complaints[:MOST_TEXTS], *(message.text for message in own)]
    labels = [*word_topics(complaints[:MOST_TEXTS]), *(message.topics for message in own)]
    weight = np.array([1.0] * (len(texts) - len(own)) + [OWN_WEIGHT] * len(own))
    rows = counted(texts, fewest=_FEWEST)
    judged = [message for message in aside if message.negative]
    found: list[tuple[Counted, Rounded, float]] = []
    for code in shipped_topics():
        told = np.array([code in one for one in labels])
        found.append(_one(rows, told, weight, code, judged))
    grams = sorted({gram for kept, _, _ in found for gram in kept.grams})
    planes = [_spread(kept, plane, grams) for kept, plane, _ in found]
    return TopicPlanes(list(shipped_topics()), grams, planes, [least for _, _, least in found], _alone(found, judged))


def _one(
    rows: Counted, told: NDArray[np.bool_], weight: NDArray[np.float64], code: str, judged: Sequence[Message]
) -> tuple[Counted, Rounded, float]:
    words = next(rule.words for rule in shipped_rules() if rule.group is Group.TOPIC and rule.code == code)
    open_ones = np.array([place for place, gram in enumerate(rows.grams) if not _tells(gram.strip(), words)])
    visible = rows.only(open_ones)
    weights, _ = fitted(visible.rows, told, weight, _STRENGTH)
    kept = visible.only(weightiest(visible.rows, np.maximum(weights, 0), MOST_GRAMS))
    plane = rounded(*fitted(kept.rows, told, weight, _STRENGTH))
    return kept, plane, _threshold(kept, plane, code, judged)


def _alone(found: Sequence[tuple[Counted, Rounded, float]], judged: Sequence[Message]) -> float:
    """The same for the likeliest topic of messages without any topic's word."""
    said = word_topics([message.text for message in judged])
    silent = [message for message, topics in zip(judged, said, strict=True) if not topics]
    texts = [message.text for message in silent]
    logits = np.column_stack([_logit(kept, plane, texts) for kept, plane, _ in found])
    codes = np.array(list(shipped_topics()))[logits.argmax(axis=1)]
    return _lowest(logits.max(axis=1), np.array([code in message.topics for code, message in zip(codes, silent, strict=True)]))


def _logit(kept: Counted, plane: Rounded, texts: Sequence[str]) -> NDArray[np.float64]:
    return np.asarray(plane.bias + plane.scale * (counted(texts, kept.grams).rows @ plane.plane.astype(np.float64)))


def _lowest(logit: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """The lowest logit down to which enough of what is told is right; out of reach where none is."""
    order = np.argsort(-logit, kind="stable")
    precision = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero((precision >= _LEAST_PRECISION) & (np.arange(len(order)) >= 2))
    return round(float(logit[order[good[-1]]]), 4) if len(good) else UNREACHED


def _tells(gram: str, words: Sequence[str]) -> bool:
    """Whether a gram is a word of the topic, holds one, or is the larger part of one."""
    return any(word in gram or (gram in word and len(gram) > 1) for word in words)


def _threshold(kept: Counted, plane: Rounded, code: str, judged: Sequence[Message]) -> float:
    """The lowest logit from which what is told is right often enough, among messages without a word of the topic."""
    said = word_topics([message.text for message in judged])
    silent = [message for message, topics in zip(judged, said, strict=True) if code not in topics]
    right = np.array([code in message.topics for message in silent])
    return _lowest(_logit(kept, plane, [message.text for message in silent]), right)


def _spread(kept: Counted, plane: Rounded, grams: Sequence[str]) -> Rounded:
    """The plane over the common grams."""
    weights = dict(zip(kept.grams, plane.plane.tolist(), strict=True))
    return Rounded(np.array([weights.get(gram, 0) for gram in grams], dtype=np.int8), plane.scale, plane.bias)
