"""Who can be given an alert or a work item."""

from __future__ import annotations

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import PERMISSIONS, Permission, Role, Scope
from liuke.accounts.store.models import Membership
from liuke.base.errors import Invalid


def assignee(actor: Actor, membership_id: int) -> Membership:
    """An active member of the actor's workspace who may follow up; for a team supervisor, one of the team.

    Raises Invalid("assignee_unknown") for anybody else, without telling whether such a member exists.
    """
    member = Membership.objects.filter(pk=membership_id, workspace_id=actor.workspace_id, is_active=True).first()
    if member is None or Permission.HANDLE not in PERMISSIONS[Role(member.role)]:
        raise Invalid("assignee_unknown", membership=membership_id)
    if actor.scope is Scope.TEAM and (actor.team_id is None or member.team_id != actor.team_id):
        raise Invalid("assignee_unknown", membership=membership_id)
    return member
