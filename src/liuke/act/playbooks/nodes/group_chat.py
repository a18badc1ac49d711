"""A group chat of sales, service and product about the customer (ALT-08)."""

from __future__ import annotations

from liuke.act.playbooks.domain.contract import NodeKind, OpenGroup, Outcome, State
from liuke.act.playbooks.domain.fields import Field, FieldKind
from liuke.act.playbooks.domain.spec import Node
from liuke.act.playbooks.domain.view import View


def _step(node: Node, _state: State, _view: View) -> Outcome:
    params = node.params
    group = OpenGroup(params.whole("way_out"), params.text("name"), params.text("first_text"))
    return Outcome("done", effect=group, did="group_chat", params={"name": group.name})


NODE = NodeKind(
    name="group_chat",
    group="work",
    fields=(
        Field("way_out", FieldKind.WAY_OUT),
        Field("name", FieldKind.TEXT, high=40),
        Field("first_text", FieldKind.LONG_TEXT, required=False),
    ),
    step=_step,
    icon="messages-square",
)
