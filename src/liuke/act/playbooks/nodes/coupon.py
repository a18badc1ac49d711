"""A coupon for the customer, where there is one to give."""

from __future__ import annotations

from liuke.act.playbooks.domain.contract import GiveCoupon, NodeKind, Outcome, State
from liuke.act.playbooks.domain.fields import Field, FieldKind
from liuke.act.playbooks.domain.spec import Node
from liuke.act.playbooks.domain.view import View

TIER = "tier"


def _step(node: Node, state: State, view: View) -> Outcome:
    """Customers of one value tier get offers of one class: the tier travels with the question."""
    tier = view.rows.get(state.customer_id, {}).get(TIER)
    code = node.params.text("coupon")
    return Outcome("done", effect=GiveCoupon(code, str(tier or "")), did="coupon", params={"coupon": code})


NODE = NodeKind(
    name="coupon",
    group="benefit",
    fields=(Field("coupon", FieldKind.COUPON),),
    step=_step,
    outlets=lambda _params: ("done", "none"),
    optional=frozenset({"none"}),
    icon="gift",
)
