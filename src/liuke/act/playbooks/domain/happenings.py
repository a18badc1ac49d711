"""Which activities people mean by 回复, 下单, 到访."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from liuke.facts.domain.kinds import Kind

REPLY = "reply"
"""Also what the messages' ledger knows as replied to."""
KINDS: Mapping[str, tuple[str, ...]] = {
    REPLY: (Kind.MESSAGE_IN.value, Kind.GROUP_MESSAGE.value),
    "order": (Kind.ORDER_PLACED.value,),
    "visit": (Kind.STORE_VISITED.value, Kind.VISIT_MADE.value),
}


def kinds_meant(names: Iterable[str]) -> frozenset[str]:
    """The activity kinds behind these names; `reply` stays too, for the ledger of messages."""
    return frozenset(kind for name in names for kind in (*KINDS.get(name, ()), name))
