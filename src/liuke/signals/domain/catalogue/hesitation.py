"""SIG-15 and SIG-25: carts left behind with a guide's doubt, prices looked at or bargained over without an order."""

from __future__ import annotations

import numpy as np

from liuke.facts.domain.kinds import Kind
from liuke.features.domain.metric import Declared, Metric
from liuke.signals.domain.measures import ORDER, SINCE_ORDER
from liuke.signals.domain.pieces import SAID, Cause, averaged, counted, has, highest, since, strongest, summed
from liuke.signals.domain.reason import Family
from liuke.signals.domain.signal import Evidence, Judged, Parameter, Params, Scene, Sentence, Signal, World
from liuke.signals.domain.strength import ramp

_CART, _GUIDE = (Kind.CART_ABANDONED.value,), (Kind.GUIDE_REPORTED.value,)
_PAGE, _TERMS = (Kind.PAGE_VIEWED.value,), (Kind.TERMS_BARGAINED.value,)
_ALONE = 0.3
"""Strength of carts on which no guide has said anything."""


def _cart_metrics(params: Params, _world: World) -> tuple[Declared, ...]:
    days = params["days"]
    return (counted(_CART, days), since(_CART, days), averaged(_GUIDE, days), SINCE_ORDER)


def _carts(scene: Scene, params: Params) -> Judged:
    """A guide who expects an order lifts it, one who expects none confirms it; an order after the cart ends it."""
    carts, since_cart, guide, ordered = (scene[metric.name] for metric in _cart_metrics(params, scene.world))
    left = (carts >= params["least"]) & ~(ordered < since_cart)
    doubted, praised = guide < 0, guide > 0
    strength = np.where(left & ~praised, np.where(doubted, 1.0, _ALONE), 0.0)
    key = np.where(doubted, "reasons.SIG-15.both", "reasons.SIG-15.cart")
    numbers: Sentence = {"days": params["days"], "times": carts}
    return Judged(strength, key, numbers, np.zeros(len(scene), dtype=np.bool_), "missing.no_carts")


def _prices(days: float) -> Metric:
    return summed(_PAGE, days, of="attrs.price")


def _price_metrics(params: Params, _world: World) -> tuple[Declared, ...]:
    days = params["days"]
    asked = (summed(SAID, days, of="attrs.price_asked"), summed(SAID, params["terms_days"], of="attrs.terms_asked"))
    terms = counted(_TERMS, params["terms_days"])
    return (_prices(days), highest(_PAGE, days, "attrs.price"), terms, SINCE_ORDER, since(_PAGE), *asked)


def _without_order(scene: Scene, params: Params) -> Judged:
    """Pages of which nobody says whether they show prices leave that half unknown. Asking for a price, or for terms, counts as well."""
    views, marked, bargained, ordered, paged, price, terms = (scene[metric.name] for metric in _price_metrics(params, scene.world))
    views, bargained = views + price, bargained + terms
    idle = ~(ordered < params["days"])
    causes = []
    if has(scene.world, (*_TERMS, *SAID)):
        strength = ramp(bargained, params["least_terms"], 3 * params["least_terms"])
        causes.append(Cause("reasons.SIG-25.terms", strength, np.zeros(len(scene), dtype=np.bool_)))
    if has(scene.world, (*_PAGE, *SAID)):
        looked = np.where(idle, ramp(views, params["least_views"], 3 * params["least_views"]), 0.0)
        causes.append(Cause("reasons.SIG-25.price", looked, np.isnan(marked) & (paged < params["days"])))
    numbers: Sentence = {"days": params["days"], "times": views, "terms_days": params["terms_days"], "bargained": bargained}
    return strongest(causes, numbers, "missing.no_price_pages")


SIG_15 = Signal(
    code="SIG-15", mission="SIG-15", family=Family.INTERACTION, points=8.0,
    parameters=(Parameter("days", 30, 1, 180), Parameter("least", 2, 1, 50, "count")),
    metrics=_cart_metrics, judge=_carts, evidence=lambda p: Evidence((*_CART, *_GUIDE, *ORDER), int(p["days"])),
    needs=_CART, missing="missing.no_carts",
)  # fmt: skip
SIG_25 = Signal(
    code="SIG-25", mission="SIG-25", family=Family.CONSUMPTION, points=10.0,
    parameters=(
        Parameter("days", 30, 1, 180),
        Parameter("least_views", 3, 1, 100, "count"),
        Parameter("terms_days", 90, 7, 365),
        Parameter("least_terms", 2, 1, 20, "count"),
    ),
    metrics=_price_metrics, judge=_without_order,
    evidence=lambda p: Evidence(
        (*_PAGE, *_TERMS, *ORDER, *SAID), int(max(p["days"], p["terms_days"])), texts=(("price_asked", 0), ("terms_asked", 0))
    ),
    needs=(*_PAGE, *_TERMS, *SAID), missing="missing.no_pages_or_terms",
)  # fmt: skip
