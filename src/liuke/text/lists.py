"""The word lists of a workspace: who we are, who the others are, how our customers say that they leave, what they write about."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from liuke.base.plain import Part

GAP = "{brand}"
"""In a leave phrase: any listed competitor, with at most a few characters between it and the words around it."""
_MOST_WORDS, _LONGEST = 2000, 40


@dataclass(frozen=True, slots=True)
class Brand:
    """A competitor: the name that is shown, and other ways to write it."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicList:
    """An own topic, or more words for a shipped one (same code). `team` answers tickets of it; the reader does not use it."""

    code: str
    label: str
    words: tuple[str, ...]
    team: str = ""


@dataclass(frozen=True, slots=True)
class Lists:
    """All lists of a workspace; the empty ones mean the shipped words alone.

    `exceptions` are phrases in which a listed word does not count (用友好 for 用友, 取消会议 for 取消).
    """

    own_brands: tuple[str, ...] = ()
    own_products: tuple[str, ...] = ()
    competitors: tuple[Brand, ...] = ()
    leave_phrases: tuple[str, ...] = ()
    topics: tuple[TopicList, ...] = ()
    exceptions: tuple[str, ...] = ()
    digest: str = field(init=False, default="", compare=False)

    def __post_init__(self) -> None:
        said = json.dumps(to_plain(self), ensure_ascii=False, sort_keys=True)
        object.__setattr__(self, "digest", hashlib.sha256(said.encode("utf-8", "backslashreplace")).hexdigest()[:12])


def to_plain(lists: Lists) -> dict[str, object]:
    """The lists as JSON-like data; `lists_from_plain` gives them back."""
    return {
        "own_brands": list(lists.own_brands),
        "own_products": list(lists.own_products),
        "competitors": [{"name": brand.name, "aliases": list(brand.aliases)} for brand in lists.competitors],
        "leave_phrases": list(lists.leave_phrases),
        "topics": [{"code": t.code, "label": t.label, "words": list(t.words), "team": t.team} for t in lists.topics],
        "exceptions": list(lists.exceptions),
    }


def lists_from_plain(data: Mapping[str, object]) -> Lists:
    """Lists from JSON-like data. Raises Invalid `text_lists` with all faults at once."""
    part = Part(data)
    part.only(("own_brands", "own_products", "competitors", "leave_phrases", "topics", "exceptions"))
    lists = Lists(
        own_brands=_words(part, "own_brands"),
        own_products=_words(part, "own_products"),
        competitors=tuple(Brand(_name(one, "name"), _words(one, "aliases")) for one in part.parts("competitors", 500)),
        leave_phrases=_phrases(part),
        topics=tuple(_topic(one) for one in part.parts("topics", 100)),
        exceptions=_words(part, "exceptions"),
    )
    _once(part, "competitors", [brand.name for brand in lists.competitors])
    _once(part, "topics", [topic.code for topic in lists.topics])
    part.faults.raise_if_any("text_lists")
    return lists


def _topic(part: Part) -> TopicList:
    part.only(("code", "label", "words", "team"))
    return TopicList(_name(part, "code"), part.text("label", most=_LONGEST), _words(part, "words"), part.text("team", most=80))


def _name(part: Part, field_name: str) -> str:
    return part.text(field_name, least=1, most=_LONGEST)


def _words(part: Part, name: str) -> tuple[str, ...]:
    """Words without blanks around them, each once, in the given order."""
    value = part.data.get(name, [])
    if not isinstance(value, list | tuple) or len(value) > _MOST_WORDS:
        part.fault(name, value, f"[text] ≤ {_MOST_WORDS}")
        return ()
    kept: dict[str, None] = {}
    for number, word in enumerate(value):
        if isinstance(word, str) and 1 <= len(word.strip()) <= _LONGEST:
            kept[word.strip()] = None
        else:
            part.fault(f"{name}.{number}", word, f"1–{_LONGEST}")
    return tuple(kept)


def _phrases(part: Part) -> tuple[str, ...]:
    """Leave phrases: words, or words around one gap."""
    phrases = _words(part, "leave_phrases")
    for phrase in phrases:
        bare = phrase.replace(GAP, "", 1)
        if "{" in bare or "}" in bare or not bare.strip():
            part.fault("leave_phrases", phrase, f"… {GAP} …")
    return phrases


def _once(part: Part, name: str, keys: list[str]) -> None:
    for key in sorted({key for key in keys if key and keys.count(key) > 1}):
        part.fault(name, key, "unique")
