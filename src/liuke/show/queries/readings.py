"""What was read in a text, as pages show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from liuke.act.plans.complaints import team_named, topic_label
from liuke.facts.domain.readings import READ
from liuke.facts.service.readings import lists_live
from liuke.show.api.schemas.text import IntentOut, ReadingOut, SpanOut, TopicOut
from liuke.show.queries.reader import Reader, word
from liuke.text import Lists

OURS = frozenset(
    {
        READ, "text_version", "text_gone", "negative", "leaving", "complaint", "acknowledgement", "reviewed", "topics", "intents", "spans",
        "second", "refusal", "terms", "price", "escalation", "praise", "resolved", "refused", "terms_asked", "price_asked",
    }
)  # fmt: skip
"""Attributes that are shown as a reading and not in the list of a row's attributes."""


def reading_out(reader: Reader, attrs: Mapping[str, object]) -> ReadingOut | None:
    """The reading of a row's attributes (masked ones have no spans); None where it was not read or had no words."""
    return found_out(reader, attrs) if READ in attrs and ("leaving" in attrs or "negative" in attrs) else None


def found_out(reader: Reader, attrs: Mapping[str, object]) -> ReadingOut:
    """The reading of attributes that were read."""
    lists = lists_of(reader)
    intents = attrs.get("intents")
    return ReadingOut(
        negative=_number(attrs.get("negative")),
        leaving=_number(attrs.get("leaving")) or 0.0,
        complaint=attrs.get("complaint") in (True, 1, "1", "true"),
        acknowledgement=bool(attrs.get("acknowledgement")),
        topics=[topic_out(reader, lists, code) for code in _codes(attrs)],
        intents=[
            IntentOut(kind=word(kind), score=float(score))
            for kind, score in sorted(intents.items(), key=lambda one: -one[1]) if isinstance(score, int | float)
        ] if isinstance(intents, Mapping) else [],
        competitor=str(attrs.get("competitor") or ""),
        reviewed=bool(attrs.get("reviewed")),
        second="second" in attrs,
        spans=_spans(attrs.get("spans")),
    )  # fmt: skip


def topic_out(reader: Reader, lists: Lists, code: str) -> TopicOut:
    """A topic in the reader's language."""
    return TopicOut(code=code, label=topic_label(lists, code, reader.language), team=team_named(lists, code))


def lists_of(reader: Reader) -> Lists:
    """The live lists, asked once per request."""
    if reader.lists is None:
        reader.lists = lists_live(reader.workspace.pk)
    return reader.lists


def _codes(attrs: Mapping[str, object]) -> list[str]:
    topics, topic = attrs.get("topics"), attrs.get("topic")
    found = [str(code) for code in topics] if isinstance(topics, list) else []
    return list(dict.fromkeys([*([topic] if isinstance(topic, str) and topic else []), *found]))


def _spans(value: object) -> list[SpanOut]:
    rows: Sequence[object] = value if isinstance(value, list) else ()
    return [SpanOut(start=row[0], end=row[1], shows=row[2], which=row[3]) for row in rows if isinstance(row, list) and len(row) == 4]


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
