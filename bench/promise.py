"""`liuke bench promise [--json]`: is a promised precision kept at origins that nobody had seen? Ours beside what is usually done.

    python -m bench.promise [online_retail_ii cdnow telco_ibm]

One JSON line per table, policy and target. `alone`: each origin is a list of its own; `running`: one alert per customer and horizon.
`kept`: realised precision no more than three points under the target, among the origins where something was promised; `refused` ones are
counted beside. Floors in the same run: `naive`, the threshold that had the target on the newest origin with known outcomes; `constant`,
calibrated probabilities at the base rate of all known origins. Origins are 15 days apart and overlap: they are not independent.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
from bench.promise_data import SHOPS, Fold, flat_folds, shop_predictions
from bench.tasks import DATA

from liuke.base.times import DAY_US
from liuke.learn.domain.promise import Asked, Decision, Predictions, decide, known_at, offset_to, sigmoid
from liuke.learn.domain.promise_walk import past_of, walk
from liuke.stats.bootstrap import cluster_bootstrap
from liuke.stats.proportion import wilson

TARGETS = (0.80, 0.85, 0.90)
FLAT = ("telco_ibm",)
REPEATS = 5
HORIZON = 90
Chosen = list[np.ndarray]
"""Per origin the row numbers that were alerted."""


def naive(past: Predictions, _pool: np.ndarray, asked: Asked) -> float | None:
    """The lowest threshold that reached the target on the newest known origin, with twenty alerts at least."""
    newest = past.take(past.origin_us == max(past.origins))
    return _reaching(newest.logit, newest.lost.astype(np.float64), asked.target, 20)


def constant(past: Predictions, pool: np.ndarray, asked: Asked) -> float | None:
    """Calibrated on all known origins alike: the longest list of the pool whose mean probability reaches the target."""
    known = known_at(past, 2**62, 0)
    slope = known.slope if known else 1.0
    chances = sigmoid(slope * pool + offset_to(slope * past.logit, float(past.lost.mean())))
    return _reaching(pool, chances, asked.target, 1)


def _reaching(logit: np.ndarray, worth: np.ndarray, target: float, least: int) -> float | None:
    order = np.argsort(-logit, kind="stable")
    mean = np.cumsum(worth[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero((mean >= target) & (np.arange(1, len(order) + 1) >= least))
    return float(logit[order][good[-1]]) if len(good) else None


FLOORS: dict[str, Callable[[Predictions, np.ndarray, Asked], float | None]] = {"naive": naive, "constant": constant}


def _judged(rows: Predictions, chosen: Chosen, origins: list[np.ndarray], asked: Asked) -> dict[str, object]:
    alerts = np.concatenate(chosen) if chosen else np.empty(0, dtype=np.int64)
    hits, sizes = int(rows.lost[alerts].sum()), [len(one) for one in chosen]
    made = [one for one in chosen if len(one)]
    realised = [float(rows.lost[one].mean()) for one in made]
    kept = sum(value >= asked.target - asked.tolerance - 1e-12 for value in realised)
    recall = [float(rows.lost[one].sum() / max(rows.lost[here].sum(), 1)) for one, here in zip(chosen, origins, strict=True)]
    base = float(rows.lost[np.concatenate(origins)].mean())
    interval = (None, None)
    if len(alerts) > 1:
        interval = cluster_bootstrap(
            rows.customer[alerts], lambda drawn: float(rows.lost[alerts[drawn]].mean()), times=300, seed=7
        )  # fmt: skip
    return {
        "origins": len(chosen), "promised": len(made), "kept": kept, "refused": len(chosen) - len(made),
        "kept_share": _short(kept / len(made)) if made else None, "kept_or_refused": _short((kept + len(chosen) - len(made)) / len(chosen)),
        "alerts": sum(sizes), "precision": _short(hits / len(alerts)) if len(alerts) else None,
        "customers_95": [_short(one) for one in interval], "wilson_95": [_short(one) for one in wilson(hits, len(alerts))],
        "worst_origin": _short(min(realised)) if realised else None, "base_rate": _short(base), "recall": _short(float(np.mean(recall))),
    }  # fmt: skip


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def shop_lines(name: str) -> Iterator[dict[str, object]]:
    """Ours alone and running, and the floors alone, at the same origins."""
    rows = shop_predictions(name)
    past = past_of(rows, HORIZON)
    for target in TARGETS:
        asked = Asked(target, HORIZON)
        for mode in ("alone", "running"):
            lived = walk(past, asked, repeat=mode == "alone")
            origins = [np.flatnonzero(lived.rows.origin_us == one.origin_us) for one in lived.judged]
            chosen = [here[lived.alert[here]] for here in origins]
            yield {"policy": "liuke", "mode": mode, "target": target, **_judged(lived.rows, chosen, origins, asked)}
        for floor, threshold in FLOORS.items():
            chosen = []
            for here in origins:
                at = int(lived.rows.origin_us[here[0]])
                limit = threshold(rows.take(rows.origin_us <= at - HORIZON * DAY_US), lived.rows.logit[here], asked)
                chosen.append(here[:0] if limit is None else here[lived.rows.logit[here] >= limit])
            yield {"policy": floor, "mode": "alone", "target": target, **_judged(lived.rows, chosen, origins, asked)}


def flat_lines(name: str) -> Iterator[dict[str, object]]:
    """Each judged fold stands for an origin; the same row is judged once per repeat."""
    folds = flat_folds(name, REPEATS)
    rows = _together(folds)
    ends = np.cumsum([len(fold.lost) for fold in folds])
    origins = [np.arange(end - len(fold.lost), end) for fold, end in zip(folds, ends, strict=True)]
    for target in TARGETS:
        asked = Asked(target, HORIZON)
        policies: dict[str, Callable[[Fold], float | None]] = {
            "liuke": lambda fold, asked=asked: _ours(fold, asked).threshold,
            "naive": lambda fold, asked=asked: _reaching(fold.past.logit, fold.past.lost.astype(np.float64), asked.target, 20),
            "constant": lambda fold, asked=asked: constant(fold.past, fold.logit, asked),
        }
        for policy, threshold in policies.items():
            limits = [threshold(fold) for fold in folds]
            chosen = [here[:0] if limit is None else here[rows.logit[here] >= limit] for here, limit in zip(origins, limits, strict=True)]
            yield {"policy": policy, "mode": "fold", "target": target, **_judged(rows, chosen, origins, asked)}


def _ours(fold: Fold, asked: Asked) -> Decision:
    return decide(fold.past, fold.logit, 400 * DAY_US, asked)


def _together(folds: list[Fold]) -> Predictions:
    one = folds[0].past.take(np.zeros(0, dtype=np.int64))
    size = sum(len(fold.lost) for fold in folds)
    return replace(
        one, customer=np.concatenate([fold.customer for fold in folds]), logit=np.concatenate([fold.logit for fold in folds]),
        lost=np.concatenate([fold.lost for fold in folds]), origin_us=np.zeros(size, dtype=np.int64),
    )  # fmt: skip


def main() -> int:
    """The tables asked for, or all."""
    if not DATA.is_dir():
        sys.exit(f"This bench needs the data sets at {DATA}; they are not part of the repository. Nothing was measured.")
    asked = [name for name in sys.argv[1:] if not name.startswith("-")] or [*SHOPS, *FLAT]
    for name in asked:
        lines = flat_lines(name) if name in FLAT else shop_lines(name)
        for line in lines:
            print(json.dumps({"bench": "promise", "data": name, **line}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
