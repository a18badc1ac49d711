"""The yes or no that flows wait for."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q, QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record, workspace_now
from liuke.accounts.store.models import Workspace
from liuke.act.playbooks.engine.soon import wake_soon
from liuke.act.store.models import Enrolment, PlaybookApproval
from liuke.act.store.models_playbooks import RUNNING
from liuke.base.errors import Conflict, NotFound
from liuke.facts.service import customers_visible


def approvals_visible(actor: Actor) -> QuerySet[PlaybookApproval]:
    """Open approvals that the actor may give: those that ask this person, and those for anybody who may assign."""
    asked = Q(approver_id=actor.membership_id, approver_id__isnull=False)
    if actor.may(Permission.ASSIGN):
        asked |= Q(approver_id__isnull=True, enrolment__customer__in=customers_visible(actor))
    rows = PlaybookApproval.objects.filter(asked, workspace_id=actor.workspace_id, approved__isnull=True)
    return rows.filter(enrolment__status__in=RUNNING).select_related("enrolment__customer", "enrolment__playbook").order_by("due_at", "pk")


def approval_decide(*, actor: Actor, approval_id: int, approved: bool, note: str = "") -> PlaybookApproval:
    """Say yes or no; the flow goes on at its next wake, at once. Raises NotFound("approval_unknown"), Conflict("approval_decided")."""
    found = PlaybookApproval.objects.filter(pk=approval_id, workspace_id=actor.workspace_id).first()
    if found is None:
        raise NotFound("approval_unknown", approval=approval_id)
    if found.approved is not None:
        raise Conflict("approval_decided", approval=approval_id)
    if not approvals_visible(actor).filter(pk=approval_id).exists():
        raise NotFound("approval_unknown", approval=approval_id)
    now = workspace_now(Workspace.objects.get(pk=actor.workspace_id))
    with transaction.atomic():
        open_one = PlaybookApproval.objects.filter(pk=approval_id, approved__isnull=True)
        if not open_one.update(approved=approved, decided_at=now, decided_by_id=actor.membership_id, note=note[:200]):
            raise Conflict("approval_decided", approval=approval_id)
        waiting = Enrolment.objects.filter(pk=found.enrolment_id, seq=found.seq, status=Enrolment.Status.WAITING)
        waiting.update(wake_at=now)
        wake_soon(actor.workspace_id)
        audit_record(
            actor=actor, action="playbook_approval", object_type="enrolment", object_id=found.enrolment_id, detail={"approved": approved}
        )
    return PlaybookApproval.objects.get(pk=approval_id)
