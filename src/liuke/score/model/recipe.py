"""How a model is made: settings with defaults that were chosen by inner validation only, and what experts say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from liuke.score.model.trees import Growth

Told = Callable[[float, str], None]
"""Progress: the share done (0–1) and the step's code (`encode`, `choose`, `validate`, `fit`)."""


@dataclass(frozen=True, slots=True)
class Expert:
    """What experts believe: log-odds ≥ 0 that each strength column (0–1) adds; the prior of the scorecard member."""

    weights: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recipe:
    """Numbers of a fit. The same recipe, rows and `threads` give the same model, bit for bit."""

    members: tuple[str, ...] = ("linear", "pairs", "shallow", "leafy", "deep", "randomised")
    folds: int = 4
    """Inner folds; one less from `many_rows` on."""
    many_rows: int = 15_000
    seed: int = 0
    threads: int = 2
    half_trust: int = 200
    """Labelled customers at which the learned part and the expert's scorecard weigh the same: n / (n + half_trust)."""
    softness: float = 0.1
    """The straight-line member's inverse ridge."""
    most_columns: int = 400
    """Of wider tables only the columns that tell most by themselves are read."""
    choose: bool = True
    """Whether columns that add nothing to the inner log-loss are left out."""


GROWTH: Mapping[str, Growth] = {
    "pairs": Growth(rounds=400, depth=2, rate=0.06),
    "shallow": Growth(rounds=300, depth=3, rate=0.05),
    "leafy": Growth(rounds=150, depth=0, leaves=31, rate=0.06, fewest=4.0, pull=1.0, rows=0.8, columns=0.8, bins=256),
    "deep": Growth(rounds=300, depth=8, rate=0.08, fewest=1.0, pull=1.0, rows=0.85, columns=0.6, bins=256),
}
"""The boosted members. `pairs` sees columns two by two, `shallow` three by three;

`leafy` grows where most is to be gained; `deep` may learn tables by heart, and is weighed so."""
