"""Plain ways to do the same, to be compared with on the same rows: logistic regression, one decision tree, a random forest (ML-01)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from liuke.base.later import Later
from liuke.score.model.table import Numbers, Table

if TYPE_CHECKING:
    from sklearn.base import ClassifierMixin

ensemble = Later("sklearn.ensemble")
impute = Later("sklearn.impute")
linear_model = Later("sklearn.linear_model")
pipeline = Later("sklearn.pipeline")
preprocessing = Later("sklearn.preprocessing")
tree = Later("sklearn.tree")

FARTHEST = 1e-4
"""Probabilities are kept so far from 0 and 1: a pure leaf knows less than it says."""
RIVALS = ("logistic", "tree", "forest")


def rivals_logits(table: Table, y: Numbers, judged: Table, seed: int = 7) -> Mapping[str, Numbers]:
    """Log-odds of `judged` by each rival learned from `table`; both outcomes must occur in `y`."""
    x, other = _matrix(table), _matrix(judged)
    return {name: _logit(_rival(name, seed).fit(x, y).predict_proba(other)[:, 1]) for name in RIVALS}


def _rival(name: str, seed: int) -> ClassifierMixin:
    fill = impute.SimpleImputer(strategy="median", keep_empty_features=True)
    if name == "logistic":
        return pipeline.make_pipeline(fill, preprocessing.StandardScaler(), linear_model.LogisticRegression(max_iter=300))
    if name == "tree":
        return pipeline.make_pipeline(fill, tree.DecisionTreeClassifier(max_depth=6, min_samples_leaf=50, random_state=seed))
    forest = ensemble.RandomForestClassifier(100, min_samples_leaf=20, max_samples=0.4, random_state=seed, n_jobs=1)
    return pipeline.make_pipeline(fill, forest)


def _matrix(table: Table) -> Numbers:
    return np.column_stack([table.number(name) for name in table.names])


def _logit(probability: Numbers) -> Numbers:
    p = np.clip(probability, FARTHEST, 1 - FARTHEST)
    return np.asarray(np.log(p / (1 - p)))
