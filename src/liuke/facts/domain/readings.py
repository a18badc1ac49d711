"""What the reader of texts adds to an activity: the names of its attributes, and how they are put on and taken off again.

They stand at the end of the row's attributes, behind `text_read`, so that what the source said can be told from what was read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from liuke.facts.domain.kinds import Kind
from liuke.text import IntentKind, Reading, Span

SAID = (Kind.MESSAGE_IN.value, Kind.GROUP_MESSAGE.value)
"""What the customer wrote to us: the conversation."""
TEXTS = (*SAID, Kind.TICKET_OPENED.value, Kind.SURVEY_ANSWERED.value, Kind.RATING_GIVEN.value, Kind.MENTION_FOUND.value)
"""Everything with words of a customer in it; these kinds are read."""
WITH_WORDS = (*TEXTS, Kind.MESSAGE_OUT.value, Kind.TRAINING_ASKED.value, Kind.GUIDE_REPORTED.value)
"""Everything with words of people in it; these lose them when their time is over."""
READ, VERSION, GONE = "text_read", "text_version", "text_gone"
"""`text_read`: 1 where a row was looked at, also one without words or of our staff; `text_version`: by which reader;
`text_gone`: the words were deleted, the readings stay."""
WORDS = ("subject", "text")
"""Attributes that hold the words, in the order in which they show."""
BETWEEN = " · "
LONGEST_READ = 20_000
"""Characters of one text that are read; a letter of a megabyte says what it wants before that."""
COMPLAINS_FROM, SURE_FROM = 50.0, 50.0
_MARK = f',"{READ}":'
_TOP = (IntentKind.REFUSAL, IntentKind.TERMS, IntentKind.PRICE, IntentKind.ESCALATION, IntentKind.PRAISE, IntentKind.RESOLVED)
"""Intents that metrics may read by their own names."""
_FLAGS = {IntentKind.REFUSAL: "refused", IntentKind.TERMS: "terms_asked", IntentKind.PRICE: "price_asked"}
"""What signals count: 1 where the intent is sure enough."""


def words_of(attrs: Mapping[str, object]) -> str:
    """The words of an activity as they show: the subject, a dot, the text. Spans count from its beginning."""
    return BETWEEN.join(str(attrs[name]) for name in WORDS if attrs.get(name))


def is_staff(attrs: Mapping[str, object]) -> bool:
    """Whether somebody of ours wrote it (in a group chat): it is not read."""
    return attrs.get("staff") in (True, 1, "1", "true")


def own_attrs(attrs: str) -> str:
    """The attributes as the source told them, as JSON text."""
    if attrs.startswith(f"{{{_MARK[1:]}"):
        return "{}"
    told, mark, _ = attrs.partition(_MARK)
    return f"{told}}}" if mark else attrs


def with_reading(attrs: str, found: Mapping[str, object]) -> str:
    """The source's attributes (JSON text) and behind them what was found; what the source itself says stands."""
    own = own_attrs(attrs)
    told = json.loads(own)
    added = {READ: 1, **{name: value for name, value in found.items() if name not in told}}
    text = json.dumps(added, ensure_ascii=False, separators=(",", ":"))
    return f"{own.rstrip()[:-1]},{text[1:]}" if told else text


def found_in(reading: Reading, *, said: float | None = None) -> dict[str, object]:
    """The attributes of a reading. `said`: what a person said of its negative emotion, in place of what was read.

    `negative` is left out for an acknowledgement: conversation measures skip it. `leaving` is the surer of leaving and of naming
    a competitor; `complaint` is 1 where the customer escalates, or is negative about a topic and not content by now.
    """
    scores = {intent.kind: round(intent.score, 1) for intent in reading.intents}
    emotion = round(reading.emotion if said is None else said, 1)
    leaving = max(scores.get(IntentKind.LEAVE, 0.0), scores.get(IntentKind.COMPETITOR, 0.0))
    found: dict[str, object] = {VERSION: reading.version, "leaving": leaving, "complaint": int(_complains(reading, scores, emotion))}
    found |= _feeling(reading, emotion, reviewed=said is not None)
    found |= _asked_by_name(scores)
    if reading.topics:
        codes = [topic.code for topic in reading.topics]
        found |= {"topic": codes[0], "topics": codes}
    if scores:
        found["intents"] = {kind.value: score for kind, score in scores.items()}
    if reading.competitors:
        found["competitor"] = reading.competitors[0].name
    spans = spans_of(reading)
    return {**found, "spans": spans} if spans else found


def _feeling(reading: Reading, emotion: float, *, reviewed: bool) -> dict[str, object]:
    if reviewed:
        return {"negative": emotion, "reviewed": True}
    return {"acknowledgement": True} if reading.acknowledgement else {"negative": emotion}


def _asked_by_name(scores: Mapping[IntentKind, float]) -> dict[str, object]:
    """The intents that metrics read by their own names, and the flags that signals count."""
    top = {kind.value: scores[kind] for kind in _TOP if scores.get(kind)}
    return {**top, **{flag: 1 for kind, flag in _FLAGS.items() if scores.get(kind, 0.0) >= SURE_FROM}}


def _complains(reading: Reading, scores: Mapping[IntentKind, float], emotion: float) -> bool:
    if scores.get(IntentKind.ESCALATION, 0.0) >= SURE_FROM:
        return True
    content = scores.get(IntentKind.RESOLVED, 0.0) >= SURE_FROM
    return bool(reading.topics) and emotion > COMPLAINS_FROM and not content


def spans_of(reading: Reading) -> list[list[int | str]]:
    """The words that show it, by place: start, end, what they show (`negative`, `topic`, `intent`, `competitor`) and which."""
    rows = [*_rows(reading.spans, "negative", "")]
    for topic in reading.topics:
        rows += _rows(topic.spans, "topic", topic.code)
    for intent in reading.intents:
        rows += _rows(intent.spans, "intent", intent.kind.value)
    for mention in reading.competitors:
        rows += _rows((mention.span,), "competitor", mention.name)
    return [list(row) for row in sorted(set(rows))]


def _rows(spans: Iterable[Span], shows: str, which: str) -> list[tuple[int, int, str, str]]:
    return [(span.start, span.end, shows, which) for span in spans]


def without_words(attrs: str) -> str:
    """The attributes (JSON text) without the words and the places in them; the readings stay."""
    told, read = json.loads(own_attrs(attrs)), json.loads(attrs)
    kept = {name: value for name, value in read.items() if name not in {*WORDS, "note", "question", "spans"}}
    own = {name: value for name, value in kept.items() if name in told}
    added = {READ: kept.pop(READ, 0), GONE: 1, **{name: value for name, value in kept.items() if name not in told}}
    return json.dumps({**own, **added}, separators=(",", ":"))  # escaped: half a surrogate pair must not break the write
