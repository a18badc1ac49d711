"""What a message is about: words of the lists, and for complaints a small n-gram model per shipped topic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest
from pathlib import Path

from liuke.text.emotion import joined
from liuke.text.finding import Group, Hit, overlapping
from liuke.text.folding import Folded
from liuke.text.reading import Topic
from liuke.text.weights import Linear, loaded

ARTEFACT = Path(__file__).parent / "artefacts/topics.bin"
_SHOWN = 3


class TopicModel:
    """One linear model per shipped topic; learned from messages whose words show the topic, with those words hidden."""

    def __init__(self, models: Mapping[str, Linear], least: Mapping[str, float]) -> None:
        self._models, self._least = models, least

    def read(self, text: str, grams: set[str]) -> dict[str, list[tuple[int, int]]]:
        """Code → places that show it, for every topic whose logit reaches its threshold."""
        found = {}
        for code, model in self._models.items():
            if model.logit(grams) >= self._least[code]:
                places = _heaviest(text, grams, model.weights)
                if places:
                    found[code] = places
        return found


def _heaviest(text: str, grams: Iterable[str], weights: Mapping[str, float]) -> list[tuple[int, int]]:
    heavy = nlargest(_SHOWN, ((weights.get(gram, 0.0), gram.strip()) for gram in grams))
    found = ((text.find(gram), len(gram)) for weight, gram in heavy if weight > 0 and gram)
    return joined([(start, start + length) for start, length in found if start >= 0])


def load_topics(path: Path = ARTEFACT) -> TopicModel:
    """The shipped topic models. Raises ValueError or TypeError for a file that is none of ours."""
    models = loaded(path)
    codes, least = (models[0].facts[name] for name in ("topics", "thresholds"))
    if not isinstance(codes, list) or not isinstance(least, list):
        raise TypeError("the artefact names no topics")
    return TopicModel(dict(zip(codes, models, strict=True)), dict(zip(codes, least, strict=True)))


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
