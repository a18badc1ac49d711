"""A message to the customer; the governor has the last word."""

from __future__ import annotations

from decimal import Decimal

from liuke.act.playbooks.domain.contract import NodeKind, Outcome, SendMessage, State
from liuke.act.playbooks.domain.fields import Field, FieldKind
from liuke.act.playbooks.domain.spec import Node
from liuke.act.playbooks.domain.view import View


def _step(node: Node, state: State, _view: View) -> Outcome:
    params = node.params
    texts = {name: str(value) for name, value in state.entry.items() if value is not None}
    cost = Decimal(str(params.number("cost")))
    ask = SendMessage(params.text("channel"), params.text("template"), params.text("purpose"), cost, texts)
    return Outcome("done", effect=ask, did="message", params={"channel": ask.channel, "template": ask.template})


NODE = NodeKind(
    name="message",
    group="reach",
    fields=(
        Field("channel", FieldKind.CHANNEL),
        Field("template", FieldKind.TEMPLATE),
        Field("purpose", FieldKind.CHOICE, choices=("marketing", "service"), default="marketing"),
        Field("cost", FieldKind.MONEY, required=False, low=0, high=1000, default=0.0),
    ),
    step=_step,
    outlets=lambda _params: ("done", "refused"),
    optional=frozenset({"refused"}),
    icon="send",
)
