"""SIG-54 and SIG-55: the thread breaks: the customer deletes our employee in WeCom; the key contact leaves or changes."""

from __future__ import annotations

import numpy as np

from liuke.facts.domain.kinds import Kind
from liuke.features.domain.metric import Declared
from liuke.signals.domain.pieces import Cause, at_least, counted, has, highest, since, strongest
from liuke.signals.domain.reason import Family
from liuke.signals.domain.signal import Evidence, Judged, Parameter, Params, Scene, Sentence, Signal, World
from liuke.signals.domain.strength import none

_DELETED = (Kind.CONTACT_DELETED_US.value,)
_LEFT, _CHANGED = (Kind.CONTACT_LEFT.value,), (Kind.CONTACT_CHANGED.value,)
_KEY = "attrs.key"


def _deleted_metrics(params: Params, _world: World) -> tuple[Declared, ...]:
    return (counted(_DELETED, params["days"]), since(_DELETED))


def _deleted(scene: Scene, params: Params) -> Judged:
    times, ago = (scene[metric.name] for metric in _deleted_metrics(params, scene.world))
    return Judged(at_least(times, 1), "reasons.SIG-54", {"ago": np.floor(ago)}, none(len(scene)))


def _key_metrics(params: Params, _world: World) -> tuple[Declared, ...]:
    days = params["days"]
    return tuple(metric for kinds in (_LEFT, _CHANGED) for metric in (counted(kinds, days), highest(kinds, days, _KEY), since(kinds)))


def _key_contact(scene: Scene, params: Params) -> Judged:
    """Only the key contact counts; where nobody says whether it was the key contact, it is unknown."""
    left, left_key, left_ago, changed, changed_key, changed_ago = (scene[metric.name] for metric in _key_metrics(params, scene.world))
    causes = {
        _LEFT: Cause("reasons.SIG-55.left", at_least(left_key, 1), (left > 0) & np.isnan(left_key)),
        _CHANGED: Cause("reasons.SIG-55.changed", at_least(changed_key, 1), (changed > 0) & np.isnan(changed_key)),
    }
    numbers: Sentence = {"ago": np.floor(np.where(left_key > 0, left_ago, changed_ago))}
    return strongest([cause for kinds, cause in causes.items() if has(scene.world, kinds)], numbers, "missing.no_key_contact")


SIG_54 = Signal(
    code="SIG-54", mission="SIG-54", family=Family.INTENT, points=20.0,
    parameters=(Parameter("days", 30, 1, 365),), metrics=_deleted_metrics, judge=_deleted,
    evidence=lambda p: Evidence(_DELETED, int(p["days"])), needs=_DELETED, missing="missing.no_wecom_contacts",
)  # fmt: skip
SIG_55 = Signal(
    code="SIG-55", mission="SIG-55", family=Family.INTENT, points=14.0,
    parameters=(Parameter("days", 90, 1, 365),), metrics=_key_metrics, judge=_key_contact,
    evidence=lambda p: Evidence((*_LEFT, *_CHANGED), int(p["days"])), needs=(*_LEFT, *_CHANGED), missing="missing.no_contact_changes",
)  # fmt: skip
