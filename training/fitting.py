"""Fits weights over grams: count, scale, logistic regression, keep the weightiest, fit again, round to eight bits."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from liuke.text.folding import fold
from liuke.text.units import grams_of

Floats = NDArray[np.float64]
FEWEST = 4
"""Texts that a gram must be in."""
_SMOOTHING, _FLOOR = 2.0, 0.3
_FULL = 127


@dataclass(frozen=True, slots=True)
class Counted:
    """Texts as rows of gram presence, each row divided by the root of its number of grams."""

    grams: list[str]
    rows: sparse.csr_matrix

    def only(self, kept: NDArray[np.int64]) -> Counted:
        """The same texts over fewer grams; lengths are taken anew, as the reader does with known grams."""
        return Counted([self.grams[place] for place in kept], _levelled((self.rows[:, kept] > 0).astype(np.float64)))


@dataclass(frozen=True, slots=True)
class Rounded:
    """A plane of whole weights: logit = bias + scale × Σ plane / √grams."""

    plane: NDArray[np.int8]
    scale: float
    bias: float


def counted(texts: Sequence[str], grams: Sequence[str] | None = None, fewest: int = FEWEST) -> Counted:
    """Gram presence of texts; without given grams those that are in at least `fewest` texts, sorted."""
    sets = [grams_of(fold(text).text) for text in texts]
    if grams is None:
        frequency = Counter(gram for one in sets for gram in one)
        grams = sorted(gram for gram, count in frequency.items() if count >= fewest)
    places = {gram: place for place, gram in enumerate(grams)}
    ends, columns = [0], array("i")
    for one in sets:
        columns.extend(sorted(places[gram] for gram in one if gram in places))
        ends.append(len(columns))
    shape = (len(texts), len(places))
    rows = sparse.csr_matrix((np.ones(len(columns)), np.array(columns, dtype=np.int32), np.array(ends)), shape=shape)
    return Counted(list(grams), _levelled(rows))


def _levelled(rows: sparse.csr_matrix) -> sparse.csr_matrix:
    lengths = np.maximum(np.asarray(rows.sum(axis=1)).ravel(), 1)
    return sparse.csr_matrix(sparse.diags_array(1 / np.sqrt(lengths)) @ rows)


def scales(rows: sparse.csr_matrix, negative: NDArray[np.bool_]) -> Floats:
    """How far each gram may speak: |log-count ratio| (Wang & Manning 2012, naive-Bayes features) × inverse text frequency."""
    present = (rows > 0).astype(np.float64)
    up = np.asarray(present[negative].sum(axis=0)).ravel() + _SMOOTHING
    down = np.asarray(present[~negative].sum(axis=0)).ravel() + _SMOOTHING
    ratio = np.abs(np.log(up / up.sum()) - np.log(down / down.sum()))
    rarity = np.log(rows.shape[0] / (up + down))
    return np.asarray((ratio + _FLOOR) * rarity / rarity.mean())


def fitted(rows: sparse.csr_matrix, negative: NDArray[np.bool_], weight: Floats, strength: float) -> tuple[Floats, float]:
    """Weights over grams and the bias, by L2 logistic regression on scaled presence; deterministic."""
    scale = scales(rows, negative)
    model = LogisticRegression(C=strength, solver="liblinear", dual=True, random_state=0, max_iter=80, tol=0.02)
    model.fit(sparse.csr_matrix(rows @ sparse.diags_array(scale)), negative, sample_weight=weight)
    return model.coef_.ravel() * scale, float(model.intercept_[0])


def weightiest(rows: sparse.csr_matrix, weights: Floats, most: int) -> NDArray[np.int64]:
    """The grams that move most texts furthest, in order of the alphabet."""
    frequency = np.asarray((rows > 0).sum(axis=0)).ravel()
    worth = np.abs(weights) * np.sqrt(frequency)
    return np.sort(np.argsort(-worth, kind="stable")[:most])


def rounded(weights: Floats, bias: float) -> Rounded:
    """Eight bits; the few largest are cut at the 99.95th percentile so that the small ones keep their steps."""
    top = float(np.quantile(np.abs(weights), 0.9995)) or 1.0
    scale = round(top / _FULL, 8)
    return Rounded(np.clip(np.round(weights / scale), -_FULL, _FULL).astype(np.int8), scale, round(bias, 6))
