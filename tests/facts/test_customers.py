"""Who sees which customer, and what people may change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import AuditEntry
from liuke.base.errors import Conflict, Forbidden, Invalid, NotFound
from liuke.facts.service import customer_create, customer_get, customer_update, customers_assign, customers_visible
from liuke.facts.store.models import AttributeVersion, Customer
from tests.factories import actor_of, make_actor, make_customer, make_member, make_team, make_workspace

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def seen(actor: Actor) -> set[str]:
    return set(customers_visible(actor).values_list("key", flat=True))


def test_each_role_sees_its_scope_and_no_more() -> None:
    workspace, other = make_workspace(), make_workspace()
    north, south = make_team(workspace), make_team(workspace)
    boss, mine, theirs = (
        make_member(workspace, Role.SUPERVISOR, team=north),
        make_member(workspace, Role.MANAGER, team=north),
        make_member(workspace, Role.MANAGER, team=south),
    )
    for key, owner in (("boss", boss), ("mine", mine), ("theirs", theirs), ("nobody", None)):
        make_customer(workspace, key=key, owner=owner)
    make_customer(other, key="stranger")
    everything = {"boss", "mine", "theirs", "nobody"}
    assert [seen(make_actor(workspace, role)) for role in (Role.ADMIN, Role.OPERATIONS, Role.ANALYST)] == [everything] * 3
    assert seen(actor_of(boss)) == {"boss", "mine"}
    assert seen(actor_of(mine)) == {"mine"}
    assert seen(make_actor(workspace, Role.IT)) == set()
    assert seen(make_actor(workspace, Role.SUPERVISOR)) == set()
    assert seen(make_actor(other, Role.ADMIN)) == {"stranger"}


def test_a_stranger_cannot_tell_hidden_from_absent() -> None:
    workspace = make_workspace()
    hidden = make_customer(workspace, owner=make_member(workspace, Role.MANAGER))
    actor = make_actor(workspace, Role.MANAGER)
    with pytest.raises(NotFound) as first:
        customer_get(actor=actor, customer_id=hidden.pk)
    with pytest.raises(NotFound) as second:
        customer_get(actor=actor, customer_id=10**9)
    assert first.value.code == second.value.code == "customer_unknown"


def test_a_customer_of_the_future_does_not_exist_yet() -> None:
    workspace = make_workspace(simulated_as_of=NOW)
    for key, registered_at in (("old", NOW - timedelta(days=1)), ("now", NOW), ("unknown", None)):
        make_customer(workspace, key=key, registered_at=registered_at)
    assert seen(make_actor(workspace)) == {"old", "unknown"}


def test_assigning_moves_all_or_none_and_leaves_the_past() -> None:
    workspace = make_workspace(simulated_as_of=NOW)
    team = make_team(workspace)
    boss = make_actor(workspace, Role.SUPERVISOR, team=team)
    first, second = (make_member(workspace, Role.MANAGER, team=team) for _ in range(2))
    one, two = make_customer(workspace, owner=first), make_customer(workspace, owner=second)
    alien = make_customer(workspace)
    with pytest.raises(NotFound):
        customers_assign(actor=boss, customer_ids=[one.pk, alien.pk], owner_id=second.pk)
    with pytest.raises(Invalid, match="owner_unknown"):
        customers_assign(actor=boss, customer_ids=[one.pk], owner_id=make_member(workspace, Role.MANAGER).pk)
    assert customers_assign(actor=boss, customer_ids=[one.pk, two.pk], owner_id=second.pk) == [one.pk]
    assert Customer.objects.get(pk=one.pk).owner_id == second.pk
    versions = AttributeVersion.objects.filter(customer=one).order_by("valid_from").values_list("value", "valid_from", "valid_to")
    assert [(value, end) for value, _, end in versions] == [(first.pk, NOW), (second.pk, None)]
    assert AuditEntry.objects.filter(action="customer_assigned", object_id=str(one.pk)).count() == 1


def test_a_manager_may_not_assign() -> None:
    workspace = make_workspace()
    member = make_member(workspace, Role.MANAGER)
    with pytest.raises(Forbidden):
        customers_assign(actor=actor_of(member), customer_ids=[], owner_id=member.pk)


def test_two_changes_at_one_moment_leave_one_interval() -> None:
    workspace = make_workspace(simulated_as_of=NOW)
    admin = make_actor(workspace)
    customer = make_customer(workspace, attributes={"city": "Leeds"})
    customer_update(actor=admin, customer_id=customer.pk, attributes={"city": "York"})
    customer_update(actor=admin, customer_id=customer.pk, attributes={"city": "Bath"})
    versions = AttributeVersion.objects.order_by("valid_from").values_list("value", "valid_to")
    assert list(versions) == [("Leeds", NOW), ("Bath", None)]


def test_a_customer_entered_by_hand_belongs_to_who_enters_it() -> None:
    workspace = make_workspace()
    member = make_member(workspace, Role.MANAGER)
    created = customer_create(actor=actor_of(member), key=" C7 ", name="Acme", attributes={"city": "Leeds"})
    assert (created.key, created.owner_id, seen(actor_of(member))) == ("C7", member.pk, {"C7"})
    assert customer_create(actor=make_actor(workspace), key="C8", name="Best").owner_id is None
    with pytest.raises(Conflict, match="customer_exists"):
        customer_create(actor=actor_of(member), key="C7", name="Again")
    with pytest.raises(Invalid, match="customer_needs_name"):
        customer_create(actor=actor_of(member), key="C9", name=" ")
    with pytest.raises(Forbidden):
        customer_create(actor=make_actor(workspace, Role.ANALYST), key="C9", name="No")


def test_an_update_changes_what_is_given_and_null_removes() -> None:
    workspace = make_workspace()
    customer = make_customer(workspace, name="Acme", attributes={"city": "Leeds", "size": 3})
    changed = customer_update(
        actor=make_actor(workspace), customer_id=customer.pk, status=Customer.Status.PAUSED, attributes={"city": None, "segment": "A"}
    )
    assert (changed.name, changed.status, changed.attributes) == ("Acme", "paused", {"size": 3, "segment": "A"})
    assert AuditEntry.objects.get(action="customer_updated").detail == {"fields": ["city", "segment", "status"]}
