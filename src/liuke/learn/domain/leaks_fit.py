"""Random split against time split, both judged on the same rows of the newest moment."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from liuke.learn.domain.promise import Flags, Ids, Numbers
from liuke.score.model.encode import Encoded, Encoder
from liuke.score.model.table import Table
from liuke.score.model.trees import Growth, Trees
from liuke.stats.bootstrap import cluster_bootstrap
from liuke.stats.ranking import auc

SMALL = Growth(rounds=80, depth=3, rate=0.1, fewest=5.0)
MOST = 20_000
"""Rows that a small model learns from."""
FEWEST = 50
"""Rows of either outcome among those judged."""


@dataclass(frozen=True, slots=True)
class Gap:
    """`mixed`: AUC of a model that also learned from other customers at the judged moment; `timed`: of one that learned from older
    moments only. `low`: the lower end of the 95% interval of the difference, by drawing customers; `n` rows were judged."""

    mixed: float
    timed: float
    low: float
    n: int

    @property
    def difference(self) -> float:
        """What the random split flatters by."""
        return self.mixed - self.timed


def split_gap(table: Table, lost: Flags, customers: Ids, origin: Ids, *, seed: int = 7) -> Gap | None:
    """Half of the customers learn, the others are judged, at the newest moment. None where there is too little of either outcome.

    Splitting by customer keeps the copies of a customer's earlier rows out of the comparison: what remains is what only the moment
    itself can know. A season's change counts too, which is why the finding warns and does not block.
    """
    newest = int(origin.max(initial=0))
    if newest == int(origin.min(initial=0)):
        return None
    known, number = np.unique(customers, return_inverse=True)
    learns = (np.random.default_rng(seed).permutation(len(known)) % 2 == 0)[number]
    judged = np.flatnonzero(~learns & (origin == newest))
    older, same = np.flatnonzero(learns & (origin < newest)), np.flatnonzero(learns & (origin == newest))
    if min(_fewer(lost[judged]), _fewer(lost[older]), _fewer(lost[same])) < FEWEST:
        return None
    size = min(len(older), MOST)
    random = np.random.default_rng(seed)
    timed = _logit(table, lost, random.choice(older, size, replace=False), judged, seed)
    rest = random.choice(older, max(size - len(same), 0), replace=False)
    mixed = _logit(table, lost, np.concatenate([same, rest])[:MOST], judged, seed)

    def difference(rows: NDArray[np.int64]) -> float:
        return auc(mixed[rows], lost[judged[rows]]) - auc(timed[rows], lost[judged[rows]])

    low, _ = cluster_bootstrap(customers[judged], difference, times=100, seed=seed)
    return Gap(auc(mixed, lost[judged]), auc(timed, lost[judged]), low, len(judged))


def _fewer(lost: Flags) -> int:
    return min(int(lost.sum()), int((~lost).sum()))


def _logit(table: Table, lost: Flags, learn: Ids, judge: Ids, seed: int) -> Numbers:
    here, y = table.take(learn), lost[learn].astype(np.float64)
    encoder = Encoder.learn(here, y)
    trees = Trees.fit(Encoded(encoder, here), y, None, SMALL, seed=seed, threads=1)
    return trees.logit(Encoded(encoder, table.take(judge)))
