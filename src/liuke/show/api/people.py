"""People, teams, API keys, audit."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from liuke.show.api.schemas.accounts import (
    ApiKeyCreatedOut,
    ApiKeyIn,
    ApiKeyOut,
    AuditOut,
    PersonIn,
    PersonInvitedOut,
    PersonOut,
    PersonPatch,
    TeamIn,
    TeamOut,
)
from liuke.show.api.schemas.common import OkOut, Page, PersonRef

router = Router(tags=["people"])


@router.get("/w/{slug}/people", response=list[PersonOut])
def person_list(request: HttpRequest, slug: str) -> list[PersonOut]:
    """Everybody in the workspace, with role and number of customers."""
    raise NotImplementedError


@router.get("/w/{slug}/owners", response=list[PersonRef])
def owner_list(request: HttpRequest, slug: str) -> list[PersonRef]:
    """People who can own customers, as far as the asker may assign to them."""
    raise NotImplementedError


@router.post("/w/{slug}/people", response=PersonInvitedOut)
def person_invite(request: HttpRequest, slug: str, data: PersonIn) -> PersonInvitedOut:
    """Invites a person; the link is shown once."""
    raise NotImplementedError


@router.patch("/w/{slug}/people/{person_id}", response=PersonOut)
def person_update(request: HttpRequest, slug: str, person_id: int, data: PersonPatch) -> PersonOut:
    """Role, team, active; hands customers over to a successor."""
    raise NotImplementedError


@router.post("/w/{slug}/people/{person_id}/invite", response=PersonInvitedOut)
def person_reinvite(request: HttpRequest, slug: str, person_id: int) -> PersonInvitedOut:
    """A fresh invitation link."""
    raise NotImplementedError


@router.get("/w/{slug}/teams", response=list[TeamOut])
def team_list(request: HttpRequest, slug: str) -> list[TeamOut]:
    """Teams with their people."""
    raise NotImplementedError


@router.post("/w/{slug}/teams", response=TeamOut)
def team_create(request: HttpRequest, slug: str, data: TeamIn) -> TeamOut:
    """A new team."""
    raise NotImplementedError


@router.patch("/w/{slug}/teams/{team_id}", response=TeamOut)
def team_update(request: HttpRequest, slug: str, team_id: int, data: TeamIn) -> TeamOut:
    """Renames a team."""
    raise NotImplementedError


@router.delete("/w/{slug}/teams/{team_id}", response=OkOut)
def team_delete(request: HttpRequest, slug: str, team_id: int) -> OkOut:
    """Deletes a team; its people stay without one."""
    raise NotImplementedError


@router.get("/w/{slug}/api-keys", response=list[ApiKeyOut])
def api_key_list(request: HttpRequest, slug: str) -> list[ApiKeyOut]:
    """All keys, without secrets."""
    raise NotImplementedError


@router.post("/w/{slug}/api-keys", response=ApiKeyCreatedOut)
def api_key_create(request: HttpRequest, slug: str, data: ApiKeyIn) -> ApiKeyCreatedOut:
    """A new key; its secret is shown this once."""
    raise NotImplementedError


@router.delete("/w/{slug}/api-keys/{key_id}", response=ApiKeyOut)
def api_key_revoke(request: HttpRequest, slug: str, key_id: int) -> ApiKeyOut:
    """Revokes a key at once."""
    raise NotImplementedError


@router.get("/w/{slug}/audit", response=Page[AuditOut])
def audit_list(request: HttpRequest, slug: str, action: str = "", actor: str = "", cursor: str = "", limit: int = 50) -> Page[AuditOut]:
    """The audit trail, newest first."""
    raise NotImplementedError
