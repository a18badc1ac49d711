"""People put customers into a flow by hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record, workspace_now
from liuke.accounts.store.models import Workspace
from liuke.act.playbooks.domain.sources import Occurrence
from liuke.act.playbooks.engine.entering import entries_write
from liuke.act.playbooks.engine.flows import flow_of
from liuke.act.playbooks.engine.soon import wake_soon
from liuke.act.playbooks.reading import playbook_get, version_live
from liuke.act.store.models import Playbook
from liuke.base.errors import Conflict, NotFound
from liuke.facts.service import customers_visible
from liuke.signals.service.columns import catalogue_of
from liuke.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class Enrolled:
    """How it went: entered and to be acted on, entered and held out, and why the others are not in, by customer."""

    treated: tuple[int, ...]
    holdout: tuple[int, ...]
    refused: Mapping[int, str]


def enrol_manual(*, actor: Actor, warehouse: Warehouse, playbook_id: int, customer_ids: Collection[int]) -> Enrolled:
    """Put visible customers into a live flow, whatever its trigger: audience, re-entry, budget and hold-out hold for them too.

    Needs `handle`. Raises NotFound("customer_unknown"), Conflict("playbook_off") where the flow is off, paused or not published.
    """
    actor.require(Permission.HANDLE)
    playbook = playbook_get(actor=actor, playbook_id=playbook_id)
    version, workspace = version_live(playbook), Workspace.objects.get(pk=actor.workspace_id)
    flow = flow_of(playbook, version, catalogue_of(workspace)) if version is not None else None
    if flow is None or not playbook.enabled or playbook.paused_at is not None or playbook.archived_at is not None:
        raise Conflict("playbook_off", playbook=playbook_id)
    wanted = set(customer_ids)
    unknown = wanted - set(customers_visible(actor).filter(pk__in=wanted).values_list("pk", flat=True))
    if unknown:
        raise NotFound("customer_unknown", customer_id=min(unknown))
    now = workspace_now(workspace)
    occurrences = [Occurrence(customer, f"manual:{customer}:{now.isoformat()}", now) for customer in sorted(wanted)]
    with transaction.atomic():
        Playbook.objects.select_for_update().get(pk=playbook.pk)
        entered = entries_write(workspace=workspace, warehouse=warehouse, flow=flow, occurrences=occurrences, at=now)
        wake_soon(workspace.pk)
        detail = {"treated": len(entered.treated), "holdout": len(entered.holdout), "refused": len(entered.refused)}
        audit_record(actor=actor, action="playbook_enrol", object_type="playbook", object_id=playbook.pk, detail=detail)
    refused = {customer: reason.value for customer, reason in entered.refused.items()}
    return Enrolled(entered.treated, entered.holdout, refused)
