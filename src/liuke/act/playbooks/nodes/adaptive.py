"""A flow whose response falls under its threshold adjusts itself (PLY-12)."""

from __future__ import annotations

from liuke.act.playbooks.domain.contract import NodeKind, Outcome, State
from liuke.act.playbooks.domain.fields import Field, FieldKind
from liuke.act.playbooks.domain.spec import Node
from liuke.act.playbooks.domain.view import Rate, View


def _step(node: Node, _state: State, view: View) -> Outcome:
    """Way `a` while too few are over to tell, or its response rate holds the threshold; else `b`."""
    rate = view.rates.get((node.id, "a"), Rate(0, 0))
    holds = rate.n < node.params.whole("min_n") or rate.share >= node.params.number("threshold")
    low, high = rate.interval
    measured = {"rate": round(rate.share, 4), "n": rate.n, "low": round(low, 4), "high": round(high, 4)}
    return Outcome("a" if holds else "b", did="adaptive", params={"arm": "a" if holds else "b", **measured})


NODE = NodeKind(
    name="adaptive",
    group="flow",
    fields=(
        Field("threshold", FieldKind.SHARE, default=0.1),
        Field("min_n", FieldKind.WHOLE, low=10, high=10_000, default=30),
        Field("last", FieldKind.WHOLE, low=10, high=10_000, default=200),
    ),
    step=_step,
    outlets=lambda _params: ("a", "b"),
    icon="gauge",
)
