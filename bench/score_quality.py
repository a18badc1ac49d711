"""How well does the retail score rank who stops ordering? Real orders, honest protocol (docs/algorithms/score.md).

Usage: python -m bench.score_quality [learn | report]

`learn`: the weights in log-odds from origins up to 2011-04-10, whose 90-day outcomes end before the first reported origin;
ridge towards the experts' weights. `report`: the shipped retail template on 2011-07-12, 08-11 and 09-10, next to recency.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from bench.retail import ZONE, open_retail, source_of
from numpy.typing import NDArray

from liuke.features.domain.moment import Moment
from liuke.features.service import Source, label_inactive
from liuke.score.domain.templates import template
from liuke.score.service import score_run, strengths
from liuke.signals.service import signal_get
from liuke.stats.bootstrap import cluster_bootstrap
from liuke.stats.logistic import SignedLogistic
from liuke.stats.ranking import auc, precision_at

LONDON = ZoneInfo(ZONE)
REPORTED = [datetime(2011, 7, 12, tzinfo=LONDON), datetime(2011, 8, 11, tzinfo=LONDON), datetime(2011, 9, 10, tzinfo=LONDON)]
LEARNED = [datetime(2011, 4, 10, tzinfo=LONDON) - timedelta(days=30 * back) for back in range(9)]
HORIZON, ACTIVE, ORDERS = 90, 365, ("order.placed",)
EXPERT = {
    "SIG-05": 0.5, "SIG-08": 0.4, "SIG-09": 0.7, "SIG-13": 0.4, "SIG-20": 0.6, "SIG-21": 0.9, "SIG-23": 0.9, "SIG-42": 1.2,
    "recent_order": -0.4, "frequent": -1.6, "growth": -0.4, "season": -0.5,
}  # fmt: skip
SILENCE = ("SIG-08", "SIG-09", "SIG-42")
RIDGE, POINTS_PER_LOGIT, TIMES, SEED = 0.05, 42, 2000, 7
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Snapshot:
    """Eligible customers at an origin, what happened to them, and their numbers."""

    ids: NDArray[np.int64]
    lost: Numbers
    score: Numbers
    silent: Numbers
    is_lost: NDArray[np.bool_]
    strength: dict[str, Numbers]
    levels: dict[str, int]


def snapshot(source: Source, origin: datetime) -> Snapshot:
    """The retail template at `origin`, and the label read from the 90 days after."""
    retail = template("retail")
    settings = {"source": source, "as_of": origin, "zone": ZONE, "config": retail.config, "churn": retail.churn}
    table = score_run(**settings).table
    label = label_inactive(source=source, moment=Moment(origin, ZONE), kinds=ORDERS, horizon=HORIZON, active=ACTIVE)
    ids = table["customer_id"].to_numpy()
    at = np.searchsorted(ids, label["customer_id"].to_numpy())
    last = table["last_order_us"].to_pandas().to_numpy(dtype=float)
    alive = ~table["is_lost"].to_numpy(zero_copy_only=False) & ~np.isnan(last)
    levels = table["level"].to_numpy(zero_copy_only=False)[alive]
    return Snapshot(
        ids=ids[at],
        lost=label["lost"].to_numpy(),
        score=table["score"].to_numpy()[at],
        silent=-last[at],
        is_lost=~alive[at],
        strength={code: values[at] for code, values in strengths(**settings).items()},
        levels={str(level): int((levels == level).sum()) for level in ("normal", "early", "medium", "high")},
    )


def learn(source: Source) -> None:
    """Prints the coefficients (log-odds) and the points they become. Every origin weighs the same and has its own base rate."""
    shots = [snapshot(source, origin) for origin in LEARNED]
    codes = list(EXPERT)
    x = np.vstack([np.column_stack([shot.strength[code] for code in codes]) for shot in shots])
    lost = np.concatenate([shot.lost for shot in shots])
    weight = np.concatenate([np.full(len(shot.lost), 1 / len(shot.lost)) for shot in shots])
    origin = np.repeat(np.arange(len(shots)), [len(shot.lost) for shot in shots])
    season = np.column_stack([(origin == at).astype(float) for at in range(1, len(shots))])
    sign = np.array([-1.0 if signal_get(code).protective else 1.0 for code in codes])
    prior = np.array([EXPERT[code] for code in codes])
    free = np.ones(season.shape[1])
    coefficients = prior
    for _ in range(10):
        rows = np.hstack([strongest(x, codes, coefficients), season, season])
        model = SignedLogistic(np.r_[sign, free, -free], np.r_[prior, 0 * free, 0 * free], RIDGE).fit(rows, lost, weight)
        coefficients = model.coefficients_[: len(codes)]
    for code, value in zip(codes, coefficients, strict=True):
        print(json.dumps({"signal": code, "logit": round(float(value), 2), "points": round(float(value) * POINTS_PER_LOGIT)}))


def strongest(x: Numbers, codes: list[str], coefficients: Numbers) -> Numbers:
    """Of the three yardsticks of silence only the one with the most points counts, as in the score."""
    at = [codes.index(code) for code in SILENCE]
    points = x[:, at] * np.maximum(coefficients[at], 1e-3)
    best = len(at) - 1 - points[:, ::-1].argmax(axis=1)
    out = x.copy()
    for nth, column in enumerate(at):
        out[best != nth, column] = 0.0
    return out


def report(source: Source) -> None:
    """One JSON line per origin, and one over all three with intervals by drawing customers."""
    shots = [snapshot(source, origin) for origin in REPORTED]
    for origin, shot in zip(REPORTED, shots, strict=True):
        print(json.dumps({"origin": str(origin.date()), **figures([shot]), "levels_not_lost": shot.levels}))
    print(json.dumps({"origin": "mean of three", **figures(shots)}))


def figures(shots: list[Snapshot]) -> dict[str, object]:
    """n, base rate and AUCs (means over origins), with 95% intervals of a bootstrap over customers."""
    ids = np.concatenate([shot.ids for shot in shots])
    origin = np.repeat(np.arange(len(shots)), [len(shot.ids) for shot in shots])
    lost, score, silent, gone = (np.concatenate([getattr(shot, name) for shot in shots]) for name in ("lost", "score", "silent", "is_lost"))

    def mean_auc(rows: NDArray[np.int64], *of: Numbers) -> float:
        parts = [rows[origin[rows] == at] for at in range(len(shots))]
        each = [[auc(values[part], lost[part]) for part in parts] for values in of]
        return float(np.mean(each[0]) - (np.mean(each[1]) if len(each) > 1 else 0.0))

    everybody = np.arange(len(ids))
    alive = everybody[~gone]
    out: dict[str, object] = {"n": len(ids), "base_rate": round(float(lost.mean()), 3), "n_not_lost": len(alive)}
    out["top_decile"] = round(float(np.mean([precision_at(shot.score, shot.lost, 0.1) for shot in shots])), 3)
    for name, rows, of in (
        ("score", everybody, (score,)), ("recency", everybody, (silent,)), ("gain", everybody, (score, silent)),
        ("score_not_lost", alive, (score,)), ("recency_not_lost", alive, (silent,)),
    ):  # fmt: skip
        drawn = cluster_bootstrap(ids[rows], lambda picked, r=rows, o=of: mean_auc(r[picked], *o), times=TIMES, seed=SEED)
        out[f"auc_{name}"] = [round(mean_auc(rows, *of), 4), *(round(edge, 4) for edge in drawn)]
    return out


if __name__ == "__main__":
    stream = source_of(open_retail())
    learn(stream) if sys.argv[1:] == ["learn"] else report(stream)
