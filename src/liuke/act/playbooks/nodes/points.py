"""Points into the customer's account."""

from __future__ import annotations

from liuke.act.playbooks.domain.contract import GivePoints, NodeKind, Outcome, State
from liuke.act.playbooks.domain.fields import Field, FieldKind
from liuke.act.playbooks.domain.spec import Node
from liuke.act.playbooks.domain.view import View


def _step(node: Node, _state: State, _view: View) -> Outcome:
    points = node.params.whole("points")
    return Outcome("done", effect=GivePoints(points, node.params.text("note")), did="points", params={"points": points})


NODE = NodeKind(
    name="points",
    group="benefit",
    fields=(Field("points", FieldKind.WHOLE, low=1, high=1_000_000, default=100), Field("note", FieldKind.TEXT, required=False, high=100)),
    step=_step,
    icon="coins",
)
