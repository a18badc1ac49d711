"""Defaults per industry: what counts as lost, tiers, weights. Retail's weights were learned on real orders (docs/algorithms/score.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from liuke.base.errors import NotFound
from liuke.facts.domain.kinds import Kind
from liuke.features.domain.churn import ChurnDefinition
from liuke.score.domain.config import ScoreConfig, SignalSetting
from liuke.score.domain.levels import Bands
from liuke.segments.domain.tiers import TierRule
from liuke.signals.domain.catalogue import SIGNALS


@dataclass(frozen=True, slots=True)
class Template:
    """What a new workspace of an industry starts with."""

    industry: str
    churn: ChurnDefinition
    config: ScoreConfig


def _config(base: float, points: Mapping[str, float], params: Mapping[str, Mapping[str, float]], tiers: TierRule) -> ScoreConfig:
    """All signals with their defaults, changed by `points` and `params` where given; 0 points: off, but for 待验证."""
    signals = {}
    for signal in SIGNALS:
        weight = points.get(signal.code, signal.points)
        signals[signal.code] = SignalSetting(weight, weight != 0 or signal.verify, {**signal.defaults(), **params.get(signal.code, {})})
    return ScoreConfig(base, signals, Bands(), tiers)


BASE = 28.0
_ORDERS = (Kind.ORDER_PLACED.value,)
_AMOUNT = TierRule("amount", 100_000.0, 10_000.0)
_MONTHLY = {"period_days": 30.0, "usual_periods": 6.0}

TEMPLATES: Mapping[str, Template] = {
    template.industry: template
    for template in (
        Template("retail", ChurnDefinition(_ORDERS, 180), _config(BASE, {}, {}, TierRule("percentile", 0.95, 0.8))),
        Template("ecommerce", ChurnDefinition(_ORDERS, 180), _config(BASE, {}, {}, TierRule("percentile", 0.95, 0.8))),
        Template(
            "saas",
            ChurnDefinition((Kind.LOGIN.value, Kind.FEATURE_USED.value), 90),
            _config(
                BASE,
                {"SIG-05": 30.0, "SIG-09": 28.0},
                {"SIG-20": _MONTHLY, "growth": _MONTHLY, "SIG-42": {"days": 90, "full_days": 180}},
                _AMOUNT,
            ),
        ),
        Template("manufacturing", ChurnDefinition(_ORDERS, 180), _config(BASE, {}, {}, _AMOUNT)),
        Template("distribution", ChurnDefinition(_ORDERS, 180), _config(BASE, {}, {}, _AMOUNT)),
        Template("general", ChurnDefinition(_ORDERS, 180), _config(BASE, {}, {}, _AMOUNT)),
    )
}


def template(industry: str) -> Template:
    """The defaults of an industry. Raises NotFound("template") with the allowed names."""
    if industry not in TEMPLATES:
        raise NotFound("template", industry=industry, allowed=sorted(TEMPLATES))
    return TEMPLATES[industry]


def default(industry: str = "general") -> ScoreConfig:
    """The score configuration that a workspace of `industry` starts with."""
    return template(industry).config
