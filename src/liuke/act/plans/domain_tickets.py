"""协同工单: what one team asks of another, and who may move it where (PLY-14, ALT-10)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from liuke.base.errors import Conflict


class Topic(StrEnum):
    """What it is about; a workspace says which team receives which topic."""

    QUALITY = "quality"
    PARTS = "parts"
    PRODUCT = "product"
    DELIVERY = "delivery"
    BILLING = "billing"
    REGIONAL = "regional"
    RECOVERY = "recovery"
    OTHER = "other"


class Move(StrEnum):
    """What somebody does to a ticket."""

    ACCEPT = "accept"
    SOLVE = "solve"
    RETURN = "return"
    RESUBMIT = "resubmit"
    REOPEN = "reopen"


MOVES: Mapping[Move, tuple[frozenset[str], str]] = {
    Move.ACCEPT: (frozenset({"open"}), "working"),
    Move.SOLVE: (frozenset({"open", "working"}), "solved"),
    Move.RETURN: (frozenset({"open", "working"}), "returned"),
    Move.RESUBMIT: (frozenset({"returned"}), "open"),
    Move.REOPEN: (frozenset({"solved"}), "working"),
}
"""From which statuses to which."""
BY_RAISER = frozenset({Move.RESUBMIT, Move.REOPEN})
"""Moves of the side that asked; the others belong to the side that was asked. Reopening belongs to both."""
NEEDS_NOTE = frozenset({Move.RETURN})
OPEN = ("open", "working", "returned")
ASKED_BY_SIGNAL: Mapping[str, Topic] = {"SIG-31": Topic.RECOVERY, "SIG-35": Topic.REGIONAL}
"""Reasons for which the product raises a ticket by itself: a bad review, satisfaction that keeps falling."""


def after(status: str, move: Move) -> str:
    """The status after the move. Raises Conflict("ticket_move") where it is not possible from here."""
    sources, target = MOVES[move]
    if status not in sources:
        raise Conflict("ticket_move", status=status, move=move.value)
    return target


def moves_from(status: str, *, receives: bool, raised: bool) -> list[Move]:
    """What somebody may do: who `receives` it works it, who `raised` it answers a return or reopens."""
    possible = [move for move, (sources, _) in MOVES.items() if status in sources]
    return [move for move in possible if (raised if move is Move.RESUBMIT else receives or (raised and move in BY_RAISER))]


def topics_asked(reasons: Iterable[Mapping[str, object]]) -> list[Topic]:
    """Topics of the tickets that a score's reasons ask for, each once."""
    raising = (reason for reason in reasons if isinstance(reason.get("points"), int | float) and float(str(reason["points"])) > 0)
    found = (ASKED_BY_SIGNAL.get(str(reason.get("signal"))) for reason in raising)
    return list(dict.fromkeys(topic for topic in found if topic is not None))
