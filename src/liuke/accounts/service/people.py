"""People of a workspace: invite, change, deactivate; never without an admin."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission, Role, Scope
from liuke.accounts.domain.tokens import digest
from liuke.accounts.service.audit import audit_record
from liuke.accounts.service.passwords import email_clean, name_clean, password_check
from liuke.accounts.store.models import Invitation, Membership, Team, User
from liuke.base.errors import Conflict, Forbidden, Invalid, NotFound
from liuke.base.times import utc_now

INVITATION_LASTS = timedelta(days=7)
RESET_LASTS = timedelta(hours=24)
KEEP: Final = -1
"""For `team_id`: leave it as it is; null takes the person out of the team."""


@dataclass(frozen=True, slots=True)
class Person:
    """A member; `invited` until they have chosen a password."""

    membership: Membership
    invited: bool


@dataclass(frozen=True, slots=True)
class Invited:
    """`token` is the secret of the one-time link, shown once; empty where the person already has an account and needs no link."""

    person: Person
    token: str


def _members(actor: Actor) -> QuerySet[Membership]:
    return Membership.objects.select_related("user", "team").filter(workspace_id=actor.workspace_id)


def _person(member: Membership) -> Person:
    return Person(member, not member.user.has_usable_password())


def people_list(*, actor: Actor) -> list[Person]:
    """Everybody, deactivated people included, by name. Raises Forbidden without `people`."""
    actor.require(Permission.PEOPLE)
    return [_person(member) for member in _members(actor).order_by("-is_active", "user__name", "pk")]


def owners_list(*, actor: Actor) -> list[Membership]:
    """Active people whose work the actor may see, as filters and assign menus offer them: all, the own team, or oneself."""
    members = _members(actor).filter(is_active=True).order_by("user__name", "pk")
    if actor.scope == Scope.ALL:
        return list(members)
    if actor.scope == Scope.TEAM and actor.team_id is not None:
        return list(members.filter(team_id=actor.team_id))
    return [] if actor.membership_id is None else list(members.filter(pk=actor.membership_id))


def person_get(*, actor: Actor, membership_id: int) -> Person:
    """A member of the actor's workspace. Raises NotFound."""
    member = _members(actor).filter(pk=membership_id).first()
    if member is None:
        raise NotFound("person_not_found", person=membership_id)
    return _person(member)


@transaction.atomic
def person_invite(*, actor: Actor, name: str, email: str, role: Role, team_id: int | None = None) -> Invited:
    """Add a person. New people get a one-time link valid seven days; people with an account are members at once.

    Raises Conflict("already_member"), Invalid, Forbidden without `people`, Forbidden("invited_elsewhere") for somebody who was
    invited to a workspace that the actor does not administer and has no password yet: whoever holds a link sets it.
    """
    actor.require(Permission.PEOPLE)
    address = email_clean(email)
    team = _team(actor, team_id)
    user = User.objects.filter(email=address).first() or User.objects.create_user(address, None, name=name_clean(name))
    if not user.has_usable_password() and not _administers_all(actor, user):
        raise Forbidden("invited_elsewhere", email=address)
    member, made = Membership.objects.get_or_create(workspace_id=actor.workspace_id, user=user, defaults={"role": Role(role), "team": team})
    if not made:
        raise Conflict("already_member", email=address)
    audit_record(actor=actor, action="person_invited", object_type="person", object_id=member.pk, detail={"role": role})
    token = "" if user.has_usable_password() else _new_link(member, is_reset=False)
    return Invited(_person(member), token)


@transaction.atomic
def person_reinvite(*, actor: Actor, membership_id: int) -> Invited:
    """A fresh link; the old one stops working. For a person with a password it is a reset link, valid 24 hours.

    Refused where the person also belongs to a workspace that the actor does not administer: who holds a link can log in as
    that person. Raises Forbidden, NotFound.
    """
    actor.require(Permission.PEOPLE)
    person = person_get(actor=actor, membership_id=membership_id)
    if not _administers_all(actor, person.membership.user):
        raise Forbidden("reset_elsewhere")
    action = "person_reinvited" if person.invited else "password_reset_link"
    audit_record(actor=actor, action=action, object_type="person", object_id=membership_id)
    return Invited(person, _new_link(person.membership, is_reset=not person.invited))


def _administers_all(actor: Actor, user: User) -> bool:
    if actor.user_id is None:
        return False
    theirs = set(Membership.objects.filter(user=user, is_active=True).values_list("workspace_id", flat=True))
    mine = Membership.objects.filter(user_id=actor.user_id, role=Role.ADMIN, is_active=True, workspace_id__in=theirs)
    return set(mine.values_list("workspace_id", flat=True)) == theirs


def _new_link(member: Membership, *, is_reset: bool) -> str:
    token = secrets.token_urlsafe(32)
    expires = utc_now() + (RESET_LASTS if is_reset else INVITATION_LASTS)
    fields = {"workspace_id": member.workspace_id, "token_digest": digest(token), "expires_at": expires, "accepted_at": None}
    Invitation.objects.update_or_create(membership=member, defaults=fields | {"is_reset": is_reset})
    return token


@transaction.atomic
def person_update(
    *, actor: Actor, membership_id: int, role: Role | None = None, team_id: int | None = KEEP, is_active: bool | None = None
) -> Person:
    """Change role, team or whether the person may come in. Their customers stay theirs until handed over.

    Raises Conflict("last_admin") where nobody would be left to administer, NotFound, Forbidden without `people`.
    """
    actor.require(Permission.PEOPLE)
    admins = Membership.objects.select_for_update().filter(workspace_id=actor.workspace_id, role=Role.ADMIN, is_active=True)
    others = [pk for pk in admins.values_list("pk", flat=True) if pk != membership_id]
    member = person_get(actor=actor, membership_id=membership_id).membership
    before = {"role": member.role, "team": member.team_id, "is_active": member.is_active}
    member.role = member.role if role is None else Role(role)
    member.is_active = member.is_active if is_active is None else is_active
    if team_id != KEEP:
        member.team = _team(actor, team_id)
    if not others and not (member.role == Role.ADMIN and member.is_active):
        raise Conflict("last_admin")
    member.save(update_fields=["role", "team", "is_active"])
    after = {"role": member.role, "team": member.team_id, "is_active": member.is_active}
    audit_record(actor=actor, action="person_updated", object_type="person", object_id=member.pk, detail={"before": before, "after": after})
    return _person(member)


def _team(actor: Actor, team_id: int | None) -> Team | None:
    if team_id is None:
        return None
    team = Team.objects.filter(pk=team_id, workspace_id=actor.workspace_id).first()
    if team is None:
        raise Invalid("team_not_found", team=team_id)
    return team


def invitation_read(*, token: str) -> Invitation:
    """The invitation behind a link. Raises NotFound("invitation_gone") where it is unknown, used, expired or withdrawn."""
    invitations = Invitation.objects.select_related("membership__user", "workspace")
    open_ = invitations.filter(accepted_at=None, expires_at__gt=utc_now(), membership__is_active=True)
    found = open_.filter(token_digest=digest(token)).first()
    if found is None or (found.membership.user.has_usable_password() and not found.is_reset):
        raise NotFound("invitation_gone")
    return found


@transaction.atomic
def invitation_accept(*, token: str, password: str) -> User:
    """Set the password of the invited person, once. Raises NotFound("invitation_gone") or Invalid("password_weak")."""
    invitation = invitation_read(token=token)
    member, user = invitation.membership, invitation.membership.user
    password_check(password, user=user, language=user.language)
    if not Invitation.objects.filter(pk=invitation.pk, accepted_at=None).update(accepted_at=utc_now()):
        raise NotFound("invitation_gone")
    user.set_password(password)
    user.save(update_fields=["password"])
    actor = Actor(
        member.workspace_id, member.pk, user.pk, Role(member.role), None, Scope.NONE, frozenset(), user.language, False, user.name
    )
    audit_record(
        actor=actor, action="invitation_accepted", object_type="person", object_id=member.pk, detail={"reset": invitation.is_reset}
    )
    return user
