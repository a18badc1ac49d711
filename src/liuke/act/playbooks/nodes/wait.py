"""Wait a while, if wished until people work."""

from __future__ import annotations

from datetime import timedelta

from liuke.act.playbooks.domain.contract import NodeKind, Outcome, State
from liuke.act.playbooks.domain.faults import Faults
from liuke.act.playbooks.domain.fields import Field, FieldKind, Params
from liuke.act.playbooks.domain.spec import Node
from liuke.act.playbooks.domain.view import View


def _step(node: Node, state: State, view: View) -> Outcome:
    until = state.since + timedelta(days=node.params.whole("days"), hours=node.params.whole("hours"))
    if node.params.flag("working_hours"):
        until = view.hours.next_open(until)
    if until > view.now:
        return Outcome(wake_at=until)
    return Outcome("done", did="waited")


def _validate(params: Params, at: str, faults: Faults) -> None:
    if not params.whole("days") and not params.whole("hours"):
        faults.add(f"{at}.days", "wait_nothing")


NODE = NodeKind(
    name="wait",
    group="flow",
    fields=(
        Field("days", FieldKind.WHOLE, low=0, high=365, default=0),
        Field("hours", FieldKind.WHOLE, low=0, high=23, default=0),
        Field("working_hours", FieldKind.FLAG, default=False),
    ),
    step=_step,
    validate=_validate,
    sleeps=True,
    icon="clock",
)
