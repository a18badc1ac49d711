"""What a message is about: words of the lists, and for complaints a small n-gram model per shipped topic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest
from math import sqrt
from pathlib import Path

from liuke.text.emotion import places_of
from liuke.text.finding import Group, Hit, overlapping
from liuke.text.folding import Folded
from liuke.text.reading import Topic
from liuke.text.weights import Linear, loaded

ARTEFACT = Path(__file__).parent / "artefacts/topics.bin"
_SHOWN = 3


class TopicModel:
    """One linear model per shipped topic; learned from messages whose words show the topic, with those words hidden.

    `alone` is the logit from which the likeliest topic is told where no word shows one.
    """

    def __init__(self, models: Mapping[str, Linear], least: Mapping[str, float], alone: float) -> None:
        self._codes, self._least, self._alone = tuple(models), least, alone
        self._biases = [model.bias for model in models.values()]
        grams = set().union(*(model.weights for model in models.values()))
        self._weights = {gram: tuple(model.weights.get(gram, 0.0) for model in models.values()) for gram in sorted(grams)}

    def read(self, text: str, grams: set[str], *, worded: bool) -> dict[str, list[tuple[int, int]]]:
        """Code → places that show it: every topic whose logit reaches its threshold, or the likeliest where no word showed one."""
        known = [(gram, weights) for gram in grams if (weights := self._weights.get(gram)) is not None]
        if not known:
            return {}
        columns = zip(*(weights for _, weights in known), strict=True)
        logits = [bias + _levelled(column) for bias, column in zip(self._biases, columns, strict=True)]
        told = self._told(logits, worded=worded)
        found = {self._codes[place]: _heaviest(text, [(weights[place], gram) for gram, weights in known]) for place in told}
        return {code: places for code, places in found.items() if places}

    def _told(self, logits: Sequence[float], *, worded: bool) -> list[int]:
        """Which topics are told, by their place in the list of codes."""
        told = [place for place, code in enumerate(self._codes) if logits[place] >= self._least[code]]
        if told or worded:
            return told
        best = max(range(len(logits)), key=logits.__getitem__)
        return [best] if logits[best] >= self._alone else []


def _levelled(weights: Iterable[float]) -> float:
    """Their sum over the root of their number, those that weigh nothing left out; rounded against the order of adding up."""
    kept = [weight for weight in weights if weight]
    return round(sum(kept) / sqrt(len(kept)), 6) if kept else 0.0


def _heaviest(text: str, weighed: Iterable[tuple[float, str]]) -> list[tuple[int, int]]:
    return places_of(text, (gram for weight, gram in nlargest(_SHOWN, weighed) if weight > 0))


def load_topics(path: Path = ARTEFACT) -> TopicModel:
    """The shipped topic models. Raises ValueError or TypeError for a file that is none of ours."""
    models = loaded(path)
    codes, least, alone = (models[0].facts[name] for name in ("topics", "thresholds", "alone"))
    if not isinstance(codes, list) or not isinstance(least, list) or not isinstance(alone, float):
        raise TypeError("the artefact names no topics")
    return TopicModel(dict(zip(codes, models, strict=True)), dict(zip(codes, least, strict=True)), alone)


def topics_of(
    folded: Folded, hits: Sequence[Hit], exceptions: Sequence[Hit], read: Mapping[str, list[tuple[int, int]]]
) -> tuple[Topic, ...]:
    """All topics in the order of their codes; words win over the model, which only adds topics that have no word."""
    places: dict[str, list[tuple[int, int]]] = {}
    for hit in hits:
        if hit.rule.group is Group.TOPIC and not overlapping(hit, exceptions):
            places.setdefault(hit.rule.code, []).append((hit.start, hit.end))
    for code, shown in read.items():
        places.setdefault(code, shown)
    return tuple(Topic(code, folded.spans(places[code])) for code in sorted(places))
