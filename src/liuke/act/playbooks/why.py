"""「为什么没有触发」: for any customer and flow, what was looked at and what stood against it (BEY-07)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from liuke.accounts.domain.actor import Actor
from liuke.accounts.service import workspace_now
from liuke.accounts.store.models import Workspace
from liuke.act.playbooks.domain.entry import Refusal, Standing, audience_refusal, held_out, may_act_on, reentry_refusal
from liuke.act.playbooks.engine.entering import Present, present_of
from liuke.act.playbooks.engine.flows import Flow, flow_of
from liuke.act.playbooks.reading import playbook_get, version_draft, version_live
from liuke.act.store.models import Enrolment, GovernorDecision, Playbook, PlaybookRefusal
from liuke.facts.service import customer_get
from liuke.signals.service.columns import catalogue_of
from liuke.warehouse import Warehouse

LAST = 20


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: `playbooks.why.<name>` says what it means where `ok` is false."""

    name: str
    ok: bool
    params: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class PastRefusal:
    """An occurrence, or a message, that was refused."""

    at: datetime
    reason: str
    params: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class WhyNot:
    """`verdict`: `entered`, `holdout`, or the name of the first check that fails. `enrolment`: the newest stay, if there is one."""

    verdict: str
    checks: Sequence[Check]
    refusals: Sequence[PastRefusal]
    enrolment: Enrolment | None
    touches: Sequence[PastRefusal]
    """Messages of this flow to the customer that the governor refused or deferred."""


def why_not(*, actor: Actor, warehouse: Warehouse, playbook_id: int, customer_id: int) -> WhyNot:
    """The answer for one visible customer, as of the workspace clock. Raises NotFound (playbook_unknown, customer_unknown)."""
    playbook, customer = playbook_get(actor=actor, playbook_id=playbook_id), customer_get(actor=actor, customer_id=customer_id)
    workspace = Workspace.objects.get(pk=actor.workspace_id)
    version = version_live(playbook) or version_draft(playbook)
    flow = flow_of(playbook, version, catalogue_of(workspace)) if version is not None else None
    stay = Enrolment.objects.filter(playbook=playbook, customer=customer).select_related("version").order_by("-entered_at", "-pk").first()
    refusals = _refusals(playbook, customer_id)
    checks = [*_switches(playbook)]
    if flow is not None:
        present = present_of(workspace=workspace, warehouse=warehouse, flow=flow, customers=[customer_id])
        happened = bool(refusals) or stay is not None
        checks += _conditions(workspace, flow, customer_id, present, happened=happened)
    return WhyNot(_verdict(stay, checks), checks, refusals, stay, _touches(playbook, customer_id))


def _verdict(stay: Enrolment | None, checks: Sequence[Check]) -> str:
    if stay is not None and stay.status in {Enrolment.Status.ACTIVE, Enrolment.Status.WAITING}:
        return "holdout" if stay.arm == Enrolment.Arm.HOLDOUT else "entered"
    first = next((check.name for check in checks if not check.ok), None)
    return first or ("entered" if stay is not None else "not_triggered")


def _switches(playbook: Playbook) -> Iterator[Check]:
    yield Check("not_live", version_live(playbook) is not None, {})
    yield Check("off", playbook.enabled and playbook.archived_at is None, {})
    paused = playbook.paused_at
    yield Check("paused", paused is None, {"since": paused.isoformat()} if paused else {})


def _conditions(workspace: Workspace, flow: Flow, customer_id: int, present: Present, *, happened: bool) -> list[Check]:
    """Everything that an entry asks for, as it stands now."""
    now = workspace_now(workspace)
    status = present.statuses.get(customer_id, "")
    standing = Standing(True, customer_id in present.running, present.last_entered.get(customer_id))
    again = reentry_refusal(flow.spec.reentry, standing, now)
    outside = audience_refusal(flow.spec.audience, present.rows.get(customer_id, {}), now=now, zone=workspace.time_zone)
    allowed_from = {"from": again[1].isoformat()} if again and again[1] else {}
    return [
        Check("not_triggered", happened or flow.spec.trigger.kind == "manual", {"trigger": flow.spec.trigger.kind}),
        Check("inactive", may_act_on(flow.playbook.kind, status), {"status": status}),
        Check("already_in", again is None or again[0] is not Refusal.ALREADY_IN, {}),
        Check("reentry", again is None or again[0] is not Refusal.REENTRY, allowed_from),
        Check("audience", outside is not Refusal.AUDIENCE, {}),
        Check("excluded", outside is not Refusal.EXCLUDED, {}),
        Check("budget", not present.broke, {}),
        Check("holdout", not held_out(flow.playbook.salt, customer_id, flow.spec.holdout.share), {"share": flow.spec.holdout.share}),
    ]


def _refusals(playbook: Playbook, customer_id: int) -> list[PastRefusal]:
    rows = PlaybookRefusal.objects.filter(playbook=playbook, customer_id=customer_id).order_by("-at", "-pk")[:LAST]
    return [PastRefusal(row.at, row.reason, row.params) for row in rows]


def _touches(playbook: Playbook, customer_id: int) -> list[PastRefusal]:
    rows = GovernorDecision.objects.filter(playbook_id=playbook.pk, customer_id=customer_id).order_by("-pk")[:LAST]
    return [PastRefusal(row.at, row.rule, {**row.params, "verdict": row.verdict, "channel": row.channel}) for row in rows]
