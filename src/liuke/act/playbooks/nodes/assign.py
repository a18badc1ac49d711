"""Give the customer to a dedicated manager."""

from __future__ import annotations

from liuke.act.playbooks.domain.contract import AssignTo, NodeKind, Outcome, State
from liuke.act.playbooks.domain.fields import Field, FieldKind
from liuke.act.playbooks.domain.spec import Node
from liuke.act.playbooks.domain.view import View


def _step(node: Node, _state: State, _view: View) -> Outcome:
    member = node.params.whole("member")
    return Outcome("done", effect=AssignTo(member), did="assigned", params={"member": member})


NODE = NodeKind(name="assign", group="work", fields=(Field("member", FieldKind.MEMBER),), step=_step, icon="user-check")
