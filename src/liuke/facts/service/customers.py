"""Who sees which customer, and the changes that people make by hand. The one place that scopes customers by role."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission, Scope
from liuke.accounts.service.audit import audit_record
from liuke.accounts.service.clock import workspace_now
from liuke.accounts.service.tombstones import refusals_of
from liuke.accounts.store.models import Membership, Workspace
from liuke.base.errors import Conflict, Invalid, NotFound
from liuke.facts.store.models import Customer
from liuke.facts.store.versions import OWNER, Change, changes_write


def customers_visible(actor: Actor) -> QuerySet[Customer]:
    """The customers that the actor may know of; start every query here.

    All of the workspace, those owned in the actor's team, the actor's own, or none. A customer without owner belongs to
    those who see all. Customers who registered at or after a simulated clock do not exist yet.
    """
    existing = Customer.objects.filter(_existing(), workspace_id=actor.workspace_id)
    match actor.scope:
        case Scope.ALL:
            return existing
        case Scope.TEAM if actor.team_id is not None:
            return existing.filter(Q(owner__team_id=actor.team_id) | _own(actor))
        case Scope.TEAM | Scope.OWN:
            return existing.filter(_own(actor))
        case _:
            return existing.none()


def customer_get(*, actor: Actor, customer_id: int) -> Customer:
    """One visible customer. Raises NotFound("customer_unknown"), the same for a stranger and for what does not exist."""
    found = customers_visible(actor).select_related("owner__user", "owner__team").filter(pk=customer_id).first()
    if found is None:
        raise NotFound("customer_unknown", customer_id=customer_id)
    return found


def customers_assign(*, actor: Actor, customer_ids: Collection[int], owner_id: int | None) -> list[int]:
    """Give customers to a member, or to nobody; the ids that changed, for read models to follow.

    All or none: raises NotFound if one of them is not visible, Invalid("owner_unknown") for a member who has left, is of
    another workspace or, where the actor sees a team only, of another team. Needs the permission `assign`.
    """
    actor.require(Permission.ASSIGN)
    if owner_id is not None and not _possible_owners(actor).filter(pk=owner_id).exists():
        raise Invalid("owner_unknown", owner_id=owner_id)
    with transaction.atomic():
        workspace = Workspace.objects.get(pk=actor.workspace_id)
        moving = [customer for customer in _all_visible(actor, customer_ids) if customer.owner_id != owner_id]
        changes = [Change(customer.pk, OWNER, customer.owner_id, owner_id, customer.registered_at) for customer in moving]
        ids = [customer.pk for customer in moving]
        Customer.objects.filter(pk__in=ids).update(owner_id=owner_id)
        changes_write(changes, workspace_now(workspace))
        for customer_id in ids:
            audit_record(actor=actor, action="customer_assigned", object_type="customer", object_id=customer_id, detail={"owner": owner_id})
    return ids


def customer_create(
    *, actor: Actor, key: str, name: str, attributes: Mapping[str, object] | None = None, registered_at: datetime | None = None
) -> Customer:
    """A customer entered by hand; its owner is the one who enters it, if that is a person with customers of their own.

    Raises Conflict("customer_exists"), Conflict("person_erased"), Invalid("customer_needs_name"). Needs the permission `handle`.
    """
    actor.require(Permission.HANDLE)
    if not key.strip() or not name.strip():
        raise Invalid("customer_needs_name")
    _refuse_erased(actor.workspace_id, key.strip(), attributes or {})
    owner_id = actor.membership_id if actor.scope in {Scope.OWN, Scope.TEAM} else None
    try:
        with transaction.atomic():
            customer = Customer.objects.create(
                workspace_id=actor.workspace_id,
                key=key.strip(),
                name=name.strip(),
                owner_id=owner_id,
                attributes=dict(attributes or {}),
                registered_at=registered_at,
            )
            audit_record(actor=actor, action="customer_created", object_type="customer", object_id=customer.pk)
    except IntegrityError as error:
        raise Conflict("customer_exists", key=key) from error
    return customer


def _refuse_erased(workspace_id: int, key: str, attributes: Mapping[str, object]) -> None:
    texts = [value for value in attributes.values() if isinstance(value, str)]
    refusals = refusals_of(workspace_id)
    if refusals.customer(key) or refusals.reached_by(texts):
        raise Conflict("person_erased")


def customer_update(
    *,
    actor: Actor,
    customer_id: int,
    name: str | None = None,
    status: Customer.Status | None = None,
    attributes: Mapping[str, object] | None = None,
) -> Customer:
    """Change what is given; attributes merge by name, null removes one, and all leave their past behind.

    Needs the permission `handle`.
    """
    actor.require(Permission.HANDLE)
    with transaction.atomic():
        customer = customer_get(actor=actor, customer_id=customer_id)
        before, told = dict(customer.attributes), attributes or {}
        customer.attributes = {item: value for item, value in {**before, **told}.items() if value is not None}
        customer.name = (name or "").strip() or customer.name
        customer.status = status or customer.status
        customer.save(update_fields=["name", "status", "attributes"])
        changes = _attribute_changes(customer, before, told)
        changes_write(changes, workspace_now(Workspace.objects.get(pk=actor.workspace_id)))
        changed = sorted([change.name for change in changes] + [label for label, given in (("name", name), ("status", status)) if given])
        audit_record(actor=actor, action="customer_updated", object_type="customer", object_id=customer.pk, detail={"fields": changed})
    return customer


def _all_visible(actor: Actor, customer_ids: Collection[int]) -> Collection[Customer]:
    """Each customer once; raises NotFound("customer_unknown") for the first id that the actor may not know of."""
    found = {customer.pk: customer for customer in customers_visible(actor).filter(pk__in=customer_ids)}
    for customer_id in customer_ids:
        if customer_id not in found:
            raise NotFound("customer_unknown", customer_id=customer_id)
    return found.values()


def _attribute_changes(customer: Customer, before: Mapping[str, object], told: Collection[str]) -> list[Change]:
    """What became of the attributes named in `told`, without those that stayed as they were."""
    return [
        Change(customer.pk, item, before.get(item), customer.attributes.get(item), customer.registered_at)
        for item in told
        if before.get(item) != customer.attributes.get(item)
    ]


def _existing() -> Q:
    clock = F("workspace__simulated_as_of")
    return Q(workspace__simulated_as_of__isnull=True) | Q(registered_at__isnull=True) | Q(registered_at__lt=clock)


def _own(actor: Actor) -> Q:
    return Q(owner_id__in=actor.owners, owner_id__isnull=False)


def _possible_owners(actor: Actor) -> QuerySet[Membership]:
    members = Membership.objects.filter(workspace_id=actor.workspace_id, is_active=True)
    if actor.scope == Scope.ALL:
        return members
    return members.none() if actor.team_id is None else members.filter(team_id=actor.team_id)
