"""Hours: what a customer takes here, and what people have (BEY-11)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission, Scope
from liuke.accounts.service import audit_record
from liuke.accounts.store.models import Membership
from liuke.alert.domain.capacity import LONGEST, Efforts, efforts_from_plain
from liuke.alert.domain.recipients import Staff
from liuke.alert.store.models import Capacity, MemberCapacity
from liuke.base.errors import Forbidden, Invalid, NotFound
from liuke.base.faults import fault_of
from liuke.base.times import utc_now


def efforts_of(workspace_id: int) -> Efforts:
    """What a customer takes here; the product's numbers where nobody changed them."""
    row = Capacity.objects.filter(workspace_id=workspace_id).first()
    return efforts_from_plain(row.efforts)[0] if row else Efforts()


def efforts_change(*, actor: Actor, efforts: Mapping[str, object]) -> Efforts:
    """New efforts for the workspace. Raises Invalid("capacity", faults=[…]) with every fault."""
    actor.require(Permission.WORKSPACE)
    found, faults = efforts_from_plain(efforts)
    faults.raise_if_any("capacity")
    values = {"efforts": found.to_plain(), "updated_by_id": actor.membership_id, "updated_at": utc_now()}
    Capacity.objects.update_or_create(workspace_id=actor.workspace_id, defaults=values)
    audit_record(actor=actor, action="capacity_change", object_type="workspace", object_id=actor.workspace_id)
    return found


def minutes_change(*, actor: Actor, member_id: int, minutes: int | None) -> None:
    """A person's minutes per working day; None = as the workspace has it. One's own needs `handle`, others' `assign`."""
    own = member_id == actor.membership_id
    actor.require(Permission.HANDLE if own else Permission.ASSIGN)
    member = Membership.objects.filter(pk=member_id, workspace_id=actor.workspace_id).first()
    if member is None:
        raise NotFound("person_not_found", person=member_id)
    if not own and actor.scope is Scope.TEAM and member.team_id != actor.team_id:
        raise Forbidden("forbidden", permission=Permission.ASSIGN.value)
    if minutes is None:
        MemberCapacity.objects.filter(member=member).delete()
    elif 0 <= minutes <= LONGEST:
        MemberCapacity.objects.update_or_create(member=member, defaults={"minutes": minutes})
    else:
        raise Invalid("capacity", faults=[fault_of("minutes", minutes, f"0–{LONGEST}")])
    audit_record(actor=actor, action="capacity_change", object_type="membership", object_id=member_id, detail={"minutes": minutes})


def minutes_of(workspace_id: int, members: Collection[int], staff: Staff, efforts: Efforts) -> dict[int, int]:
    """Each person's minutes today: nothing for whoever is away."""
    own = dict(MemberCapacity.objects.filter(member__workspace_id=workspace_id).values_list("member_id", "minutes"))
    return {member: own.get(member, efforts.per_day) if staff.reader(member) == member else 0 for member in members}
