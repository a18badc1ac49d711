"""Who sees a work item: the people who can be named in its comments, because the link would open for them."""

from __future__ import annotations

from liuke.accounts.domain.roles import SCOPE, Role, Scope
from liuke.accounts.store.models import Membership
from liuke.act.store.models import WorkItem


def who_sees(item: WorkItem) -> list[Membership]:
    """Active members for whom `work_items_visible` holds the item, by id. The item has its customer loaded."""
    owners = {owner for owner in (item.owner_id, item.customer.owner_id) if owner is not None}
    teams: set[int | None] = set(Membership.objects.filter(pk__in=owners, team__isnull=False).values_list("team_id", flat=True))
    members = Membership.objects.filter(workspace_id=item.workspace_id, is_active=True).select_related("user").order_by("pk")
    return [member for member in members if _sees(member, owners, teams)]


def _sees(member: Membership, owners: set[int], teams: set[int | None]) -> bool:
    scope = SCOPE[Role(member.role)]
    if scope is Scope.NONE:
        return False
    return scope is Scope.ALL or member.pk in owners or (scope is Scope.TEAM and member.team_id in teams)
