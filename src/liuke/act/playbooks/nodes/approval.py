"""A person says yes or no, or says nothing in time."""

from __future__ import annotations

from datetime import timedelta

from liuke.act.playbooks.domain.contract import AskApproval, NodeKind, Outcome, State
from liuke.act.playbooks.domain.fields import Field, FieldKind
from liuke.act.playbooks.domain.spec import Node
from liuke.act.playbooks.domain.view import View

WAITS_FOR = "approval"


def _step(node: Node, state: State, view: View) -> Outcome:
    until = state.since + timedelta(days=node.params.whole("days"))
    decided = view.approvals.get((state.enrolment_id, state.seq))
    if decided is not None:
        return Outcome("approved", did="approved") if decided else Outcome("declined", did="declined")
    if until <= view.now:
        return Outcome("timeout", did="approval_timeout")
    ask = AskApproval(node.params.text("text"), node.params.id("approver"), until)
    return Outcome(wake_at=until, waiting_for=WAITS_FOR, effect=ask)


NODE = NodeKind(
    name="approval",
    group="work",
    fields=(
        Field("text", FieldKind.TEXT, high=200),
        Field("approver", FieldKind.MEMBER, required=False),
        Field("days", FieldKind.WHOLE, low=1, high=60, default=3),
    ),
    step=_step,
    outlets=lambda _params: ("approved", "declined", "timeout"),
    optional=frozenset({"declined", "timeout"}),
    sleeps=True,
    icon="stamp",
)
