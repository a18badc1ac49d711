"""Wait until the customer does something, or the time is over."""

from __future__ import annotations

from datetime import timedelta

from liuke.act.playbooks.domain.contract import NodeKind, Outcome, State
from liuke.act.playbooks.domain.fields import Field, FieldKind, Params
from liuke.act.playbooks.domain.happenings import kinds_meant
from liuke.act.playbooks.domain.spec import Node
from liuke.act.playbooks.domain.view import View


def _step(node: Node, state: State, view: View) -> Outcome:
    meant, until = kinds_meant(node.params.texts("what")), state.since + timedelta(days=node.params.whole("days"))
    for event in view.events.get(state.customer_id, ()):
        if event.kind in meant and state.since < event.at <= min(until, view.now):
            return Outcome("yes", did="awaited", params={"kind": event.kind})
    if until > view.now:
        return Outcome(wake_at=until, waiting_for=node.params.texts("what")[0])
    return Outcome("timeout", did="not_awaited")


def _outlets(_params: Params) -> tuple[str, ...]:
    return ("yes", "timeout")


NODE = NodeKind(
    name="wait_for",
    group="flow",
    fields=(Field("what", FieldKind.KINDS), Field("days", FieldKind.WHOLE, low=1, high=365, default=7)),
    step=_step,
    outlets=_outlets,
    sleeps=True,
    icon="hourglass",
)
