"""People, teams, API keys, audit."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from ninja import Query, Router

from liuke.accounts import service as accounts
from liuke.accounts.domain.roles import Permission, Role
from liuke.base.errors import NotFound
from liuke.show.api.gate import reader_for
from liuke.show.api.schemas.accounts import (
    ApiKeyCreatedOut,
    ApiKeyIn,
    ApiKeyOut,
    AuditOut,
    OriginsIn,
    PersonIn,
    PersonInvitedOut,
    PersonOut,
    PersonPatch,
    TeamIn,
    TeamOut,
)
from liuke.show.api.schemas.common import OkOut, Page, PersonRef
from liuke.show.api.schemas.queries import AuditQuery
from liuke.show.queries import people
from liuke.show.service.handover import customers_hand_over, require_handed_over

router = Router(tags=["people"])


def public_url() -> str:
    """Where people open the product."""
    return str(settings.LIUKE.public_url)


@router.get("/w/{slug}/people", response=list[PersonOut])
def person_list(request: HttpRequest, slug: str) -> list[PersonOut]:
    """Everybody in the workspace, with role and number of customers."""
    return people.people(reader_for(request, slug))


@router.get("/w/{slug}/owners", response=list[PersonRef])
def owner_list(request: HttpRequest, slug: str) -> list[PersonRef]:
    """People who can own customers, as far as the asker may assign to them."""
    return people.owners(reader_for(request, slug))


@router.post("/w/{slug}/people", response=PersonInvitedOut)
def person_invite(request: HttpRequest, slug: str, data: PersonIn) -> PersonInvitedOut:
    """Invites a person; the link is shown once."""
    reader = reader_for(request, slug)
    invited = accounts.person_invite(actor=reader.actor, name=data.name, email=data.email, role=Role(data.role), team_id=data.team_id)
    return people.invited_out(reader, invited, public_url())


@router.patch("/w/{slug}/people/{person_id}", response=PersonOut)
def person_update(request: HttpRequest, slug: str, person_id: int, data: PersonPatch) -> PersonOut:
    """Role, team, active; hands customers over to a successor. Whoever leaves holds nothing any more, or it is refused."""
    reader = reader_for(request, slug)
    with transaction.atomic():
        person = accounts.person_update(
            actor=reader.actor,
            membership_id=person_id,
            role=Role(data.role) if data.role else None,
            team_id=data.team_id if "team_id" in data.model_fields_set else accounts.KEEP,
            is_active=data.is_active,
        )
        customers_hand_over(actor=reader.actor, workspace=reader.workspace, owner_id=person_id, successor_id=data.successor_id)
        if data.is_active is False:
            require_handed_over(reader.workspace.pk, person_id)
    return people.one_person(reader, person)


@router.post("/w/{slug}/people/{person_id}/invite", response=PersonInvitedOut)
def person_reinvite(request: HttpRequest, slug: str, person_id: int) -> PersonInvitedOut:
    """A fresh invitation link."""
    reader = reader_for(request, slug)
    return people.invited_out(reader, accounts.person_reinvite(actor=reader.actor, membership_id=person_id), public_url())


@router.get("/w/{slug}/teams", response=list[TeamOut])
def team_list(request: HttpRequest, slug: str) -> list[TeamOut]:
    """Teams with their people."""
    return people.teams(reader_for(request, slug))


@router.post("/w/{slug}/teams", response=TeamOut)
def team_create(request: HttpRequest, slug: str, data: TeamIn) -> TeamOut:
    """A new team."""
    return people.team_out(accounts.team_create(actor=reader_for(request, slug).actor, name=data.name), [])


@router.patch("/w/{slug}/teams/{team_id}", response=TeamOut)
def team_update(request: HttpRequest, slug: str, team_id: int, data: TeamIn) -> TeamOut:
    """Renames a team."""
    reader = reader_for(request, slug)
    accounts.team_rename(actor=reader.actor, team_id=team_id, name=data.name)
    found = next((team for team in people.teams(reader) if team.id == team_id), None)
    if found is None:
        raise NotFound("team_not_found", team=team_id)
    return found


@router.delete("/w/{slug}/teams/{team_id}", response=OkOut)
def team_delete(request: HttpRequest, slug: str, team_id: int) -> OkOut:
    """Deletes a team; its people stay without one."""
    accounts.team_delete(actor=reader_for(request, slug).actor, team_id=team_id)
    return OkOut()


@router.get("/w/{slug}/api-keys", response=list[ApiKeyOut])
def api_key_list(request: HttpRequest, slug: str) -> list[ApiKeyOut]:
    """All keys, without secrets."""
    reader = reader_for(request, slug)
    return [people.api_key_out(reader, key) for key in accounts.api_key_list(actor=reader.actor)]


@router.post("/w/{slug}/api-keys", response=ApiKeyCreatedOut)
def api_key_create(request: HttpRequest, slug: str, data: ApiKeyIn) -> ApiKeyCreatedOut:
    """A new key; its secret is shown this once."""
    reader = reader_for(request, slug)
    made = accounts.api_key_create(actor=reader.actor, name=data.name, scopes=data.scopes, origins=data.origins)
    return ApiKeyCreatedOut(key=people.api_key_out(reader, made.key), secret=made.secret)


@router.put("/w/{slug}/api-keys/{key_id}/origins", response=ApiKeyOut)
def api_key_origins(request: HttpRequest, slug: str, key_id: int, data: OriginsIn) -> ApiKeyOut:
    """Other sites for a key of pages."""
    reader = reader_for(request, slug)
    return people.api_key_out(reader, accounts.api_key_origins(actor=reader.actor, key_id=key_id, origins=data.origins))


@router.delete("/w/{slug}/api-keys/{key_id}", response=ApiKeyOut)
def api_key_revoke(request: HttpRequest, slug: str, key_id: int) -> ApiKeyOut:
    """Revokes a key at once."""
    reader = reader_for(request, slug)
    return people.api_key_out(reader, accounts.api_key_revoke(actor=reader.actor, key_id=key_id))


@router.get("/w/{slug}/audit", response=Page[AuditOut])
def audit_list(request: HttpRequest, slug: str, wanted: Query[AuditQuery]) -> Page[AuditOut]:
    """The audit trail, newest first."""
    reader = reader_for(request, slug)
    reader.actor.require(Permission.AUDIT)
    return people.audit_page(reader=reader, action=wanted.action, actor=wanted.actor, cursor=wanted.cursor, limit=wanted.limit)
