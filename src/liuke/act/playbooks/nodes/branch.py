"""Two ways, by a condition over the last scoring."""

from __future__ import annotations

from liuke.act.playbooks.domain.contract import NodeKind, Outcome, State
from liuke.act.playbooks.domain.fields import Field, FieldKind
from liuke.act.playbooks.domain.spec import Node
from liuke.act.playbooks.domain.view import View
from liuke.base.times import to_us
from liuke.rules.evaluate import matches


def _step(node: Node, state: State, view: View) -> Outcome:
    rule = node.params.rule("when")
    row = view.rows.get(state.customer_id, {})
    holds = rule is not None and matches(rule, row, now_us=to_us(view.now), zone=view.zone)
    return Outcome("yes", did="branch_yes") if holds else Outcome("no", did="branch_no")


NODE = NodeKind(
    name="branch",
    group="flow",
    fields=(Field("when", FieldKind.RULE),),
    step=_step,
    outlets=lambda _params: ("yes", "no"),
    icon="split",
)
