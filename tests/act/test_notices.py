"""A person's own notices."""

from __future__ import annotations

import pytest

from liuke.act import service as act
from tests.alert.world import Company, at, scored

pytestmark = pytest.mark.django_db


def test_everybody_reads_only_their_own_notices(acme: Company, stranger: Company) -> None:
    act.customers_review(workspace=acme.workspace, as_of=at(0), kind="nightly", scored=[scored(acme.customers["wang1"], 95)])
    wang, supervisor, admin = (acme.actor(who) for who in (acme.wang, acme.supervisor, acme.admin))
    assert [act.notices_unread(actor) for actor in (wang, supervisor, admin, stranger.actor(stranger.admin))] == [1, 1, 0, 0]
    assert act.notices_read(actor=wang) == 1
    assert act.notices_read(actor=wang) == 0
    assert [act.notices_unread(actor) for actor in (wang, supervisor)] == [0, 1]


def test_marking_read_up_to_an_id_leaves_the_newer_ones(acme: Company) -> None:
    customers = [scored(acme.customers[name], 95) for name in ("wang1", "wang2")]
    act.customers_review(workspace=acme.workspace, as_of=at(0), kind="nightly", scored=customers)
    wang = acme.actor(acme.wang)
    oldest = act.notices_mine(wang).order_by("id").values_list("id", flat=True)[0]
    assert act.notices_read(actor=wang, up_to=oldest) == 1
    assert act.notices_unread(wang) == 1
