"""One customer's activities through a real run, so that a signal is tested from rows to sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from liuke.accounts.domain.calendar import WEEKDAYS, Calendar
from liuke.base.words import render
from liuke.features.domain.churn import ChurnDefinition
from liuke.features.domain.moment import Moment
from liuke.features.service import Source, features_compute, kinds_seen
from liuke.score.domain.config import ScoreConfig
from liuke.score.domain.measured import measured, score_metrics
from liuke.score.domain.plans import plans_of
from liuke.score.domain.templates import default
from liuke.segments.domain.cuts import RfmCuts, rfm_of
from liuke.signals.domain.quiet import quiet_at
from liuke.signals.domain.signal import Scene, World
from liuke.signals.service import signal_get, signal_judge
from tests.features.stream import AS_OF, Did, runner, stream

CUTS = RfmCuts((-200.0, -100.0, -50.0, -20.0), (1.0, 2.0, 4.0, 8.0), (100.0, 300.0, 900.0, 2000.0))


@dataclass(frozen=True)
class Fired:
    """How a signal judged customer 1."""

    strength: float
    text: str
    unknown: bool
    missing: str


def judge(code: str, did: list[Did], *, tier: str = "low", language: str = "en", calendar: Calendar = WEEKDAYS, **params: float) -> Fired:
    """The signal's judgement of customer 1, with its default numbers but for `params`."""
    config: ScoreConfig = default("retail")
    config = config.changed(code, **params)
    config = replace(config, signals={name: replace(setting, enabled=name == code) for name, setting in config.signals.items()})
    source, moment = Source(runner(stream(did))), Moment(AS_OF, "UTC")
    kinds = kinds_seen(source=source, moment=moment)
    world = World(kinds, quiet_at(calendar, moment))
    metrics = score_metrics(plans_of(config), config.baseline, ChurnDefinition(), world)
    found = measured(features_compute(source=source, metrics=metrics, moment=moment, customers=[1]), ChurnDefinition())
    rfm = rfm_of(found.since_order, found.year_order_days, found.annual_value, CUTS)
    scene = Scene(found.columns, _tiers(tier), rfm, world)
    judged = signal_judge(signal_get(code), scene, config.signals[code].params)
    numbers = {name: float(value if isinstance(value, float | int) else value[0]) for name, value in judged.params.items()}
    key = judged.key if isinstance(judged.key, str) else str(judged.key[0])
    text = render(key, numbers, language=language) if numbers else ""
    return Fired(float(judged.strength[0]), text, bool(judged.unknown[0]), judged.missing)


def _tiers(tier: str) -> np.ndarray:
    return np.array([tier])
