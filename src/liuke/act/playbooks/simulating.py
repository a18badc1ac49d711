"""试运行: a flow on real customers as of now, day by day, with the governor's word on each message. Nothing is written.

The same pure steps as in earnest walk the same customers; what nobody can know is assumed and said so (`Simulation.assumed`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from liuke.accounts.service import workspace_now
from liuke.accounts.store.models import Workspace
from liuke.act.playbooks.domain.entry import held_out
from liuke.act.playbooks.domain.rehearsal import Rehearsal, Ruled
from liuke.act.playbooks.domain.sources import Occurrence
from liuke.act.playbooks.domain.spec import Spec
from liuke.act.playbooks.domain.view import View
from liuke.act.playbooks.engine.entering import Present, present_of, refusal_of
from liuke.act.playbooks.engine.flows import Flow, needs_of
from liuke.act.playbooks.engine.rehearsing import governor_of
from liuke.act.playbooks.engine.sources import Outcomes, TableSources, no_outcomes
from liuke.act.playbooks.engine.views import frame_rows, hours_of, rates_of
from liuke.act.playbooks.nodes.coupon import NODE as COUPON
from liuke.act.playbooks.triggers import TRIGGERS
from liuke.act.playbooks.world import spec_of
from liuke.act.store.models import Playbook
from liuke.base.errors import Invalid
from liuke.base.times import local_day
from liuke.facts.store.models import Customer
from liuke.warehouse import Warehouse

MOST_DAYS = 90
SHOWN = 50
"""Steps of a day that are listed; the rest is a number."""
LOOK_BACK = timedelta(days=30)
"""Occurrences of so long ago are taken as if they happened now."""
EVER = timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class Acted:
    """One step on one day. `action`: the node's kind; `did` (a message key) and `params` as in history; `verdict`: `done`, or for a
    message `allowed`, `deferred`, `refused`, with the governor's `rule`."""

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
    """What a flow would do. `assumed`: what the result rests on, as keys `playbooks.assumed.<key>`.

    `candidates`: customers whom the trigger would let in; `refused`: why others of them stay out, by reason; `by_node`: steps by
    node; `messages`: the governor's words, `allowed` and by rule of what was deferred or refused; `coupons` likewise, `none_left` too.
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
    coupons: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Counted:
    """How the candidates divide."""

    candidates: int
    entered: int
    holdout: int
    refused: Mapping[str, int]


def playbook_simulate(
    *,
    workspace: Workspace,
    warehouse: Warehouse,
    spec: object,
    days: int = 30,
    limit: int = 500,
    response: float = 0.0,
    playbook: Playbook | None = None,
    outcomes: Outcomes = no_outcomes,
    told: Callable[[float], None] = lambda _share: None,
) -> Simulation:
    """Walk up to `limit` candidates through the flow for `days` days. Raises Invalid (playbook with every fault, playbook_days).

    `response`: the share (0–1) of customers of whom it is assumed that they do what a 等待行为 waits for, a day after; 0 = nobody.
    `playbook`: whose re-entry, budget and hold-out count; None = a new flow. `told` hears which share of the days is lived through,
    and may raise to stop.
    """
    if not 1 <= days <= MOST_DAYS:
        raise Invalid("playbook_days", most=MOST_DAYS)
    read, now = spec_of(workspace, spec), workspace_now(workspace)
    flow = Flow(playbook or Playbook(workspace=workspace, kind="winback", salt="simulation"), 0, read, needs_of(read))
    first, entering, refused = _entering(workspace, warehouse, flow, now=now, days=days, outcomes=outcomes)
    treated = [one for one in entering if not held_out(flow.playbook.salt, one.customer_id, read.holdout.share)]
    rehearsal = _rehearsal(workspace, warehouse, flow, treated[:limit], now=now, response=response)
    span = timedelta(days=days)
    rehearsal.run(until=now + span, told=lambda moment: told(min((moment - now) / span, 1.0)))
    assumed = _assumed(read, response, cut=len(treated) > limit)
    who = _Counted(first, len(treated), len(entering) - len(treated), refused)
    return _summed(workspace, rehearsal, who, assumed)


def _entering(
    workspace: Workspace, warehouse: Warehouse, flow: Flow, *, now: datetime, days: int, outcomes: Outcomes
) -> tuple[int, list[Occurrence], dict[str, int]]:
    """How many the trigger would let in, who of them enters with the first occurrence, and why the others stay out."""
    occurrences = _candidates(workspace, warehouse, flow, now=now, days=days, outcomes=outcomes)
    first: dict[int, Occurrence] = {}
    for one in sorted(occurrences, key=lambda found: (found.at, found.key)):
        first.setdefault(one.customer_id, one)
    present = _present(workspace, warehouse, flow, first)
    refused: Counter[str] = Counter()
    entering: list[Occurrence] = []
    for customer, one in first.items():
        against = refusal_of(workspace, flow, customer, present, now) if customer in present.statuses else None
        if against is not None:
            refused[against[0].value] += 1
        elif customer in present.statuses:
            entering.append(one)
    return len(first), entering, dict(refused)


def _candidates(
    workspace: Workspace, warehouse: Warehouse, flow: Flow, *, now: datetime, days: int, outcomes: Outcomes
) -> Sequence[Occurrence]:  # fmt: skip
    """Whom the trigger lets in: what holds now, what happened lately, or, for dates, what comes."""
    trigger = flow.spec.trigger
    if trigger.kind == "manual":
        active = Customer.objects.filter(workspace=workspace, status=Customer.Status.ACTIVE).order_by("pk")
        return [Occurrence(customer, f"manual:{customer}", now) for customer in active.values_list("pk", flat=True)]
    kind = TRIGGERS[trigger.kind]
    after, until = now - (EVER if trigger.kind == "alert" else LOOK_BACK), now
    if trigger.kind == "date":
        after, until = now, now + timedelta(days=days)
    sources = TableSources(workspace, warehouse, after, until, after, kind.columns(trigger.params), None, outcomes)
    return kind.find(trigger.params, sources)


def _present(workspace: Workspace, warehouse: Warehouse, flow: Flow, customers: Mapping[int, Occurrence]) -> Present:
    return present_of(workspace=workspace, warehouse=warehouse, flow=flow, customers=set(customers))


def _rehearsal(
    workspace: Workspace, warehouse: Warehouse, flow: Flow, entering: Sequence[Occurrence], *, now: datetime, response: float
) -> Rehearsal:
    customers = {one.customer_id for one in entering}
    view = View(
        now=now,
        hours=hours_of(workspace, now),
        rows=frame_rows(warehouse, workspace.pk, flow.needs.columns, customers),
        rates=rates_of(flow.playbook.pk, flow.needs, now) if flow.playbook.pk else {},
    )
    rehearsal = Rehearsal(flow.spec, flow.playbook.salt, view, response, governor_of(workspace, flow, now))
    for one in entering:
        rehearsal.enter(one.customer_id, max(one.at, now), one.entry)
    return rehearsal


def _summed(workspace: Workspace, rehearsal: Rehearsal, who: _Counted, assumed: Sequence[str]) -> Simulation:
    names = dict(Customer.objects.filter(workspace=workspace).values_list("pk", "name"))
    by_day: defaultdict[date, list[Acted]] = defaultdict(list)
    by_node: Counter[str] = Counter()
    messages: Counter[str] = Counter()
    coupons: Counter[str] = Counter()
    for done in rehearsal.done:
        ruled = done.ruled
        word = _word(ruled)
        day = local_day(done.at, workspace.time_zone)
        step = done.taken
        by_node[step.node] += 1
        if ruled is not None:
            (coupons if step.kind == COUPON.name else messages)[word if word == "allowed" else ruled.rule] += 1
        by_day[day].append(
            Acted(
                day, step.node, done.customer_id, names.get(done.customer_id, ""), step.kind, step.outlet, f"playbooks.did.{step.did}",
                step.params, word, ruled.rule if ruled else "", ruled.cost if ruled else Decimal(0),
            )
        )  # fmt: skip
    days = [SimulatedDay(day, acts[:SHOWN], len(acts), sum((act.cost for act in acts), Decimal(0))) for day, acts in sorted(by_day.items())]
    cost = sum((day.cost for day in days), Decimal(0))
    return Simulation(
        who.candidates, who.entered, who.holdout, who.refused, days, dict(by_node), dict(messages), cost, assumed, dict(coupons)
    )  # fmt: skip


def _word(ruled: Ruled | None) -> str:
    if ruled is None:
        return "done"
    return "refused" if not ruled.allowed else "deferred" if ruled.rule else "allowed"


def _assumed(spec: Spec, response: float, *, cut: bool) -> list[str]:
    kinds = {node.kind for node in spec.nodes.values()}
    told = ["as_of_now"]
    told.append({"manual": "everybody", "date": "dates_to_come", "alert": "open_alerts"}.get(spec.trigger.kind, "lately"))
    if "wait_for" in kinds:
        told.append("some_respond" if response else "nobody_responds")
    if "approval" in kinds:
        told.append("approved")
    return [*told, *(["cut"] if cut else [])]
