"""Put the customer into a tag, or take it out."""

from __future__ import annotations

from liuke.act.playbooks.domain.contract import NodeKind, Outcome, SetTag, State
from liuke.act.playbooks.domain.fields import Field, FieldKind
from liuke.act.playbooks.domain.spec import Node
from liuke.act.playbooks.domain.view import View


def _step(node: Node, _state: State, _view: View) -> Outcome:
    code, add = node.params.text("tag"), node.params.text("action") == "add"
    return Outcome("done", effect=SetTag(code, add), did="tag_added" if add else "tag_removed", params={"tag": code})


NODE = NodeKind(
    name="tag",
    group="work",
    fields=(Field("tag", FieldKind.TAG), Field("action", FieldKind.CHOICE, choices=("add", "remove"), default="add")),
    step=_step,
    icon="tag",
)
