"""Wait until some days before or after a date of the customer."""

from __future__ import annotations

from datetime import timedelta

from liuke.act.playbooks.domain.contract import NodeKind, Outcome, State
from liuke.act.playbooks.domain.fields import Field, FieldKind
from liuke.act.playbooks.domain.spec import Node
from liuke.act.playbooks.domain.view import View
from liuke.base.times import from_us


def _step(node: Node, state: State, view: View) -> Outcome:
    """A customer without that date goes on by the outlet `none`; the date is looked at again whenever the row wakes."""
    row = view.rows.get(state.customer_id, {})
    value = row.get(node.params.text("column"))
    if not isinstance(value, int | float) or isinstance(value, bool):
        return Outcome("none", did="no_date")
    until = from_us(int(value)) + timedelta(days=node.params.whole("days"))
    if until > view.now:
        return Outcome(wake_at=until)
    return Outcome("done", did="waited")


NODE = NodeKind(
    name="wait_date",
    group="flow",
    fields=(Field("column", FieldKind.COLUMN), Field("days", FieldKind.WHOLE, low=-365, high=365, default=0)),
    step=_step,
    outlets=lambda _params: ("done", "none"),
    optional=frozenset({"none"}),
    icon="calendar",
)
