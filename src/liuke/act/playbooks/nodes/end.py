"""The end of the flow."""

from __future__ import annotations

from liuke.act.playbooks.domain.contract import NodeKind, Outcome, State
from liuke.act.playbooks.domain.fields import Field, FieldKind
from liuke.act.playbooks.domain.spec import Node
from liuke.act.playbooks.domain.view import View


def _step(_node: Node, _state: State, _view: View) -> Outcome:
    return Outcome(end="end", did="ended")


NODE = NodeKind(
    name="end",
    group="end",
    fields=(Field("note", FieldKind.TEXT, required=False),),
    step=_step,
    outlets=lambda _params: (),
    icon="flag",
)
