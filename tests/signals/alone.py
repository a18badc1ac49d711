"""One signal over one customer's history, without a score around it: quick enough for a history per boundary."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from liuke.base.words import render
from liuke.features.domain.metric import Metric
from liuke.features.domain.moment import Moment
from liuke.features.service import Source, features_compute, kinds_seen
from liuke.score.domain.measured import _array
from liuke.signals.domain.measures import SINCE_INTERACTION
from liuke.signals.domain.signal import Scene, World
from liuke.signals.service import signal_get, signal_judge, signal_metrics
from tests.features.stream import AS_OF, Did, runner, stream


@dataclass(frozen=True)
class Verdict:
    """`yes`, `no` or `unknown`, the strength, the sentence of one who fired and what is missing."""

    word: str
    strength: float
    text: str
    missing: str


def alone(code: str, *did: Did, tier: str = "low", language: str = "en", others: tuple[str, ...] = (), **params: float) -> Verdict:
    """The signal's word on customer 1. `others`: kinds that only another customer of the workspace has."""
    signal = signal_get(code)
    numbers = {**signal.defaults(), **params}
    everyone = [Did(1, 900, "seen", None), *did, *[Did(2, 1, kind) for kind in others]]
    source, moment = Source(runner(stream(everyone))), Moment(AS_OF, "UTC")
    kinds = kinds_seen(source=source, moment=moment)
    world = World(kinds)
    metrics: tuple[Metric, ...] = (SINCE_INTERACTION, *signal_metrics(signal, numbers, world))
    table = features_compute(source=source, metrics=metrics, moment=moment, customers=[1])
    columns = {name: _array(table, name) for name in table.column_names if name != "customer_id"}
    nobody = np.zeros(1)
    judged = signal_judge(signal, Scene(columns, np.array([tier]), {"r": nobody, "f": nobody, "m": nobody}, world), numbers)
    strength = float(judged.strength[0])
    filled = {name: float(value if isinstance(value, float | int) else value[0]) for name, value in judged.params.items()}
    key = judged.key if isinstance(judged.key, str) else str(judged.key[0])
    word = "unknown" if judged.unknown[0] else "yes" if strength > 0 else "no"
    return Verdict(word, strength, render(key, filled, language=language) if strength else "", judged.missing if word == "unknown" else "")
