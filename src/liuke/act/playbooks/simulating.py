"""试运行: a flow on real customers as of now, day by day, with the governor's word on each message. Nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from liuke.accounts.store.models import Workspace
from liuke.warehouse import Warehouse

MOST_DAYS = 90


@dataclass(frozen=True, slots=True)
class Acted:
    """One step on one day. `action`: the node's kind; `did` and `params` as in history; `verdict`: `done`, or for a message
    `allowed`, `deferred`, `refused`, with the governor's `rule`."""

    day: date
    node: str
    customer_id: int
    customer: str
    action: str
    outlet: str
    did: str
    params: Mapping[str, object]
    verdict: str = "done"
    rule: str = ""
    cost: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class SimulatedDay:
    """A day's sums; `acts` are its first few, `total` all of them."""

    day: date
    acts: Sequence[Acted]
    total: int
    cost: Decimal


@dataclass(frozen=True, slots=True)
class Simulation:
    """What a flow would do. `assumed`: what the result rests on, as message keys under `playbooks.assumed.`.

    `candidates`: customers whom the trigger would let in as things stand now; `refused`: why others of them stay out;
    `by_node`: steps by node; `messages`: the governor's words by rule (`allowed` among them).
    """

    candidates: int
    entered: int
    holdout: int
    refused: Mapping[str, int]
    days: Sequence[SimulatedDay]
    by_node: Mapping[str, int]
    messages: Mapping[str, int]
    cost: Decimal
    assumed: Sequence[str]


def playbook_simulate(
    *,
    workspace: Workspace,
    warehouse: Warehouse,
    spec: object,
    days: int = 30,
    limit: int = 500,
    response: float = 0.0,
    salt: str = "simulation",
) -> Simulation:
    """Walk up to `limit` candidates through the flow for `days` days. Raises Invalid (playbook with every fault, playbook_days).

    `response`: the share (0–1) of customers of whom it is assumed that they do what a 等待行为 waits for, a day after; 0 = nobody.
    """
    raise NotImplementedError
