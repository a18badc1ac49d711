"""The workspace clock: product time, which a sample workspace simulates."""

from __future__ import annotations

from datetime import datetime

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service.audit import audit_record
from liuke.accounts.store.models import Workspace
from liuke.base.errors import Invalid
from liuke.base.times import utc_now


def workspace_now(workspace: Workspace) -> datetime:
    """The workspace's present, aware UTC: the simulated `as_of` where there is one, else the real clock.

    Nothing with a time at or after it may be shown. Leases, sessions and the audit trail read the real clock instead.
    """
    return workspace.simulated_as_of or utc_now()


def workspace_clock_set(*, actor: Actor, workspace: Workspace, as_of: datetime) -> Workspace:
    """Move a simulated clock forward to `as_of`; what it opens up is computed by the pipeline, not here.

    A conditional UPDATE: two people pressing the button at once move it once.
    Raises Invalid for a workspace on the real clock or a step backwards, Forbidden without `workspace`.
    """
    actor.require(Permission.WORKSPACE)
    if workspace.simulated_as_of is None:
        raise Invalid("clock_not_simulated")
    if as_of.tzinfo is None:
        raise Invalid("clock_needs_zone")
    moved = Workspace.objects.filter(pk=workspace.pk, simulated_as_of__isnull=False, simulated_as_of__lt=as_of).update(
        simulated_as_of=as_of
    )
    if not moved:
        raise Invalid("clock_only_forward", now=workspace.simulated_as_of.isoformat(), asked=as_of.isoformat())
    workspace.simulated_as_of = as_of
    audit_record(actor=actor, action="clock_set", object_type="workspace", object_id=workspace.pk, detail={"as_of": as_of.isoformat()})
    return workspace
