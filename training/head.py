"""The head of the emotion model: what patterns add to the n-gram logit, and the map to 0–100. Fitted on our own calibration messages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.model_selection import KFold

from liuke.text.finding import Finder, Group, Rule
from liuke.text.folding import fold
from liuke.text.rules import shipped_rules

Floats = NDArray[np.float64]
BASE_RATE = 0.25
"""Share of negative messages in service channels that the calibration stands for."""
MOST_FALSE = 0.03
"""Of neutral messages above 65, among our own as among the turns of real dialogues, whichever asks for more. The promise is 0.05; the
rest is room for other people's text."""
_RIDGE, _FOLDS = 4.0, 10
_FADE, _NEARLY, _UPPER = 1.5, 0.995, 0.75
_BELOW, _ABOVE = (7.0, 5.0, 4.0, 3.0, 2.0, 1.5, 1.0, 0.5), (0.5, 1.0, 2.0, 3.0, 5.0)


@dataclass(frozen=True, slots=True)
class Head:
    """logit = bias + slope × n-gram logit + Σ pushes of the patterns met."""

    bias: float
    slope: float
    pushes: dict[str, float]

    def logit(self, grams: Floats, met: Sequence[frozenset[str]]) -> Floats:
        """Log-odds per message."""
        extra = np.array([sum(self.pushes[code] for code in sorted(one)) for one in met])
        return self.bias + self.slope * grams + extra


def patterns() -> tuple[Rule, ...]:
    """The rules whose pushes are fitted, one code each, with the push that experience suggests."""
    return tuple(rule for rule in shipped_rules() if rule.group is Group.EMOTION)


def met_by(texts: Sequence[str]) -> list[frozenset[str]]:
    """The codes of the patterns that each text meets."""
    finder = Finder(patterns())
    return [frozenset(hit.rule.code for hit in finder.find(fold(text).text)) for text in texts]


def fit_head(grams: Floats, met: Sequence[frozenset[str]], negative: NDArray[np.bool_]) -> Head:
    """Weighted logistic regression, pulled towards the suggested pushes and held to their sign."""
    prior = {rule.code: rule.score for rule in patterns()}
    codes = sorted(prior)
    design = np.column_stack([np.ones(len(grams)), grams, *(np.array([code in one for one in met], float) for code in codes)])
    start = np.array([0.0, 1.0, *(prior[code] for code in codes)])
    weight = weights_of(negative)

    def loss(theta: Floats) -> tuple[float, Floats]:
        logit = design @ theta
        chance = 1 / (1 + np.exp(-logit))
        away = np.array([0.0, 0.0, *(theta[2:] - start[2:])])
        value = float(weight @ (np.logaddexp(0, logit) - negative * logit)) + _RIDGE / 2 * float(away @ away)
        return value, design.T @ (weight * (chance - negative)) + _RIDGE * away

    signs = [(0, None) if prior[code] > 0 else (None, 0) for code in codes]
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(None, None), (0.1, None), *signs])
    rounded = [round(float(value), 4) for value in found.x]
    return Head(rounded[0], rounded[1], dict(zip(codes, rounded[2:], strict=True)))


def weights_of(negative: NDArray[np.bool_]) -> Floats:
    """Per message, so that the calibration messages have the base rate of service channels; they sum to their number."""
    share = float(negative.mean())
    return np.where(negative, BASE_RATE / share, (1 - BASE_RATE) / (1 - share))


def crossed(grams: Floats, met: Sequence[frozenset[str]], negative: NDArray[np.bool_]) -> Floats:
    """Logit of each message by a head that has not seen it."""
    out = np.empty(len(grams))
    for train, test in KFold(_FOLDS, shuffle=True, random_state=0).split(grams):
        head = fit_head(grams[train], [met[place] for place in train], negative[train])
        out[test] = head.logit(grams[test], [met[place] for place in test])
    return out


def curve(logit: Floats, negative: NDArray[np.bool_], real: NDArray[np.bool_]) -> list[list[float]]:
    """Points (logit, 0–100): 50 at the best F1, 65 where few neutral messages are left, elsewhere as near the chance as they allow.

    The head's logit is the log-odds at the base rate; towards the anchors its chance is shifted to meet them.
    """
    likely = _best_f1(logit, negative, weights_of(negative))
    calm = [part for part in (logit[~negative & real], logit[~negative & ~real]) if len(part)]
    sure = max(likely + 0.4, *(float(np.quantile(part, 1 - MOST_FALSE)) for part in calm))
    shifts = {away: likely * max(0.0, 1 - away / _FADE) for away in _BELOW}
    low = [(likely - away, min(49.0, 100 * _chance(likely - away - shifts[away]))) for away in _BELOW]
    high = [(sure + away, max(65 + 4 * away, 100 * _chance(sure + away))) for away in _ABOVE]
    points = [(likely - 12.0, 0.0), *low, (likely, 50.0), (sure, 65.0), *high, (sure + 12.0, 100.0)]
    return _rising(points)


def _chance(logit: float) -> float:
    return float(1 / (1 + np.exp(-logit)))


def _rising(points: Sequence[tuple[float, float]]) -> list[list[float]]:
    """Rounded, and never falling."""
    heights = np.maximum.accumulate([min(100.0, max(0.0, y)) for _, y in points])
    return [[round(x, 4), round(float(y), 2)] for (x, _), y in zip(points, heights, strict=True)]


def _best_f1(logit: Floats, negative: NDArray[np.bool_], weight: Floats) -> float:
    """The upper quarter of the logits whose F1 is as good as the best: the very best one is an accident."""
    order = np.argsort(-logit, kind="stable")
    hits = np.cumsum((weight * negative)[order])
    f1 = 2 * hits / (np.cumsum(weight[order]) + float((weight * negative).sum()))
    good = np.flatnonzero(f1 >= _NEARLY * f1.max())
    return float(np.quantile(logit[order[good]], _UPPER))
