"""试运行 of a flow: what is asked, how far it is, what came out."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from ninja import Schema

from liuke.show.api.schemas.common import ErrorOut
from liuke.show.api.schemas.playbooks import CountedOut


class SimulateIn(Schema):
    """试运行 of a flow, kept or not. `response`: the share 0–1 of customers assumed to respond."""

    spec: dict[str, Any]
    playbook_id: int | None = None
    days: int = 30
    limit: int = 300
    response: float = 0.0


class ActOut(Schema):
    """One step on one day, as a sentence. `verdict` of a message: allowed, deferred, refused; else done."""

    node: str
    customer_id: int
    customer: str
    action: str
    outlet: str
    text: str
    verdict: str
    rule: str
    cost: float


class SimulatedDayOut(Schema):
    """A day; `acts` are its first, `total` all."""

    day: date
    acts: list[ActOut]
    total: int
    cost: float


class SimulationOut(Schema):
    """What a flow would do; nothing was written."""

    candidates: int
    entered: int
    holdout: int
    refused: list[CountedOut]
    days: list[SimulatedDayOut]
    by_node: dict[str, int]
    messages: list[CountedOut]
    coupons: list[CountedOut]
    """Coupons that would be given, and by reason those that would not."""
    cost: float
    assumed: list[str]


class SimulationRunOut(Schema):
    """One 试运行. `stage`: what its job is at; `result` once it is done."""

    id: int
    status: Literal["queued", "running", "done", "failed", "cancelled"]
    progress: float
    stage: str
    error: ErrorOut | None
    result: SimulationOut | None
