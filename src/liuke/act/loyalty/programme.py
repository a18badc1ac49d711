"""The programme of a workspace: the newest version holds; publishing makes the next one."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record
from liuke.accounts.store.models import Workspace
from liuke.act.loyalty.domain.programme import Programme, programme_from_plain
from liuke.act.store.models import LoyaltyVersion
from liuke.base.errors import NotFound
from liuke.base.times import utc_now


def programme_of(workspace_id: int) -> Programme:
    """What holds now; the defaults, switched off, where nothing was published."""
    newest = LoyaltyVersion.objects.filter(workspace_id=workspace_id).order_by("-number").first()
    return programme_from_plain(newest.spec) if newest else Programme()


def programme_publish(*, actor: Actor, spec: Mapping[str, object], note: str = "") -> LoyaltyVersion:
    """A new version that holds from now; what was earned stays. Raises Invalid("loyalty_programme") with every fault."""
    actor.require(Permission.PUBLISH)
    checked = programme_from_plain(spec)
    with transaction.atomic():
        Workspace.objects.select_for_update().get(pk=actor.workspace_id)
        last = LoyaltyVersion.objects.filter(workspace_id=actor.workspace_id).aggregate(last=Max("number"))["last"] or 0
        version = LoyaltyVersion.objects.create(
            workspace_id=actor.workspace_id, number=last + 1, spec=checked.to_plain(), note=note.strip()[:200],
            created_by_id=actor.membership_id, created_at=utc_now(),
        )  # fmt: skip
        audit_record(actor=actor, action="loyalty_publish", object_type="loyalty", object_id=version.number)
    return version


def programme_restore(*, actor: Actor, number: int, note: str = "") -> LoyaltyVersion:
    """The programme of an earlier version, published anew. Raises NotFound("loyalty_version_not_found")."""
    earlier = LoyaltyVersion.objects.filter(workspace_id=actor.workspace_id, number=number).first()
    if earlier is None:
        raise NotFound("loyalty_version_not_found", number=number)
    return programme_publish(actor=actor, spec=earlier.spec, note=note)
