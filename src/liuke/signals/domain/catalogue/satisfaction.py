"""SIG-31 and SIG-35: ratings under the baseline, and ratings that fall in a row. Both on one scale, 0–100 (`attrs.satisfaction`)."""

from __future__ import annotations

import numpy as np

from liuke.facts.domain.kinds import Kind
from liuke.features.domain.metric import Aggregate, Declared, Metric
from liuke.signals.domain.pieces import averaged, highest
from liuke.signals.domain.reason import Family
from liuke.signals.domain.signal import Evidence, Judged, Parameter, Params, Scene, Sentence, Signal, World
from liuke.signals.domain.strength import ramp

RATINGS = (Kind.SURVEY_ANSWERED.value, Kind.RATING_GIVEN.value)
SATISFACTION = "attrs.satisfaction"
"""0 (worst) to 100; align writes it where the scale is known: NPS 0–10, CSAT and stars 1–5."""


def _mean_metrics(params: Params, _world: World) -> tuple[Declared, ...]:
    return (averaged(RATINGS, params["days"], of=SATISFACTION),)


def _under(scene: Scene, params: Params) -> Judged:
    mean = scene[_mean_metrics(params, scene.world)[0].name]
    under = params["baseline"] - mean
    strength = np.where(under > 0, ramp(under, 0.0, params["baseline"]), 0.0)
    numbers: Sentence = {"days": params["days"], "mean": mean, "baseline": params["baseline"]}
    return Judged(strength, "reasons.SIG-31", numbers, np.isnan(mean), "missing.no_ratings_of_customer")


def _falls_metrics(params: Params, _world: World) -> tuple[Declared, ...]:
    days = int(params["days"])
    return (
        Metric(f"satisfaction_falls_{days}", Aggregate.FALLS, RATINGS, days=days, of=SATISFACTION),
        highest(RATINGS, days, SATISFACTION),
    )


def _falling(scene: Scene, params: Params) -> Judged:
    falls, best = (scene[metric.name] for metric in _falls_metrics(params, scene.world))
    strength = ramp(falls, params["in_a_row"], 2 * params["in_a_row"], 0.5)
    return Judged(strength, "reasons.SIG-35", {"times": falls}, np.isnan(best), "missing.no_ratings_of_customer")


SIG_31 = Signal(
    code="SIG-31", mission="SIG-31", family=Family.SERVICE, points=9.0,
    parameters=(Parameter("baseline", 60, 1, 100, "count"), Parameter("days", 180, 7, 730)),
    metrics=_mean_metrics, judge=_under, evidence=lambda p: Evidence(RATINGS, int(p["days"])),
    needs=RATINGS, missing="missing.no_ratings",
)  # fmt: skip
SIG_35 = Signal(
    code="SIG-35", mission="SIG-35", family=Family.SERVICE, points=9.0,
    parameters=(Parameter("in_a_row", 2, 1, 10, "count"), Parameter("days", 365, 30, 1095)),
    metrics=_falls_metrics, judge=_falling, evidence=lambda p: Evidence(RATINGS, int(p["days"])),
    needs=RATINGS, missing="missing.no_ratings",
)  # fmt: skip
