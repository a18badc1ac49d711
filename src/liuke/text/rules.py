"""The shipped rules (`words/*.json`) and those that a workspace's lists add."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

from liuke.text.finding import Group, Rule
from liuke.text.folding import fold
from liuke.text.lists import GAP, Brand, Lists

WORDS = Path(__file__).parent / "words"
ELSEWHERE = "elsewhere"
GENERIC = "友商"
"""What a competitor without a name is called."""
_MOST_BETWEEN = 6
_GROUPS = {"emotion": Group.EMOTION, "intents": Group.INTENT, "guards": Group.GUARD}


@cache
def _file(name: str) -> tuple[dict[str, object], ...]:
    read = json.loads((WORDS / f"{name}.json").read_text("utf-8"))
    return tuple(read)


@cache
def shipped_brands() -> tuple[Brand, ...]:
    """Known vendors, looked for where a workspace lists no competitors of its own."""
    known: list[list[str]] = _brand_words()["known"]
    return tuple(Brand(first, tuple(rest)) for first, *rest in known)


@cache
def _brand_words() -> dict[str, list]:  # type: ignore[type-arg] # words, or lists of words
    read: dict[str, list] = json.loads((WORDS / "brands.json").read_text("utf-8"))  # type: ignore[type-arg]
    return read


@cache
def shipped_rules() -> tuple[Rule, ...]:
    """Everything that does not depend on a workspace."""
    words = _brand_words()
    own = chain.from_iterable((_with_expression(group, entry) for entry in _file(name)) for name, group in _GROUPS.items())
    topics = (Rule(Group.TOPIC, str(entry["code"]), _folded(entry["words"])) for entry in _file("topics"))
    brands = (
        Rule(Group.BRAND, GENERIC, _folded(words["generic"])),
        Rule(Group.CUE, "", _folded(words["cues"])),
        Rule(Group.CUE, ELSEWHERE, _folded(words["elsewhere"])),
        Rule(Group.CUE, "elsewhere_cue", _folded(words["elsewhere_cues"])),
        Rule(Group.EXCEPTION, "", _folded(words["exceptions"])),
    )
    return (*own, *topics, *brands)


def rules_of(lists: Lists) -> Iterator[Rule]:
    """The shipped rules and the workspace's."""
    yield from shipped_rules()
    for brand in lists.competitors or shipped_brands():
        yield Rule(Group.BRAND, brand.name, _folded((brand.name, *brand.aliases)))
    for topic in lists.topics:
        yield Rule(Group.TOPIC, topic.code, _folded(topic.words))
    guarded = (*lists.own_brands, *lists.own_products, *lists.exceptions)
    yield Rule(Group.EXCEPTION, "", _folded(guarded))
    names = [name for brand in (lists.competitors or shipped_brands()) for name in (brand.name, *brand.aliases)]
    for phrase in lists.leave_phrases:
        yield _phrase(phrase, _folded(names))


def shipped_topics() -> dict[str, dict[str, str]]:
    """Code → label per language of the shipped topics, in their order."""
    return {str(entry["code"]): dict(entry["label"]) for entry in _file("topics")}  # type: ignore[call-overload]


def _with_expression(group: Group, entry: dict[str, object]) -> Rule:
    score = entry.get("score", entry.get("push", 0.0))
    number = float(score) if isinstance(score, int | float) else 0.0
    return Rule(group, str(entry["code"]), _folded(entry["when"]), re.compile(str(entry["find"])), number)


def _folded(words: object) -> tuple[str, ...]:
    """Words as the folded text writes them; triggers keep their blanks."""
    if not isinstance(words, list | tuple):
        return ()
    kept = (fold(str(word)).text for word in words)
    return tuple(dict.fromkeys(word for word in kept if word.strip()))


def _phrase(phrase: str, names: tuple[str, ...]) -> Rule:
    """A leave phrase; with a gap, any listed competitor within a few characters of the words around it."""
    if GAP not in phrase:
        return Rule(Group.LEAVE_PHRASE, "leave", _folded((phrase,)), score=90.0)
    before, _, after = (fold(part).text.strip() for part in phrase.partition(GAP))
    between = f"[^。!?]{{0,{_MOST_BETWEEN}}}?"
    brands = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    parts = (re.escape(before), between if before else "", f"(?:{brands})", between if after else "", re.escape(after))
    return Rule(Group.LEAVE_PHRASE, "leave", (before or after,), re.compile("".join(parts)), 90.0)
