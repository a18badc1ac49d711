"""The plans of a workspace: shipped ones, its own, and its own word on shipped ones."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from django.db import transaction

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record
from liuke.act.plans.domain import PlanSpec, plan_from_plain
from liuke.act.plans.shipped import plans_shipped
from liuke.act.store.models import PlanTemplate
from liuke.alert.service import now_of
from liuke.base.errors import NotFound


def plan_templates(workspace_id: int, *, language: str) -> dict[str, PlanSpec]:
    """The plans that may be applied, by code: an own one stands in for the shipped one of its code."""
    found = dict(plans_shipped(language))
    for row in PlanTemplate.objects.filter(workspace_id=workspace_id).order_by("pk"):
        if row.archived_at is not None:
            found.pop(row.code, None)
        else:
            found[row.code] = plan_from_plain(row.spec, code=row.code)
    return found


def plan_template(workspace_id: int, code: str, *, language: str) -> PlanSpec:
    """One plan. Raises NotFound("plan_not_found"), also for an archived one."""
    found = plan_templates(workspace_id, language=language).get(code)
    if found is None:
        raise NotFound("plan_not_found", plan=code)
    return found


def plan_template_save(*, actor: Actor, spec: Mapping[str, object], code: str = "") -> PlanSpec:
    """Keep an own plan; without a code a new one. Needs `publish`. Raises Invalid("plan") with every fault."""
    actor.require(Permission.PUBLISH)
    if code and code not in plan_templates(actor.workspace_id, language="zh-CN"):
        raise NotFound("plan_not_found", plan=code)
    checked = plan_from_plain(spec, code=code or f"own-{secrets.token_hex(4)}")
    with transaction.atomic():
        PlanTemplate.objects.update_or_create(
            workspace_id=actor.workspace_id,
            code=checked.code,
            defaults={
                "spec": checked.to_plain(),
                "updated_by_id": actor.membership_id,
                "updated_at": now_of(actor),
                "archived_at": None,
            },
        )
        audit_record(actor=actor, action="plan_template_save", object_type="plan_template", object_id=checked.code)
    return checked


def plan_template_archive(*, actor: Actor, code: str) -> None:
    """Take a plan out of use; plans that were applied stay as they are. Needs `publish`."""
    actor.require(Permission.PUBLISH)
    spec = plan_template(actor.workspace_id, code, language="zh-CN")
    now = now_of(actor)
    with transaction.atomic():
        PlanTemplate.objects.update_or_create(
            workspace_id=actor.workspace_id,
            code=code,
            defaults={"archived_at": now, "updated_at": now, "updated_by_id": actor.membership_id},
            create_defaults={"spec": spec.to_plain(), "archived_at": now, "updated_at": now, "updated_by_id": actor.membership_id},
        )
        audit_record(actor=actor, action="plan_template_archive", object_type="plan_template", object_id=code)


def plan_template_restore(*, actor: Actor, code: str) -> None:
    """Take an archived plan into use again; a shipped one as it was shipped or last edited. Needs `publish`."""
    actor.require(Permission.PUBLISH)
    with transaction.atomic():
        rows = PlanTemplate.objects.filter(workspace_id=actor.workspace_id, code=code, archived_at__isnull=False)
        if not rows.update(archived_at=None, updated_at=now_of(actor), updated_by_id=actor.membership_id):
            raise NotFound("plan_not_found", plan=code)
        audit_record(actor=actor, action="plan_template_restore", object_type="plan_template", object_id=code)
