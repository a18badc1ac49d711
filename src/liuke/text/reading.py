"""What comes out of reading one message. Places are code points of the text as it was given, `[start, end)`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class IntentKind(StrEnum):
    """What the customer wants, as far as it matters for staying or leaving."""

    LEAVE = "leave"
    COMPETITOR = "competitor"
    PRICE = "price"
    REFUSAL = "refusal"
    TERMS = "terms"
    ESCALATION = "escalation"
    PRAISE = "praise"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of the given text: code points `[start, end)`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Topic:
    """What the message is about: the code of a shipped or an own topic, and the words that show it."""

    code: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Intent:
    """An intent, how surely it was read (0–100), and the words that show it."""

    kind: IntentKind
    score: float
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A competitor named in the message: its listed name (not the alias that was written) and where."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Reading:
    """One message, read.

    `emotion` is negative emotion, 0–100: over 50 a message is more likely negative than not, over 65 at most one in twenty
    neutral service messages lies. `spans` are the words that showed it. `acknowledgement`: the message only says that it was
    seen (好的, 收到); conversation rules leave it out. `version` names artefact, lists and calibration: equal versions read equally.
    """

    emotion: float
    topics: tuple[Topic, ...]
    intents: tuple[Intent, ...]
    competitors: tuple[Mention, ...]
    acknowledgement: bool
    spans: tuple[Span, ...]
    version: str
