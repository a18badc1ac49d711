"""Several ways by chance; the same customer always goes the same way."""

from __future__ import annotations

from liuke.act.playbooks.domain.contract import NodeKind, Outcome, State
from liuke.act.playbooks.domain.entry import portion
from liuke.act.playbooks.domain.fields import Field, FieldKind, Params
from liuke.act.playbooks.domain.spec import Node
from liuke.act.playbooks.domain.view import View


def _step(node: Node, state: State, _view: View) -> Outcome:
    arms = node.params.arms("arms")
    place = portion(f"{state.salt}:{node.id}", state.customer_id) * sum(share for _, share in arms)
    for key, share in arms:
        place -= share
        if place < 0:
            return Outcome(key, did="split", params={"arm": key})
    return Outcome(arms[-1][0], did="split", params={"arm": arms[-1][0]})


def _outlets(params: Params) -> tuple[str, ...]:
    return tuple(key for key, _ in params.arms("arms"))


NODE = NodeKind(name="split", group="flow", fields=(Field("arms", FieldKind.ARMS),), step=_step, outlets=_outlets, icon="shuffle")
