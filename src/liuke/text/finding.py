"""One pass over a folded text finds every listed word and every trigger of a rule; only triggered expressions are tried.

That keeps the cost of reading independent of the number of rules, and linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from itertools import chain, islice

import ahocorasick


class Group(Enum):
    """What a rule is for."""

    EMOTION = auto()
    INTENT = auto()
    GUARD = auto()
    TOPIC = auto()
    BRAND = auto()
    CUE = auto()
    LEAVE_PHRASE = auto()
    EXCEPTION = auto()


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """Folded words that count by themselves (no `expression`), or that trigger an expression."""

    group: Group
    code: str
    words: tuple[str, ...]
    expression: re.Pattern[str] | None = None
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that was met, at `[start, end)` of the folded text."""

    rule: Rule
    start: int
    end: int


MOST_HITS = 200
"""Of one text; a text that repeats itself gains nothing by more."""


class Finder:
    """All rules in one automaton. Building takes milliseconds per thousand words; finding is linear in the text."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        rules = list(rules)
        by_word: dict[str, list[Rule]] = {}
        for rule in rules:
            for word in rule.words:
                by_word.setdefault(word, []).append(rule)
        self._automaton = ahocorasick.Automaton()
        for word, its_rules in by_word.items():
            plain = tuple(rule for rule in its_rules if rule.expression is None)
            self._automaton.add_word(word, (len(word), plain, {id(rule): rule for rule in its_rules if rule.expression is not None}))
        self._automaton.add_word("\0", (1, (), {}))  # an automaton without words cannot search
        self._automaton.make_automaton()

    def find(self, text: str) -> list[Hit]:
        """All hits, in no promised order. Latin words count only as whole words at their beginning."""
        found: list[Hit] = []
        triggered: dict[int, Rule] = {}
        for last, (length, plain, tried) in self._automaton.iter(text):
            triggered.update(tried)
            if plain and len(found) < MOST_HITS and whole(text, last + 1 - length, last + 1):
                found += [Hit(rule, last + 1 - length, last + 1) for rule in plain]
        return found if not triggered else [*found, *chain.from_iterable(_tried(rule, text) for rule in triggered.values())]


def _tried(rule: Rule, text: str) -> list[Hit]:
    assert rule.expression is not None  # noqa: S101 - only rules with expressions are triggered
    hits = islice(rule.expression.finditer(text), MOST_HITS)
    return [Hit(rule, hit.start(), hit.end()) for hit in hits if hit.end() > hit.start()]


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def whole(text: str, start: int, end: int) -> bool:
    """Whether no Latin word is cut at the beginning, nor a short one (SAP in `sapling`) at the end."""
    if start > 0 and _latin(text[start]) and _latin(text[start - 1]):
        return False
    return not (end - start < 5 and end < len(text) and _latin(text[end - 1]) and _latin(text[end]) and not text[end - 1].isdigit())


def overlapping(hit: Hit, others: Iterable[Hit]) -> bool:
    """Whether a hit shares a character with any of the others."""
    return any(other.start < hit.end and hit.start < other.end for other in others)
