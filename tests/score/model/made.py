"""Tables made up for the tests of the model: known causes, known noise."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from liuke.score.model import Column, Recipe, Table

QUICK = Recipe(members=("linear", "shallow"), folds=3, threads=1)
"""A recipe for tests that ask of something else than the members."""


def made(rows: int = 600, seed: int = 1, noise: int = 2) -> tuple[Table, NDArray[np.float64]]:
    """Loss rises with silence, falls with orders, depends on the plan; `noise` columns say nothing."""
    random = np.random.default_rng(seed)
    silence, orders = random.exponential(30, rows), random.poisson(4, rows).astype(float)
    plan = random.choice(np.array(["basic", "plus", "pro"], dtype=object), rows, p=[0.5, 0.3, 0.2])
    logit = 0.04 * silence - 0.35 * orders + np.select([plan == "basic", plan == "plus"], [0.6, -0.2], -0.8)
    values: dict[str, NDArray[np.generic]] = {"silence": silence, "orders": orders, "plan": plan}
    values["orders"] = np.where(random.random(rows) < 0.1, np.nan, orders)
    columns = [Column("silence", monotone=1, family="rhythm"), Column("orders", family="money"), Column("plan", "category")]
    for number in range(noise):
        columns.append(Column(f"noise{number}"))
        values[f"noise{number}"] = random.normal(size=rows)
    return Table(tuple(columns), values), (random.random(rows) < expit(logit)).astype(float)
