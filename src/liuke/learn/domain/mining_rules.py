"""Readable candidate rules (BEY-12): conjunctions of at most three conditions, found in earlier origins, proved on later ones.

A beam search over single cuts of the columns: each step keeps the conjunctions that raise the loss rate most for the customers that they
name. What it finds is then counted once per customer on origins whose outcomes begin after the last one that it was found on; with many
candidates some look good by chance, so that only those stay whose Benjamini–Hochberg adjusted p-value is small (Benjamini & Hochberg,
JRSS B 57, 1995).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from liuke.base.later import Later
from liuke.stats.proportion import wilson

statistics = Later("scipy.stats")

Flags = NDArray[np.bool_]
Numbers = NDArray[np.float64]
CUTS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
MOST_CONDITIONS, BEAM, MOST_TESTED = 3, 40, 60
LEAST_ROWS, LEAST_PROOF, LEAST_SHARE, LEAST_GAIN, SAME, FALSE_SHARE = 30, 12, 0.01, 0.02, 0.7, 0.05


@dataclass(frozen=True, slots=True)
class Cut:
    """`column op value`; `op` is `ge` or `le`, as rules write it, or `is_true` for a flag (then `value` is 1)."""

    column: str
    op: str
    value: float


@dataclass(frozen=True, slots=True)
class Rows:
    """Customers at origins: columns (NaN where unknown), whether they were lost, and which are flags (0/1)."""

    columns: Mapping[str, Numbers]
    lost: Flags
    customers: NDArray[np.int64]
    origin: NDArray[np.int64]
    flags: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return len(self.lost)


@dataclass(frozen=True, slots=True)
class MinedRule:
    """A candidate and its proof: of `n` customers that it named on later origins `hits` were lost (`low`–`high`: Wilson's 95%),

    against `base` of as many drawn at the same origins. `adjusted`: the p-value after all candidates tested; `found_rate`: the
    loss rate where it was found, which flatters.
    """

    cuts: tuple[Cut, ...]
    n: int
    hits: int
    rate: float
    low: float
    high: float
    base: float
    lift: float
    adjusted: float
    found_rate: float
    found_n: int


@dataclass(frozen=True, slots=True)
class MinedRules:
    """The candidates that stood, best first; `tested`: how many were put to the proof."""

    rules: tuple[MinedRule, ...]
    tested: int
    found_rows: int
    proof_rows: int


@dataclass(frozen=True, slots=True)
class _Candidate:
    cuts: tuple[Cut, ...]
    flags: Flags
    worth: float


def mine_rules(found: Rows, proof: Rows, *, most: int = 20) -> MinedRules:
    """Searches `found`, proves on `proof`. Both must have losses; the origins of `proof` begin a whole horizon after those of `found`."""
    candidates = _searched(found)[:MOST_TESTED]
    proved = [(candidate, holds(candidate.cuts, proof)) for candidate in candidates]
    tested = [(candidate, flags, _counted(flags, proof)) for candidate, flags in proved]
    tested = [each for each in tested if each[2][0] >= LEAST_PROOF]
    adjusted = _adjusted([_chance(n, hits, base) for _, _, (n, hits, base) in tested])
    made = [(_mined(candidate, counts, value, found), flags) for (candidate, flags, counts), value in zip(tested, adjusted, strict=True)]
    stood = [(rule, flags) for rule, flags in made if rule.adjusted <= FALSE_SHARE and rule.low > rule.base]
    return MinedRules(tuple(_unlike(stood, most)), len(tested), len(found), len(proof))


def holds(cuts: Sequence[Cut], rows: Rows) -> Flags:
    """Where all cuts hold; an unknown value never does, as in rules."""
    every = np.ones(len(rows), np.bool_)
    for cut in cuts:
        values = rows.columns[cut.column]
        every &= values <= cut.value if cut.op == "le" else values >= cut.value
    return every


def _singles(rows: Rows) -> Iterator[Cut]:
    for name, values in rows.columns.items():
        known = values[~np.isnan(values)]
        if len(known) < LEAST_ROWS or known.min() == known.max():
            continue
        if name in rows.flags:
            yield Cut(name, "is_true", 1.0)
            continue
        for value in sorted({rounded(float(cut)) for cut in np.quantile(known, CUTS)}):
            yield Cut(name, "ge", value)
            yield Cut(name, "le", value)


def rounded(value: float) -> float:
    """Two significant digits: a person reads 120, not 118.37."""
    return float(f"{value:.2g}") if np.isfinite(value) else 0.0


def _searched(rows: Rows) -> list[_Candidate]:
    """All conjunctions that the beam kept, best first. A longer one must beat what it is made of."""
    base = float(rows.lost.mean())
    singles = [made for cut in _singles(rows) if (made := _candidate((cut,), rows, base, None)) is not None]
    kept = list(singles)
    beam = _best(singles)
    for _ in range(MOST_CONDITIONS - 1):
        longer = [made for parent in beam for single in _best(singles) if (made := _joined(parent, single, rows, base)) is not None]
        beam = _best(_distinct(longer))
        kept += beam
    return sorted(_distinct(kept), key=lambda made: -made.worth)


def _joined(parent: _Candidate, single: _Candidate, rows: Rows, base: float) -> _Candidate | None:
    cut = single.cuts[0]
    if any(other.column == cut.column for other in parent.cuts):
        return None
    made = _candidate((*parent.cuts, cut), rows, base, parent.flags & single.flags)
    rate, before = (float(rows.lost[flags].mean()) for flags in (parent.flags & single.flags, parent.flags)) if made else (0.0, 1.0)
    return made if rate >= before + LEAST_GAIN else None


def _candidate(cuts: tuple[Cut, ...], rows: Rows, base: float, flags: Flags | None) -> _Candidate | None:
    """None where it names too few, or not more losses than chance. Its worth: gain over the base times the root of how many it names."""
    flags = holds(cuts, rows) if flags is None else flags
    n = int(flags.sum())
    if n < max(LEAST_ROWS, LEAST_SHARE * len(rows)) or n > 0.5 * len(rows):
        return None
    gain = float(rows.lost[flags].mean()) - base
    return _Candidate(tuple(sorted(cuts, key=lambda cut: cut.column)), flags, gain * n**0.5) if gain > LEAST_GAIN else None


def _best(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    return sorted(candidates, key=lambda made: -made.worth)[:BEAM]


def _distinct(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    return list({made.cuts: made for made in candidates}.values())


def _counted(flags: Flags, rows: Rows) -> tuple[int, int, float]:
    """Customers named (each once, at the first origin that names them), how many of them were lost, and the base rate there."""
    at = np.flatnonzero(flags)
    order = at[np.lexsort((rows.origin[at], rows.customers[at]))]
    first = order[np.unique(rows.customers[order], return_index=True)[1]] if len(order) else order
    rates = {origin: float(rows.lost[rows.origin == origin].mean()) for origin in np.unique(rows.origin)}
    base = float(np.mean([rates[origin] for origin in rows.origin[first]])) if len(first) else 0.0
    return len(first), int(rows.lost[first].sum()), base


def _chance(n: int, hits: int, base: float) -> float:
    """How likely so many hits are by chance (one-sided binomial)."""
    return float(statistics.binom.sf(hits - 1, n, base)) if hits else 1.0


def _adjusted(values: Sequence[float]) -> list[float]:
    """Benjamini–Hochberg."""
    order = np.argsort(values)
    ranked = np.asarray(values)[order] * len(values) / np.arange(1, len(values) + 1)
    smallest = np.minimum.accumulate(ranked[::-1])[::-1]
    out = np.empty(len(values))
    out[order] = np.minimum(smallest, 1.0)
    return out.tolist()


def _mined(candidate: _Candidate, counts: tuple[int, int, float], adjusted: float, found: Rows) -> MinedRule:
    n, hits, base = counts
    low, high = wilson(hits, n)
    rate, where = hits / n, candidate.flags
    lift = rate / base if base else 0.0
    return MinedRule(candidate.cuts, n, hits, rate, low, high, base, lift, adjusted, float(found.lost[where].mean()), int(where.sum()))


def _unlike(rules: Sequence[tuple[MinedRule, Flags]], most: int) -> Iterator[MinedRule]:
    """The best by the lower bound of their gain; one that names mostly the same customers as a better one is left out."""
    taken: list[Flags] = []
    for rule, flags in sorted(rules, key=lambda each: -(each[0].low - each[0].base) * each[0].n ** 0.5):
        if all((flags & other).sum() < SAME * (flags | other).sum() for other in taken):
            taken.append(flags)
            yield rule
            if len(taken) == most:
                return


def document_of(cuts: Sequence[Cut]) -> dict[str, object]:
    """The rule's document in the rule language."""
    parts: list[dict[str, object]] = [
        {"column": cut.column, "op": cut.op} if cut.op == "is_true" else {"column": cut.column, "op": cut.op, "value": cut.value}
        for cut in cuts
    ]
    return {"when": {"all": parts}, "exclude": None}
