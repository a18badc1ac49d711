"""Competitors: the listed names, unless our own product, an exception or a mere integration explains the word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.fuzz import ratio

from liuke.text.finding import Group, Hit, overlapping
from liuke.text.folding import Folded, fold
from liuke.text.lists import Lists
from liuke.text.reading import Intent, IntentKind, Mention
from liuke.text.rules import ELSEWHERE, GENERIC

_WITH_CUE, _BARE, _ELSEWHERE, _TYPO = 92.0, 70.0, 75.0, 80.0
_STRONG_CUE, _NEAR, _LEAST_LATIN, _LEAST_CHINESE = 2, 14, 5, 4
_ALIKE_LATIN, _ALIKE_CHINESE = 84.0, 74.0
_LATIN_WORD = re.compile(r"[a-z][a-z0-9]{4,}")

Named = tuple[str, int, int]
"""A competitor's listed name and its place in the folded text."""


class Brands:
    """Reads competitors with the names of a workspace."""

    def __init__(self, lists: Lists) -> None:
        self._listed = frozenset(brand.name for brand in lists.competitors) | {GENERIC}
        names = [(fold(word).text, brand.name) for brand in lists.competitors for word in (brand.name, *brand.aliases)]
        self._latin = [pair for pair in names if pair[0].isascii() and len(pair[0]) >= _LEAST_LATIN]
        self._chinese = [pair for pair in names if not pair[0].isascii() and len(pair[0]) >= _LEAST_CHINESE]

    def read(self, folded: Folded, hits: Sequence[Hit], exceptions: Sequence[Hit]) -> tuple[tuple[Mention, ...], Intent | None]:
        """The competitors named, and the intent to compare or to go to one of them."""
        brands = _longest([hit for hit in hits if hit.rule.group is Group.BRAND and not overlapping(hit, exceptions)])
        cues = _cues(hits, brands)
        named = self._counted(brands, hits, cues) if brands else self._misspelt(folded.text, cues)
        if not named:
            return (), _elsewhere(folded, hits)
        score = (_WITH_CUE if cues else _BARE) if brands else _TYPO
        mentions = tuple(Mention(name, folded.spans([(start, end)])[0]) for name, start, end in named)
        return mentions, Intent(IntentKind.COMPETITOR, score, folded.spans([(start, end) for _, start, end in named]))

    def _counted(self, brands: list[Hit], hits: Sequence[Hit], cues: list[Hit]) -> list[Named]:
        """A name counts where it is listed or compared; asked for an integration with it, only where it is clearly compared."""
        integrates = any(hit.rule.group is Group.GUARD and hit.rule.code == IntentKind.COMPETITOR.value for hit in hits)
        compared = any(not integrates or cue.end - cue.start >= _STRONG_CUE for cue in cues)
        return [(b.rule.code, b.start, b.end) for b in brands if compared or (not integrates and b.rule.code in self._listed)]

    def _misspelt(self, text: str, cues: list[Hit]) -> list[Named]:
        """Listed names with a slip of the finger, near a word of comparison; short names are left alone."""
        if not cues:
            return []
        found = [_alike(word[0], word.start(), self._latin, _ALIKE_LATIN) for word in _LATIN_WORD.finditer(text)] if self._latin else []
        starts = _near(cues) if self._chinese else []
        for length in sorted({len(name) for name, _ in self._chinese}):
            found += [_alike(text[at : at + length], at, self._chinese, _ALIKE_CHINESE) for at in starts]
        return [named for named in found if named is not None][:1]


def _cues(hits: Sequence[Hit], brands: Sequence[Hit]) -> list[Hit]:
    """Words of comparison for any competitor; those inside a name are part of the name."""
    return [hit for hit in hits if hit.rule.group is Group.CUE and not hit.rule.code and not overlapping(hit, brands)]


def _near(cues: list[Hit]) -> list[int]:
    """Every place close enough to a word of comparison for a name to begin there, in order."""
    return sorted({start for cue in cues for start in range(max(0, cue.start - _NEAR), cue.end + _NEAR)})


def _alike(word: str, start: int, names: list[tuple[str, str]], least: float) -> Named | None:
    best = max(((ratio(word, name), listed) for name, listed in names if name[0] == word[:1]), default=(0.0, ""))
    return (best[1], start, start + len(word)) if best[0] >= least else None


def _longest(hits: list[Hit]) -> list[Hit]:
    """Of overlapping names the longest."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start)):
        if not overlapping(hit, kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)


def _elsewhere(folded: Folded, hits: Sequence[Hit]) -> Intent | None:
    """Somebody else is better or cheaper, without a name: 别家便宜三成."""
    cues = {code: [hit for hit in hits if hit.rule.group is Group.CUE and hit.rule.code == code] for code in (ELSEWHERE, "elsewhere_cue")}
    if not all(cues.values()):
        return None
    return Intent(IntentKind.COMPETITOR, _ELSEWHERE, folded.spans([(hit.start, hit.end) for hit in cues[ELSEWHERE]]))
