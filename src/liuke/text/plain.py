"""Readings as JSON-like data, for the command and for whoever keeps them."""

from __future__ import annotations

from liuke.text.reading import Reading, Span


def reading_to_plain(reading: Reading) -> dict[str, object]:
    """One JSON object: spans are `[start, end]` in code points; `competitor` is the first name, null where there is none."""
    return {
        "emotion": reading.emotion,
        "topics": [{"code": topic.code, "spans": _spans(topic.spans)} for topic in reading.topics],
        "intents": [{"kind": one.kind.value, "score": one.score, "spans": _spans(one.spans)} for one in reading.intents],
        "competitor": reading.competitors[0].name if reading.competitors else None,
        "competitors": [{"name": one.name, "span": [one.span.start, one.span.end]} for one in reading.competitors],
        "acknowledgement": reading.acknowledgement,
        "spans": _spans(reading.spans),
        "version": reading.version,
    }


def _spans(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]
