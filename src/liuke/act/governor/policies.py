"""The policy in force, published by people as numbered versions, and what it would have done to the last 30 days."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record
from liuke.accounts.store.models import Workspace
from liuke.act.governor.domain_policy import DEFAULT, Policy, policy_plain
from liuke.act.governor.domain_policy_read import policy_read
from liuke.act.store.models import GovernorPolicyVersion
from liuke.base.errors import Conflict, Invalid, NotFound
from liuke.base.times import utc_now


def policy_of(workspace: Workspace) -> Policy:
    """The policy in force; the defaults where nobody published one."""
    live = policy_versions(workspace).first()
    return DEFAULT if live is None else policy_read(live.policy)[0]


def policy_versions(workspace: Workspace) -> QuerySet[GovernorPolicyVersion]:
    """All versions, the newest first."""
    return GovernorPolicyVersion.objects.filter(workspace=workspace).order_by("-number")


def policy_checked(plain: Mapping[str, object]) -> Policy:
    """The policy that plain data describes. Raises Invalid("governor_policy", faults=…) with every fault."""
    policy, faults = policy_read(plain)
    faults.raise_if_any("governor_policy")
    return policy


def policy_publish(*, actor: Actor, plain: Mapping[str, object], based_on: int, note: str = "") -> GovernorPolicyVersion:
    """A new version, in force at once. `based_on`: the number that was edited, 0 = the defaults.

    Raises Conflict where somebody published in between, Invalid with every fault, Forbidden without `publish`.
    """
    actor.require(Permission.PUBLISH)
    policy = policy_checked(plain)
    if len(note) > 200:
        raise Invalid("text_too_long", field="note", limit=200)
    workspace = Workspace.objects.get(pk=actor.workspace_id)
    last = policy_versions(workspace).first()
    if (last.number if last else 0) != based_on:
        raise Conflict("governor_policy_changed", number=last.number if last else 0)
    try:
        with transaction.atomic():
            version = GovernorPolicyVersion.objects.create(
                workspace=workspace, number=based_on + 1, policy=policy_plain(policy), note=note.strip(),
                by_id=actor.membership_id, at=utc_now(),
            )  # fmt: skip
            changed = _changed(last.policy if last else policy_plain(DEFAULT), version.policy)
            audit_record(
                actor=actor, action="governor_policy_publish", object_type="governor_policy", object_id=version.number,
                detail={"fields": changed, "dry_run": policy.dry_run},
            )  # fmt: skip
    except IntegrityError:
        raise Conflict("governor_policy_changed", number=based_on + 1) from None
    return version


def policy_restore(*, actor: Actor, number: int) -> GovernorPolicyVersion:
    """The contents of an older version as a new one. Raises NotFound; 0 stands for the defaults."""
    actor.require(Permission.PUBLISH)
    workspace = Workspace.objects.get(pk=actor.workspace_id)
    versions = policy_versions(workspace)
    old = versions.filter(number=number).first()
    if old is None and number != 0:
        raise NotFound("governor_policy_version", number=number)
    last = versions.first()
    plain = old.policy if old else policy_plain(DEFAULT)
    return policy_publish(actor=actor, plain=plain, based_on=last.number if last else 0, note=f"← {number}")


def _changed(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    return sorted(name for name in after if before.get(name) != after[name])
