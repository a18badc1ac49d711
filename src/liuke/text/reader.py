"""The reader: texts in, readings out. Pure; safe to share between threads once it is loaded.

Order: fold → one pass for all words and rules → emotion (n-grams and patterns) → topics → intents → competitors.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from hashlib import sha256

from liuke.text.acknowledgement import is_acknowledgement
from liuke.text.brands import Brands
from liuke.text.calibration import Calibration
from liuke.text.emotion import ACKNOWLEDGED, UNKNOWN, EmotionModel, load_emotion
from liuke.text.emotion import ARTEFACT as EMOTION_FILE
from liuke.text.finding import Finder, Group, Hit
from liuke.text.folding import fold
from liuke.text.intents import intents_of
from liuke.text.lists import Lists
from liuke.text.reading import Reading
from liuke.text.rules import WORDS, rules_of, shipped_rules
from liuke.text.topics import ARTEFACT as TOPICS_FILE
from liuke.text.topics import TopicModel, load_topics, topics_of
from liuke.text.units import grams_of

ANGRY = 65.0
"""From here a message counts as negative in the rules of a conversation."""
LIKELY = 50.0
"""From here a message is more likely negative than not."""
MOST_SPANS = 40
_OF_BRANDS = {Group.BRAND, Group.CUE}


class TextReader:
    """Reads messages with the lists and the calibration of a workspace."""

    def __init__(self, lists: Lists, calibration: Calibration, model: EmotionModel, topics: TopicModel) -> None:
        self._calibration, self._model, self._topics = calibration, model, topics
        self._finder = Finder(rules_of(lists))
        self._brands = Brands(lists)
        self.version = f"{model.version}-{_shipped()}.{lists.digest}.{calibration.digest}"

    @classmethod
    def load(cls, lists: Lists | None = None, calibration: Calibration | None = None) -> TextReader:
        """A reader with the shipped artefacts. They are read once per process; the lists cost some milliseconds each time."""
        return cls(lists or Lists(), calibration or Calibration(), _model(), _topic_model())

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """One reading per text, in order. Never raises for any text; only the first 4,000 code points are read."""
        return [self._one(text) for text in texts]

    def _one(self, text: str) -> Reading:
        folded = fold(text)
        hits = self._finder.find(folded.text)
        grams = grams_of(folded.text)
        seen = is_acknowledgement(folded.text)
        emotion = self._calibration.apply(_emotion(self._model, folded.text, grams, hits, seen=seen))
        exceptions = [hit for hit in hits if hit.rule.group is Group.EXCEPTION]
        likely = emotion >= LIKELY
        intents = intents_of(folded, hits, exceptions, angry=emotion >= ANGRY)
        groups = {hit.rule.group for hit in hits}
        competitors, goes = self._brands.read(folded, hits, exceptions) if groups & _OF_BRANDS else ((), None)
        shown = self._model.shown_by(folded.text, grams, hits) if likely else []
        return Reading(
            emotion=round(emotion, 1),
            topics=topics_of(folded, hits, exceptions, self._modelled(folded.text, grams, hits) if likely else {}),
            intents=tuple(intents if goes is None else [*intents, goes]),
            competitors=competitors[:MOST_SPANS],
            acknowledgement=seen,
            spans=folded.spans(shown)[:MOST_SPANS],
            version=self.version,
        )

    def _modelled(self, text: str, grams: set[str], hits: Sequence[Hit]) -> dict[str, list[tuple[int, int]]]:
        return self._topics.read(text, grams, worded=any(hit.rule.group is Group.TOPIC for hit in hits))


def _emotion(model: EmotionModel, text: str, grams: set[str], hits: Sequence[Hit], *, seen: bool) -> float:
    met = [hit.rule.code for hit in hits if hit.rule.group is Group.EMOTION]
    logit = model.logit(grams if any(map(str.isalnum, text)) else set(), met)
    emotion = UNKNOWN if logit is None else model.emotion(logit)
    return min(emotion, ACKNOWLEDGED) if seen else emotion


@cache
def _shipped() -> str:
    """Names the artefacts and the shipped words by their content: whatever of them changes, readings are of another version."""
    files = (EMOTION_FILE, TOPICS_FILE, *sorted(WORDS.glob("*.json")))
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:8]


@cache
def _model() -> EmotionModel:
    return load_emotion()


@cache
def _topic_model() -> TopicModel:
    return load_topics()


@cache
def _emotion_finder() -> Finder:
    return Finder(rule for rule in shipped_rules() if rule.group is Group.EMOTION)


def emotion(texts: Sequence[str]) -> list[float]:
    """Negative emotion 0–100 of each text, with the shipped lists and calibration; quicker than a whole reading."""
    model, finder = _model(), _emotion_finder()
    found = []
    for text in texts:
        folded = fold(text).text
        seen = is_acknowledgement(folded)
        found.append(round(_emotion(model, folded, grams_of(folded), finder.find(folded), seen=seen), 1))
    return found
