"""What the world has of flows: one that is live with a draft, a customer in it who waits for an approval, one who was held out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from liuke.accounts.store.models import Membership, Workspace
from liuke.act.playbooks.simulation_runs import KIND
from liuke.act.store.models import Enrolment, EnrolmentStep, Playbook, PlaybookApproval, PlaybookSimulation, PlaybookVersion
from liuke.facts.store.models import Customer
from liuke.jobs.service import job_enqueue

FLOW: Mapping[str, Any] = {
    "trigger": {"kind": "manual"},
    "audience": {"when": None, "exclude": None},
    "reentry": {"mode": "never"},
    "holdout": {"share": 0.1},
    "goal": {"kind": "order", "within_days": 30},
    "exits": ["goal"],
    "budget": None,
    "start": "call",
    "nodes": [
        {"id": "call", "kind": "work_item", "params": {"title": "电话回访"}, "next": {"done": "ask"}},
        {"id": "ask", "kind": "approval", "params": {"text": "给优惠吗", "days": 3}, "next": {"approved": "end"}},
        {"id": "end", "kind": "end", "params": {}, "next": {}},
    ],
}


def make_flow(workspace: Workspace, people: Mapping[str, Membership], customer: Customer, now: datetime) -> dict[str, Any]:
    """The ids of it all, by name."""
    flow = Playbook.objects.create(
        workspace=workspace, code="world", name="世界流程", salt="s", enabled=True, created_at=now, triggered_until=now,
        updated_by=people["admin"],
    )  # fmt: skip
    live = PlaybookVersion.objects.create(playbook=flow, number=1, status="published", spec=FLOW, created_at=now, published_at=now)
    PlaybookVersion.objects.create(playbook=flow, number=2, status="draft", spec=FLOW, created_at=now, created_by=people["admin"])
    shared = {"workspace": workspace, "playbook": flow, "version": live, "customer": customer, "share": 0.1}
    entered = now - timedelta(days=2)
    stay = Enrolment.objects.create(
        **shared, entry_key="manual:1", arm="treated", status="waiting", node="ask", seq=1, wake_at=now + timedelta(days=1),
        waiting_for="approval", since=entered, entered_at=entered,
    )  # fmt: skip
    EnrolmentStep.objects.create(
        enrolment=stay, seq=0, node="call", kind="work_item", outlet="done", at=entered,
        detail={"key": "playbooks.did.work_item", "params": {"title": "电话回访"}},
    )  # fmt: skip
    before = now - timedelta(days=40)
    Enrolment.objects.create(
        **shared, entry_key="manual:0", arm="holdout", status="done", since=before, entered_at=before, ended_at=entered,
        end_reason="watched",
    )  # fmt: skip
    approval = PlaybookApproval.objects.create(
        workspace=workspace, enrolment=stay, seq=1, text="给优惠吗", asked_at=entered, due_at=now + timedelta(days=1)
    )  # fmt: skip
    simulation = PlaybookSimulation.objects.create(workspace=workspace, playbook=flow, spec=dict(FLOW), days=5, limit=10)
    simulation.job = job_enqueue(kind=KIND, key=f"{KIND}:{simulation.pk}", payload={"run": simulation.pk}, workspace_id=workspace.pk)
    simulation.save(update_fields=["job"])
    return {"simulation": simulation.pk, "playbook": flow.pk, "enrolment": stay.pk, "approval": approval.pk}
