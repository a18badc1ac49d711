"""The member of extremely randomised trees: splits drawn by chance, averaged. It errs otherwise than boosting, which is its worth."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from liuke.base.later import Later
from liuke.score.model.encode import Encoded
from liuke.score.model.table import Numbers
from liuke.score.model.trees import Trees

if TYPE_CHECKING:
    from sklearn.ensemble import ExtraTreesClassifier
    from sklearn.tree import DecisionTreeClassifier
    from xgboost import Booster

ensemble = Later("sklearn.ensemble")
xgboost = Later("xgboost")

TREES = 50
PURE_ROWS = 6000
"""Up to so many rows the leaves are single rows: it is what finds customers that resemble one another in everything."""
ROWS_PER_LEAF_ROW = 400
"""Beyond, one more row per leaf for so many rows: it bounds size and time."""
EDGE = 1e-3
"""A share of hits is read as no nearer to 0 or 1 than this."""


def grown(rows: Encoded, y: NDArray[Any], weight: Numbers | None, *, seed: int, threads: int) -> ExtraTreesClassifier:
    """The trees as scikit-learn grows them."""
    leaf = 1 + max(0, len(y) - PURE_ROWS) // ROWS_PER_LEAF_ROW
    forest = ensemble.ExtraTreesClassifier(TREES, max_features=0.5, min_samples_leaf=leaf, n_jobs=threads, random_state=seed)
    return forest.fit(rows.trees, y.astype(np.int64), sample_weight=weight)


def held_out(forest: ExtraTreesClassifier, rows: Encoded) -> Numbers:
    """(rows,) log-odds straight from scikit-learn: what `Randomised` gives, without the work of bringing it into xgboost's format."""
    return _log_odds(forest.predict_proba(rows.trees)[:, 1])


class Randomised(Trees):
    """Geurts, Ernst, Wehenkel, Machine Learning 63 (2006). The booster gives the mean share of hits; its log-odds are what counts.

    The trees are kept in xgboost's format, which scores quickly and is no code.
    """

    @classmethod
    def of(cls, forest: ExtraTreesClassifier) -> Randomised:
        """The same trees."""
        return cls(_booster(forest, forest.n_features_in_))

    def logit(self, rows: Encoded) -> Numbers:
        """(rows,) log-odds of the mean share."""
        return _log_odds(self.share(rows))

    def share(self, rows: Encoded) -> Numbers:
        """(rows,) mean share of hits in the leaves."""
        return super().logit(rows)

    @property
    def base(self) -> float:
        """The log-odds that parts are added to."""
        return float(_log_odds(np.array([super().base]))[0])

    def parts(self, rows: Encoded) -> Numbers:
        """(rows, columns): the parts of the share, stretched per row so that they add up in log-odds; signs and order stay."""
        start = float(super().base)
        parts = super().parts(rows)
        moved = parts.sum(axis=1)
        clipped = np.clip(start + moved, EDGE, 1 - EDGE)
        flat = np.abs(moved) < 1e-9
        stretch = np.where(flat, 1 / (clipped * (1 - clipped)), (_log_odds(clipped) - self.base) / np.where(flat, 1.0, moved))
        return parts * stretch[:, None]


def _log_odds(share: Numbers) -> Numbers:
    inside = np.clip(share, EDGE, 1 - EDGE)
    return np.asarray(np.log(inside / (1 - inside)))


def _booster(forest: ExtraTreesClassifier, features: int) -> Booster:
    """The same trees in xgboost's JSON: a leaf holds its share of hits divided by the number of trees."""
    frame = {"objective": "reg:squarederror", "base_score": 0.0, "nthread": 1, "max_depth": 1}
    empty = xgboost.train(frame, xgboost.DMatrix(np.zeros((2, features), dtype=np.float32), np.array([0.0, 1.0])), 1)
    whole = json.loads(bytes(empty.save_raw("json")))
    model = whole["learner"]["gradient_booster"]["model"]
    size = len(forest.estimators_)
    model["trees"] = [_tree(model["trees"][0], found, number, size, features) for number, found in enumerate(forest.estimators_)]
    model["tree_info"] = [0] * size
    model["iteration_indptr"] = list(range(size + 1))
    model["gbtree_model_param"]["num_trees"] = str(size)
    booster: Booster = xgboost.Booster()
    booster.load_model(bytearray(json.dumps(whole).encode()))
    return booster


def _tree(blank: dict[str, object], found: DecisionTreeClassifier, number: int, size: int, features: int) -> dict[str, object]:
    tree = found.tree_
    order = _by_levels(tree.children_left, tree.children_right)
    place = np.empty(len(order) + 1, dtype=np.int64)
    place[order] = np.arange(len(order))
    place[-1] = -1
    inner = tree.children_left[order] >= 0
    left, right = place[tree.children_left[order]], place[tree.children_right[order]]
    parents = np.full(len(order), 2**31 - 1, dtype=np.int64)
    parents[left[inner]] = parents[right[inner]] = np.flatnonzero(inner)
    share = (tree.value[:, 0, -1] / tree.value[:, 0, :].sum(axis=1) / size)[order]
    nothing = [0.0] * len(order)
    return {
        **blank,
        "id": number,
        "base_weights": nothing,
        "default_left": (tree.missing_go_to_left[order] * inner).astype(int).tolist(),
        "left_children": left.tolist(),
        "right_children": right.tolist(),
        "parents": parents.tolist(),
        "loss_changes": nothing,
        "split_conditions": np.where(inner, _above(tree.threshold[order]), share).astype(np.float32).tolist(),
        "split_indices": np.where(inner, tree.feature[order], 0).tolist(),
        "split_type": [0] * len(order),
        "sum_hessian": tree.weighted_n_node_samples[order].tolist(),
        "tree_param": {"num_deleted": "0", "num_feature": str(features), "num_nodes": str(len(order)), "size_leaf_vector": "1"},
    }


def _by_levels(left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int64]:
    """Nodes level by level: xgboost takes a right child to come next after its left sibling."""
    levels, level = [], np.array([0])
    while len(level):
        levels.append(level)
        inner = level[left[level] >= 0]
        level = np.column_stack([left[inner], right[inner]]).ravel()
    return np.concatenate(levels)


def _above(threshold: Numbers) -> NDArray[np.float32]:
    """The least float32 above: "at most t" of scikit-learn is "below this" of xgboost."""
    near = threshold.astype(np.float32)
    below = np.where(near > threshold, np.nextafter(near, np.float32(-np.inf)), near)
    return np.nextafter(below, np.float32(np.inf))
