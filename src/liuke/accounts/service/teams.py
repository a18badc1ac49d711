"""Teams: who is supervised together."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service.audit import audit_record
from liuke.accounts.service.passwords import name_clean
from liuke.accounts.store.models import Team
from liuke.base.errors import Conflict, NotFound


def team_list(*, actor: Actor) -> list[Team]:
    """All teams by name, with `members` prefetched as `membership_set`. Open to every member."""
    teams = Team.objects.filter(workspace_id=actor.workspace_id).order_by("name", "pk")
    return list(teams.prefetch_related("membership_set__user"))


def team_get(*, actor: Actor, team_id: int) -> Team:
    """One team of the workspace. Raises NotFound."""
    team = Team.objects.filter(pk=team_id, workspace_id=actor.workspace_id).first()
    if team is None:
        raise NotFound("team_not_found", team=team_id)
    return team


@transaction.atomic
def team_create(*, actor: Actor, name: str) -> Team:
    """A new team. Raises Conflict("team_name_taken"), Forbidden without `people`."""
    actor.require(Permission.PEOPLE)
    team = Team(workspace_id=actor.workspace_id, name=name_clean(name))
    _save(team)
    audit_record(actor=actor, action="team_created", object_type="team", object_id=team.pk, detail={"name": team.name})
    return team


@transaction.atomic
def team_rename(*, actor: Actor, team_id: int, name: str) -> Team:
    """Raises Conflict("team_name_taken"), NotFound, Forbidden without `people`."""
    actor.require(Permission.PEOPLE)
    team = team_get(actor=actor, team_id=team_id)
    before, team.name = team.name, name_clean(name)
    _save(team)
    audit_record(actor=actor, action="team_renamed", object_type="team", object_id=team.pk, detail={"before": before, "after": team.name})
    return team


@transaction.atomic
def team_delete(*, actor: Actor, team_id: int) -> None:
    """Its people stay, without a team. Raises NotFound, Forbidden without `people`."""
    actor.require(Permission.PEOPLE)
    team = team_get(actor=actor, team_id=team_id)
    audit_record(actor=actor, action="team_deleted", object_type="team", object_id=team.pk, detail={"name": team.name})
    team.delete()


def _save(team: Team) -> None:
    try:
        with transaction.atomic():
            team.save()
    except IntegrityError as clash:
        raise Conflict("team_name_taken", name=team.name) from clash
