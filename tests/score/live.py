"""A small model that was really learned, for tests of what comes after: on a shop of generated customers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import numpy as np
import pyarrow as pa

from liuke.base.times import DAY_US
from liuke.features.domain.churn import ChurnDefinition
from liuke.features.service import Source
from liuke.score.domain.anchors import Anchors
from liuke.score.domain.calibration import Calibration
from liuke.score.domain.model_table import model_table
from liuke.score.domain.modelled_live import LiveModel
from liuke.score.domain.modelled_time import TimeCurve
from liuke.score.domain.templates import default
from liuke.score.model import Fitted, Platt, Recipe, Table, fit
from liuke.score.service.modelling import modelled_declared
from liuke.score.service.scoring import score_judge, score_prepare
from tests.features.stream import AS_OF, Did, regular, runner, stream

CHURN = ChurnDefinition()
SIZE = 160
CURVE = TimeCurve((30, 60, 90), from_today=True, beta=(-2.0, 0.2, 0.1, 0.7, 0.05))


@cache
def shop() -> tuple[Did, ...]:
    """Buyers with rhythms of 5 to 44 days, silent for up to eight of them; every third writes now and then."""
    random = np.random.default_rng(8)
    did: list[Did] = []
    for customer in range(1, SIZE + 1):
        every = int(random.integers(5, 45))
        silent = float(every * random.uniform(0.2, 8.0))
        times = int(random.integers(2, 14))
        did += regular(customer, every, times, since=silent, value=float(random.integers(20, 400)))
        if customer % 3 == 0:
            did += [Did(customer, float(day), "message.in", None) for day in random.uniform(1, 120, 5)]
    return tuple(did)


@cache
def source() -> Source:
    """The shop's activities."""
    return Source(runner(stream(shop())))


@cache
def table_at() -> Table:
    """What a model reads of the shop at the tests' moment."""
    prepared = score_prepare(source=source(), as_of=AS_OF, zone="UTC", config=default("retail"), churn=CHURN, also=modelled_declared())
    return model_table(prepared.features, score_judge(prepared))


@cache
def fitted(members: tuple[str, ...] = ("linear", "shallow")) -> Fitted:
    """Learned from outcomes that grow likelier with the silence."""
    table = table_at()
    rhythm = np.nan_to_num(table.number("order_rhythm_own"), nan=4.0)
    lost = np.random.default_rng(3).random(len(table)) < 1 / (1 + np.exp(2.4 - 0.7 * rhythm))
    return fit(table, lost.astype(float), recipe=Recipe(folds=2, threads=1, members=members))


def live(**changes: object) -> LiveModel:
    """Version 3 in use, with a curve."""
    usual = LiveModel(3, fitted(), Calibration(Platt(0.9, 0.1), 0.4), Anchors(-0.4, 1.6), 90, CURVE)
    return replace(usual, **changes)  # type: ignore[arg-type]  # fields of the dataclass


def predictions(size: int = 600, *, origins: int = 4, seed: int = 2, last: date = date(2011, 3, 1)) -> pa.Table:
    """Out-of-time predictions as a training leaves them: `size` customers at each origin, a month apart."""
    random = np.random.default_rng(seed)
    logit = random.normal(-0.5, 1.2, size)
    gone = random.geometric(np.clip(1 / (1 + np.exp(-logit - 0.3)), 0.02, 0.98))
    rows = []
    for origin in range(origins):
        day = last - timedelta(days=30 * (origins - 1 - origin))
        us = (day - date(1970, 1, 1)).days * DAY_US
        lost = gone <= origin + 1
        rows.append(
            pa.table(
                {
                    "customer_id": np.arange(1, size + 1),
                    "origin_us": np.full(size, us),
                    "logit": logit,
                    "expected": logit,
                    "lost": lost,
                    "lost_at_us": pa.array(us + (random.uniform(1, 90, size) * DAY_US).astype(np.int64), mask=~lost),
                    "annual_value": np.full(size, 100.0),
                    "tier": ["low"] * size,
                    "treated": random.random(size) < 0.05,
                }
            )
        )
    return pa.concat_tables(rows)
