"""A work item for somebody, if wished with a plan."""

from __future__ import annotations

from datetime import timedelta

from liuke.act.playbooks.domain.contract import MakeItem, NodeKind, Outcome, State
from liuke.act.playbooks.domain.fields import Field, FieldKind
from liuke.act.playbooks.domain.spec import Node
from liuke.act.playbooks.domain.view import View


def _step(node: Node, _state: State, view: View) -> Outcome:
    params = node.params
    due_at = view.hours.next_open(view.now + timedelta(days=params.whole("due_days")))
    item = MakeItem(params.text("title"), params.id("owner"), due_at, params.text("plan") or None, params.text("note"))
    return Outcome("done", effect=item, did="work_item", params={"title": item.title})


NODE = NodeKind(
    name="work_item",
    group="work",
    fields=(
        Field("title", FieldKind.TEXT, high=160),
        Field("owner", FieldKind.MEMBER, required=False),
        Field("due_days", FieldKind.WHOLE, low=0, high=90, default=2),
        Field("plan", FieldKind.PLAN, required=False),
        Field("note", FieldKind.LONG_TEXT, required=False),
    ),
    step=_step,
    icon="clipboard-check",
)
