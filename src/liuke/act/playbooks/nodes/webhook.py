"""Tell another system: an AI voice call, a lottery, a CRM (PLY-15)."""

from __future__ import annotations

from liuke.act.playbooks.domain.contract import CallWebhook, NodeKind, Outcome, State
from liuke.act.playbooks.domain.fields import Field, FieldKind
from liuke.act.playbooks.domain.spec import Node
from liuke.act.playbooks.domain.view import View


def _step(node: Node, _state: State, _view: View) -> Outcome:
    params = node.params
    call = CallWebhook(params.whole("way_out"), params.text("event"), params.text("text"))
    return Outcome("done", effect=call, did="webhook", params={"event": call.event})


NODE = NodeKind(
    name="webhook",
    group="reach",
    fields=(
        Field("way_out", FieldKind.WAY_OUT),
        Field("event", FieldKind.TEXT, high=40),
        Field("text", FieldKind.LONG_TEXT, required=False),
    ),
    step=_step,
    icon="webhook",
)
