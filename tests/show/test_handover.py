"""Somebody leaves: their customers and their open work have a new owner, or nothing has changed."""

from __future__ import annotations

import pytest

from liuke.accounts.store.models import Membership
from tests.show.world import World

pytestmark = pytest.mark.django_db


def leave(world: World, successor_id: int) -> int:
    """The status of taking the manager out with a successor."""
    body = {"is_active": False, "successor_id": successor_id}
    return world.client("admin").patch(world.url("/people/{manager}"), data=body, content_type="application/json").status_code


def test_open_alerts_and_work_go_to_the_successor_with_the_customers(world: World) -> None:
    """Else nobody would ever see that they are due."""
    successor = world.members["other_manager"].pk
    assert leave(world, successor) == 200
    for row in (world.customer, world.alert, world.item):
        row.refresh_from_db()
    assert {world.customer.owner_id, world.alert.owner_id, world.item.owner_id} == {successor}


def test_a_wrong_successor_changes_nothing(world: World) -> None:
    """The person stays active: half a departure would leave customers with nobody."""
    assert leave(world, 10**9) == 422
    assert Membership.objects.get(pk=world.ids["manager"]).is_active
