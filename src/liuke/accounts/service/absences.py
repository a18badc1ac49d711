"""Absences: who is away from when to when, and who stands in (代办). What somebody owns stays theirs."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import PERMISSIONS, Permission, Role, Scope
from liuke.accounts.service.audit import audit_record
from liuke.accounts.store.away import stand_ins_on
from liuke.accounts.store.models import Absence, Membership
from liuke.base.errors import Forbidden, Invalid, NotFound

__all__ = ["absence_create", "absence_end", "absence_list", "stand_ins_on"]

LONGEST_DAYS = 366


def absence_list(*, actor: Actor, since: date) -> list[Absence]:
    """Absences that end on or after `since`: everybody's for who administers people or assigns work, else one's own."""
    found = Absence.objects.filter(workspace_id=actor.workspace_id, ends_on__gte=since).order_by("starts_on", "id")
    found = found.select_related("member__user", "deputy__user")
    if actor.may(Permission.PEOPLE) or (actor.scope is Scope.ALL and actor.may(Permission.ASSIGN)):
        return list(found)
    if actor.may(Permission.ASSIGN) and actor.team_id is not None:
        return list(found.filter(member__team_id=actor.team_id))
    return list(found.filter(member_id=actor.membership_id or 0))


@transaction.atomic
def absence_create(*, actor: Actor, member_id: int, deputy_id: int, starts_on: date, ends_on: date, today: date) -> Absence:
    """A new absence, of oneself, of the own team's people for its supervisor, of anybody for who administers people or assigns for all.

    Raises Forbidden, Invalid("absence_days") where it ends before it starts, before today or a year later, Invalid("absence_deputy")
    for a deputy who is oneself, has left or may not follow up, Invalid("absence_overlaps").
    """
    _may(actor, member_id)
    member = Membership.objects.filter(pk=member_id, workspace_id=actor.workspace_id, is_active=True).first()
    if member is None:
        raise NotFound("person_not_found", person=member_id)
    if not starts_on <= ends_on or ends_on < today or (ends_on - starts_on).days > LONGEST_DAYS:
        raise Invalid("absence_days", starts=starts_on.isoformat(), ends=ends_on.isoformat(), most=LONGEST_DAYS)
    deputy = Membership.objects.filter(pk=deputy_id, workspace_id=actor.workspace_id, is_active=True).exclude(pk=member_id).first()
    if deputy is None or Permission.HANDLE not in PERMISSIONS[Role(deputy.role)]:
        raise Invalid("absence_deputy", deputy=deputy_id)
    if Absence.objects.filter(member=member, starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise Invalid("absence_overlaps")
    absence = Absence.objects.create(
        workspace_id=actor.workspace_id, member=member, deputy=deputy, starts_on=starts_on, ends_on=ends_on,
        created_by_id=actor.membership_id,
    )  # fmt: skip
    days = {"deputy": deputy_id, "starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
    audit_record(actor=actor, action="absence_created", object_type="person", object_id=member_id, detail=days)
    return absence


@transaction.atomic
def absence_end(*, actor: Actor, absence_id: int) -> None:
    """Take an absence away, or end it early: whoever was away has what is theirs again at once. Raises NotFound, Forbidden."""
    absence = Absence.objects.filter(pk=absence_id, workspace_id=actor.workspace_id).first()
    if absence is None:
        raise NotFound("absence_not_found", absence=absence_id)
    try:
        _may(actor, absence.member_id)
    except Forbidden:
        raise NotFound("absence_not_found", absence=absence_id) from None
    audit_record(actor=actor, action="absence_ended", object_type="person", object_id=absence.member_id, detail={"absence": absence_id})
    absence.delete()


def _may(actor: Actor, member_id: int) -> None:
    """One's own; of anybody for who administers people or assigns for all; of the own team for its supervisor. Raises Forbidden."""
    if actor.membership_id == member_id or actor.may(Permission.PEOPLE):
        return
    if actor.may(Permission.ASSIGN):
        if actor.scope is Scope.ALL:
            return
        if actor.team_id is not None and Membership.objects.filter(pk=member_id, team_id=actor.team_id).exists():
            return
    raise Forbidden("forbidden", permission=Permission.PEOPLE.value)
