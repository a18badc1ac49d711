"""Customers that move from one colleague to another who both are there (在职继承; documents 92125, 94088)."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

import msgspec

from liuke.vendors.wecom.app import App

MOST = 100


class Moved(IntEnum):
    """How a move stands: it waits 24 hours for the customer's refusal."""

    DONE = 1
    WAITING = 2
    REFUSED = 3
    RECEIVER_FULL = 4
    NOTHING = 5


class CustomerMove(msgspec.Struct, frozen=True):
    """One customer's answer; `errcode` 0 = the move began."""

    external_userid: str
    errcode: int = 0


class MoveState(msgspec.Struct, frozen=True):
    """How the move of one customer stands."""

    external_userid: str
    status: int
    takeover_time: int = 0


class _Moves(msgspec.Struct, frozen=True):
    customer: tuple[CustomerMove, ...] = ()


class _States(msgspec.Struct, frozen=True):
    customer: tuple[MoveState, ...] = ()
    next_cursor: str = ""


def transfer(app: App, *, giver: str, taker: str, customers: Sequence[str], notice: str = "") -> tuple[CustomerMove, ...]:
    """Begin to move up to 100 customers; each may move twice in 90 days. Raises Rejected, Busy, Unsure."""
    body: dict[str, object] = {"handover_userid": giver, "takeover_userid": taker, "external_userid": list(customers)[:MOST]}
    more = {"transfer_success_msg": notice[:200]} if notice else {}
    return app.post("externalcontact/transfer_customer", _Moves, body | more).customer


def transfer_states(app: App, *, giver: str, taker: str) -> list[MoveState]:
    """How the moves between two colleagues stand."""
    found: list[MoveState] = []
    cursor = ""
    while True:
        body = {"handover_userid": giver, "takeover_userid": taker, "cursor": cursor}
        page = app.post("externalcontact/transfer_result", _States, body)
        found.extend(page.customer)
        if not page.next_cursor:
            return found
        cursor = page.next_cursor
