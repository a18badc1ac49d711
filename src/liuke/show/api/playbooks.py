"""挽回流程: write, try, publish, switch; who is in them and why not; approvals; ready ones."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router

from liuke.act.playbooks import service
from liuke.act.playbooks.ready import ready_apply
from liuke.act.playbooks.service import PlaybookText
from liuke.show.api.gate import reader_for
from liuke.show.api.schemas.common import OkOut, Page
from liuke.show.api.schemas.playbooks import (
    ApprovalIn,
    ApprovalOut,
    EnrolIn,
    EnrolledOut,
    EnrolmentOut,
    EnrolmentQuery,
    FlowKindsOut,
    NodeCountsOut,
    PlaybookOut,
    PlaybookPublishIn,
    PlaybookSaveIn,
    PlaybookVersionOut,
    ProblemsOut,
    ReadyOut,
    SpecIn,
    StayOut,
    WhyNotOut,
)
from liuke.show.api.schemas.rules import EnabledIn
from liuke.show.api.schemas.simulations import SimulateIn, SimulationRunOut
from liuke.show.queries import playbook_builder, playbook_people, playbooks

router = Router(tags=["playbooks"])
ONE = "/w/{slug}/playbooks/{int:playbook_id}"


def _text(data: PlaybookSaveIn) -> PlaybookText:
    return PlaybookText(data.name, data.about, data.kind, data.spec, data.note, data.seen_at)


@router.get("/w/{slug}/playbooks", response=list[PlaybookOut])
def playbook_list(request: HttpRequest, slug: str, archived: bool = False) -> list[PlaybookOut]:
    """All flows by name; `archived` lists those that were put away instead."""
    return playbooks.playbooks_out(reader_for(request, slug), archived=archived)


@router.post("/w/{slug}/playbooks", response=PlaybookOut)
def playbook_create(request: HttpRequest, slug: str, data: PlaybookSaveIn) -> PlaybookOut:
    """A new flow with a draft, 停用."""
    reader = reader_for(request, slug)
    return playbooks.playbook_out(reader, service.playbook_create(actor=reader.actor, text=_text(data)).pk)


@router.get("/w/{slug}/playbooks/kinds", response=FlowKindsOut)
def playbook_kind_list(request: HttpRequest, slug: str) -> FlowKindsOut:
    """Triggers and nodes with their fields, and what the workspace has for them to name."""
    return playbook_builder.kinds_out(reader_for(request, slug))


@router.post("/w/{slug}/playbooks/problems", response=ProblemsOut)
def playbook_problem_list(request: HttpRequest, slug: str, data: SpecIn) -> ProblemsOut:
    """What stands against publishing a flow; nothing is kept."""
    return playbook_builder.problems_out(reader_for(request, slug), data.spec)


@router.post("/w/{slug}/playbooks/simulations", response=SimulationRunOut)
def playbook_simulation_start(request: HttpRequest, slug: str, data: SimulateIn) -> SimulationRunOut:
    """试运行 as background work: progress and result by its number."""
    return playbook_builder.simulation_started(reader_for(request, slug), data)


@router.get("/w/{slug}/playbooks/simulations/{run_id}", response=SimulationRunOut)
def playbook_simulation_get(request: HttpRequest, slug: str, run_id: int) -> SimulationRunOut:
    """How far it is, and what came out."""
    reader = reader_for(request, slug)
    return playbook_builder.simulation_run_out(reader, service.simulation_get(actor=reader.actor, run_id=run_id))


@router.post("/w/{slug}/playbooks/simulations/{run_id}/cancel", response=SimulationRunOut)
def playbook_simulation_cancel(request: HttpRequest, slug: str, run_id: int) -> SimulationRunOut:
    """Stops it at its next moment."""
    reader = reader_for(request, slug)
    return playbook_builder.simulation_run_out(reader, service.simulation_cancel(actor=reader.actor, run_id=run_id))


@router.get("/w/{slug}/playbooks/packs", response=list[ReadyOut])
def playbook_pack_list(request: HttpRequest, slug: str) -> list[ReadyOut]:
    """现成流程."""
    return playbooks.ready_out(reader_for(request, slug))


@router.post("/w/{slug}/playbooks/packs/{code}/apply", response=PlaybookOut)
def playbook_pack_apply(request: HttpRequest, slug: str, code: str) -> PlaybookOut:
    """Takes a ready playbook as a draft; the one there is, if it was taken before."""
    reader = reader_for(request, slug)
    return playbooks.playbook_out(reader, ready_apply(actor=reader.actor, code=code, language=reader.language).pk)


@router.get("/w/{slug}/playbooks/approvals", response=list[ApprovalOut])
def approval_list(request: HttpRequest, slug: str) -> list[ApprovalOut]:
    """What waits for the asker's word."""
    return playbook_people.approvals_out(reader_for(request, slug))


@router.post("/w/{slug}/playbooks/approvals/{int:approval_id}", response=OkOut)
def approval_decide(request: HttpRequest, slug: str, approval_id: int, data: ApprovalIn) -> OkOut:
    """同意 or 不同意; the flow goes on at once. 409 where it was decided."""
    reader = reader_for(request, slug)
    service.approval_decide(actor=reader.actor, approval_id=approval_id, approved=data.approved, note=data.note)
    return OkOut()


@router.get(ONE, response=PlaybookOut)
def playbook_get(request: HttpRequest, slug: str, playbook_id: int) -> PlaybookOut:
    """One flow."""
    return playbooks.playbook_out(reader_for(request, slug), playbook_id)


@router.put(f"{ONE}/draft", response=PlaybookOut)
def playbook_draft_save(request: HttpRequest, slug: str, playbook_id: int, data: PlaybookSaveIn) -> PlaybookOut:
    """Keeps a draft, with faults or without; what is live stays. 409 where somebody else changed it after `seen_at`."""
    reader = reader_for(request, slug)
    service.playbook_update_draft(actor=reader.actor, playbook_id=playbook_id, text=_text(data))
    return playbooks.playbook_out(reader, playbook_id)


@router.delete(f"{ONE}/draft", response=PlaybookOut)
def playbook_draft_discard(request: HttpRequest, slug: str, playbook_id: int) -> PlaybookOut:
    """Throws the draft away."""
    reader = reader_for(request, slug)
    service.playbook_discard_draft(actor=reader.actor, playbook_id=playbook_id)
    return playbooks.playbook_out(reader, playbook_id)


@router.post(f"{ONE}/trial", response=PlaybookOut)
def playbook_trial(request: HttpRequest, slug: str, playbook_id: int) -> PlaybookOut:
    """From now on who would enter is logged; nothing is done."""
    reader = reader_for(request, slug)
    service.playbook_trial(actor=reader.actor, playbook_id=playbook_id)
    return playbooks.playbook_out(reader, playbook_id)


@router.post(f"{ONE}/publish", response=PlaybookOut)
def playbook_publish(request: HttpRequest, slug: str, playbook_id: int, data: PlaybookPublishIn) -> PlaybookOut:
    """Makes the draft live; who is in the flow finishes on the version that they entered."""
    reader = reader_for(request, slug)
    service.playbook_publish(actor=reader.actor, playbook_id=playbook_id, note=data.note)
    return playbooks.playbook_out(reader, playbook_id)


@router.post(f"{ONE}/enabled", response=PlaybookOut)
def playbook_enable(request: HttpRequest, slug: str, playbook_id: int, data: EnabledIn) -> PlaybookOut:
    """启用 / 停用, apart from versions."""
    reader = reader_for(request, slug)
    service.playbook_enable(actor=reader.actor, playbook_id=playbook_id, enabled=data.enabled)
    return playbooks.playbook_out(reader, playbook_id)


@router.post(f"{ONE}/pause", response=PlaybookOut)
def playbook_pause(request: HttpRequest, slug: str, playbook_id: int) -> PlaybookOut:
    """Everybody keeps their place; nobody enters."""
    reader = reader_for(request, slug)
    service.playbook_pause(actor=reader.actor, playbook_id=playbook_id)
    return playbooks.playbook_out(reader, playbook_id)


@router.post(f"{ONE}/resume", response=PlaybookOut)
def playbook_resume(request: HttpRequest, slug: str, playbook_id: int) -> PlaybookOut:
    """What fell due meanwhile is done now."""
    reader = reader_for(request, slug)
    service.playbook_resume(actor=reader.actor, playbook_id=playbook_id)
    return playbooks.playbook_out(reader, playbook_id)


@router.post(f"{ONE}/stop", response=PlaybookOut)
def playbook_stop(request: HttpRequest, slug: str, playbook_id: int) -> PlaybookOut:
    """Everybody leaves the flow, and it is switched off."""
    reader = reader_for(request, slug)
    service.playbook_stop(actor=reader.actor, playbook_id=playbook_id)
    return playbooks.playbook_out(reader, playbook_id)


@router.delete(ONE, response=OkOut)
def playbook_archive(request: HttpRequest, slug: str, playbook_id: int) -> OkOut:
    """As stop, and out of the list."""
    reader = reader_for(request, slug)
    service.playbook_archive(actor=reader.actor, playbook_id=playbook_id)
    return OkOut()


@router.get(f"{ONE}/versions", response=list[PlaybookVersionOut])
def playbook_version_list(request: HttpRequest, slug: str, playbook_id: int) -> list[PlaybookVersionOut]:
    """All versions, newest first."""
    return playbooks.versions_out(reader_for(request, slug), playbook_id)


@router.post(f"{ONE}/versions/{{int:number}}/restore", response=PlaybookOut)
def playbook_version_restore(request: HttpRequest, slug: str, playbook_id: int, number: int) -> PlaybookOut:
    """Makes a draft of an older version."""
    reader = reader_for(request, slug)
    service.playbook_rollback(actor=reader.actor, playbook_id=playbook_id, number=number)
    return playbooks.playbook_out(reader, playbook_id)


@router.get(f"{ONE}/counts", response=NodeCountsOut)
def playbook_counts(request: HttpRequest, slug: str, playbook_id: int) -> NodeCountsOut:
    """Who stands at each node now, and by which ways customers went on."""
    return playbooks.counts_out(reader_for(request, slug), playbook_id)


@router.get(f"{ONE}/enrolments", response=Page[EnrolmentOut])
def enrolment_list(request: HttpRequest, slug: str, playbook_id: int, wanted: Query[EnrolmentQuery]) -> Page[EnrolmentOut]:
    """Who is or was in the flow, the newest first; by node, status and arm."""
    return playbook_people.enrolments_page(reader_for(request, slug), playbook_id, wanted)


@router.post(f"{ONE}/enrolments", response=EnrolledOut)
def enrolment_add(request: HttpRequest, slug: str, playbook_id: int, data: EnrolIn) -> EnrolledOut:
    """Puts customers in by hand; audience, re-entry, budget and hold-out hold for them too."""
    return playbook_people.enrol_out(reader_for(request, slug), playbook_id, data)


@router.post("/w/{slug}/enrolments/{int:enrolment_id}/stop", response=OkOut)
def enrolment_stop(request: HttpRequest, slug: str, enrolment_id: int) -> OkOut:
    """Takes one customer out."""
    reader = reader_for(request, slug)
    service.enrolment_stop(actor=reader.actor, enrolment_id=enrolment_id)
    return OkOut()


@router.get(f"{ONE}/why/{{int:customer_id}}", response=WhyNotOut)
def playbook_why_not(request: HttpRequest, slug: str, playbook_id: int, customer_id: int) -> WhyNotOut:
    """为什么没有进入: everything that was looked at, and what stood against it."""
    return playbook_people.why_not_out(reader_for(request, slug), playbook_id, customer_id)


@router.get("/w/{slug}/customers/{int:customer_id}/playbooks", response=list[StayOut])
def customer_playbooks(request: HttpRequest, slug: str, customer_id: int) -> list[StayOut]:
    """One customer's stays with every step, the newest first."""
    return playbook_people.history_out(reader_for(request, slug), customer_id)
