"""The reader: texts in, readings out. Pure; safe to share between threads once it is loaded."""

from __future__ import annotations

from collections.abc import Sequence

from liuke.text.calibration import Calibration
from liuke.text.lists import Lists
from liuke.text.reading import Intent, IntentKind, Mention, Reading, Span

_ANGRY = ("投诉", "太差", "没人理", "垃圾", "失望")
_LEAVING = ("不续", "取消续费", "注销", "换系统")


class TextReader:
    """Reads messages with the lists and the calibration of a workspace."""

    def __init__(self, lists: Lists, calibration: Calibration | None) -> None:
        self._lists = lists
        self._calibration = calibration or Calibration()
        self.version = f"0.{lists.digest}.{self._calibration.digest}"

    @classmethod
    def load(cls, lists: Lists | None = None, calibration: Calibration | None = None) -> TextReader:
        """A reader with the shipped artefacts; costs a few hundred milliseconds and some ten megabytes, so keep it."""
        return cls(lists or Lists(), calibration)

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """One reading per text, in order. Never raises for any text."""
        return [self._one(text) for text in texts]

    def _one(self, text: str) -> Reading:
        angry = tuple(Span(text.find(word), text.find(word) + len(word)) for word in _ANGRY if word in text)
        leaving = tuple(Span(text.find(word), text.find(word) + len(word)) for word in _LEAVING if word in text)
        intents = (Intent(IntentKind.LEAVE, 80.0, leaving),) if leaving else ()
        named = tuple(
            Mention(brand.name, Span(text.find(word), text.find(word) + len(word)))
            for brand in self._lists.competitors for word in (brand.name, *brand.aliases) if word in text
        )  # fmt: skip
        seen = text.strip("。！!~ ") in {"好的", "收到", "嗯", "ok"}
        return Reading(self._calibration.apply(80.0 if angry else 20.0), (), intents, named, seen, angry, self.version)


def emotion(texts: Sequence[str]) -> list[float]:
    """Negative emotion 0–100 of each text, with the shipped lists and calibration."""
    return [reading.emotion for reading in TextReader.load().read(texts)]
