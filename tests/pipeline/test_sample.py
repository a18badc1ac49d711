"""The sample workspace's people and owners."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import Membership, Team
from liuke.align.domain.batch import CustomerRow
from liuke.base.errors import Conflict
from liuke.jobs.domain.contract import PlainContext
from liuke.pipeline.sample import OPENS, PEOPLE, _owned, sample_load, sample_people
from liuke.warehouse.local import LocalWarehouse
from tests.factories import make_workspace

pytestmark = pytest.mark.django_db


def test_people_are_made_once_and_cannot_log_in_without_a_password() -> None:
    workspace = make_workspace()
    sample_people(workspace)
    sample_people(workspace)
    members = Membership.objects.filter(workspace=workspace).select_related("user")
    assert members.count() == len(PEOPLE)
    assert Team.objects.filter(workspace=workspace).count() == 2
    assert not any(member.user.has_usable_password() for member in members)


def test_every_role_of_the_product_can_be_tried() -> None:
    assert {person.role for person in PEOPLE} == set(Role) - {Role.ADMIN}


def test_owners_are_generated_and_marked_so() -> None:
    home, abroad = (_owned(CustomerRow(key="12345", attributes={"country": c})) for c in ("United Kingdom", "France"))
    assert home.owner_email != abroad.owner_email
    assert "owner" in home.sample_fields
    assert _owned(CustomerRow(key="12345", attributes={"country": "France"})) == abroad


def test_a_sample_that_was_played_forward_is_not_set_back(tmp_path: Path) -> None:
    workspace = make_workspace(simulated_as_of=OPENS + timedelta(days=3), is_sample=True)
    with pytest.raises(Conflict, match="sample_played_on"):
        sample_load(workspace=workspace, warehouse=LocalWarehouse(tmp_path), context=PlainContext())
    workspace.refresh_from_db()
    assert workspace.simulated_as_of == OPENS + timedelta(days=3)
