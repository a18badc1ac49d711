"""The routing plan of a workspace: read, published with who and when, taken from an earlier version."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import IntegrityError, transaction

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record
from liuke.accounts.store.models import Membership, Team, Workspace
from liuke.alert.domain.routing_plan import RoutingPlan
from liuke.alert.domain.routing_read import Known, plan_from
from liuke.alert.store.models import RoutingVersion
from liuke.base.errors import Conflict, NotFound
from liuke.base.times import utc_now
from liuke.signals.domain.catalogue import BY_CODE

NOTE_LENGTH = 200


def routing_plan(workspace: Workspace) -> RoutingPlan:
    """The plan in force; the default one before the first is published. Whom it names may have left since."""
    live = routing_live(workspace.pk)
    return plan_from(live.plan) if live else RoutingPlan()


def routing_live(workspace_id: int) -> RoutingVersion | None:
    """The published version in force."""
    return RoutingVersion.objects.filter(workspace_id=workspace_id).select_related("published_by__user").order_by("-number").first()


def routing_versions(*, actor: Actor) -> list[RoutingVersion]:
    """Everything that was published, newest first. Needs `workspace` or `publish`."""
    _require(actor)
    return list(
        RoutingVersion.objects.filter(workspace_id=actor.workspace_id).select_related("published_by__user").order_by("-number")[:50]
    )


def routing_checked(*, actor: Actor, plan: Mapping[str, object], channels: Collection[str]) -> RoutingPlan:
    """The plan of plain data, held against what the workspace has. `channels`: what rows may name.

    Raises Invalid("routing_plan") with every fault, Forbidden without `publish`.
    """
    _require(actor)
    teams = set(Team.objects.filter(workspace_id=actor.workspace_id).values_list("id", flat=True))
    members = set(Membership.objects.filter(workspace_id=actor.workspace_id, is_active=True).values_list("id", flat=True))
    return plan_from(plan, Known(teams, members, BY_CODE, channels))


def routing_publish(
    *, actor: Actor, plan: Mapping[str, object], channels: Collection[str], based_on: int, note: str = ""
) -> RoutingVersion:
    """Put a plan in force. `based_on` is the number that the editor began from (0 = none).

    Raises Invalid("routing_plan") with every fault, Conflict("routing_changed") where somebody published meanwhile.
    """
    checked = routing_checked(actor=actor, plan=plan, channels=channels)
    live = routing_live(actor.workspace_id)
    number = live.number if live else 0
    if number != based_on:
        raise Conflict("routing_changed", number=number)
    try:
        with transaction.atomic():
            version = RoutingVersion.objects.create(
                workspace_id=actor.workspace_id, number=number + 1, plan=checked.to_plain(), note=note.strip()[:NOTE_LENGTH],
                published_by_id=actor.membership_id, published_at=utc_now(),
            )  # fmt: skip
            detail = {"number": version.number, "routes": len(checked.table.routes)}
            audit_record(actor=actor, action="routing_publish", object_type="routing", object_id=version.number, detail=detail)
    except IntegrityError:
        raise Conflict("routing_changed", number=number + 1) from None
    return version


def routing_version(*, actor: Actor, number: int) -> RoutingVersion:
    """One published version. Raises NotFound."""
    _require(actor)
    found = RoutingVersion.objects.filter(workspace_id=actor.workspace_id, number=number).first()
    if found is None:
        raise NotFound("routing_version_not_found", number=number)
    return found


def _require(actor: Actor) -> None:
    actor.require(Permission.PUBLISH)
