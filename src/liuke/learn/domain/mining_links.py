"""Association rules (ML-03): customers who did A and B, and how many of them were lost. Apriori over what each customer did in a year.

Agrawal & Srikant, VLDB 1994: a combination can only be frequent if every part of it is. Items are columns of bits, so that a
combination is one AND.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from liuke.base.later import Later
from liuke.stats.proportion import wilson

statistics = Later("scipy.stats")

Flags = NDArray[np.bool_]
MOST_ITEMS, LARGEST, LEAST_CUSTOMERS, LEAST_SUPPORT, FALSE_SHARE = 150, 3, 25, 0.005, 0.05


@dataclass(frozen=True, slots=True)
class Baskets:
    """`did[customer, item]`; `items` are codes such as `bought:Teapot`, `returned`, `ticket`. One row per customer at one origin."""

    items: tuple[str, ...]
    did: NDArray[np.bool_]
    lost: Flags


@dataclass(frozen=True, slots=True)
class Link:
    """Of the `n` customers who did all `items` (`support`: their share of all), `lost` were lost: `rate` with Wilson's 95% interval.

    `confidence` is that rate; `lift` compares with the rate of all (`base`). `adjusted`: p-value after all combinations tested.
    """

    items: tuple[str, ...]
    n: int
    lost: int
    support: float
    confidence: float
    low: float
    high: float
    base: float
    lift: float
    adjusted: float


@dataclass(frozen=True, slots=True)
class Links:
    """The links that stood, strongest first; `tested`: combinations counted."""

    links: tuple[Link, ...]
    tested: int
    customers: int


def links_of(baskets: Baskets, *, most: int = 40) -> Links:
    """Combinations of up to three items after which clearly more customers were lost than usual, with those of returns and tickets."""
    size, base = len(baskets.lost), float(baskets.lost.mean()) if len(baskets.lost) else 0.0
    counted = list(_counted(baskets)) if size else []
    chances = [float(statistics.binom.sf(lost - 1, n, base)) if lost else 1.0 for _, n, lost in counted]
    limit = _limit(chances)
    links = [
        _link(tuple(baskets.items[item] for item in combination), n, lost, (size, base), chance * len(counted))
        for (combination, n, lost), chance in zip(counted, chances, strict=True)
        if chance <= limit
    ]
    return Links(tuple(_plainest(sorted(links, key=lambda link: -(link.low - link.base)))[:most]), len(counted), size)


def _counted(baskets: Baskets) -> Iterator[tuple[tuple[int, ...], int, int]]:
    """Every frequent combination with its customers and losses, small ones first."""
    least = max(LEAST_CUSTOMERS, LEAST_SUPPORT * len(baskets.lost))
    sums = baskets.did.sum(axis=0)
    often = [int(item) for item in np.argsort(-sums, kind="stable")[:MOST_ITEMS] if sums[item] >= least]
    known: dict[tuple[int, ...], Flags] = {(item,): baskets.did[:, item] for item in sorted(often)}
    for length in range(1, LARGEST + 1):
        for combination, who in known.items():
            yield combination, int(who.sum()), int((who & baskets.lost).sum())
        known = _longer(known, baskets, least) if length < LARGEST else {}


def _longer(known: dict[tuple[int, ...], Flags], baskets: Baskets, least: float) -> dict[tuple[int, ...], Flags]:
    items = sorted({item for combination in known for item in combination})
    made = {}
    for combination, who in known.items():
        for item in (item for item in items if item > combination[-1]):
            whole = (*combination, item)
            if all(part in known for part in combinations(whole, len(combination))):
                both = who & baskets.did[:, item]
                if both.sum() >= least:
                    made[whole] = both
    return made


def _limit(chances: Sequence[float]) -> float:
    """The largest chance that Benjamini–Hochberg lets stand; below 0 where none does."""
    ordered = np.sort(np.asarray(chances))
    stands = np.flatnonzero(ordered <= FALSE_SHARE * np.arange(1, len(ordered) + 1) / max(len(ordered), 1))
    return float(ordered[stands[-1]]) if len(stands) else -1.0


def _link(items: tuple[str, ...], n: int, lost: int, of: tuple[int, float], adjusted: float) -> Link:
    (size, base), (low, high) = of, wilson(lost, n)
    rate = lost / n
    return Link(items, n, lost, n / size, rate, low, high, base, rate / base if base else 0.0, min(1.0, adjusted))


def _plainest(links: Sequence[Link]) -> list[Link]:
    """Without combinations that say no more than a part of them."""
    rates = {frozenset(link.items): link.confidence for link in links}
    kept = []
    for link in links:
        parts = (frozenset(part) for size in range(1, len(link.items)) for part in combinations(link.items, size))
        if all(link.confidence > rates.get(part, 0.0) + 0.03 for part in parts):
            kept.append(link)
    return kept
