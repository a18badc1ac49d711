"""Lost events are found by comparing, once, and moves are no losses (SIG-54)."""

from __future__ import annotations

import pytest

from liuke.accounts.store.models import StaffAddress
from liuke.act.outgoing.reconcile import contacts_reconcile
from liuke.act.store.models import WecomContact
from liuke.base.times import utc_now
from liuke.connect.store.models import Batch
from tests.act.callbacks.conftest import Desk
from tests.connect.kept import activities_in
from tests.simulators import wecom as world

pytestmark = pytest.mark.django_db


@pytest.fixture
def bound(desk: Desk) -> Desk:
    """Wang has customers wm1 … wm3 in WeCom, and wm1 is ours; li is bound too."""
    desk.wecom.contacts = {"ZhangWei": {"wm1", "wm2", "wm3"}, "lina": {"wm2"}}
    desk.company.customers["wang1"].attributes = {"wecom_external_userid": "wm1"}
    desk.company.customers["wang1"].save()
    li = desk.company.li
    StaffAddress.objects.create(workspace=desk.company.workspace, membership=li, kind="wecom", address="lina", folded="lina")
    assert contacts_reconcile(desk.channel, utc_now()) == 0
    assert WecomContact.objects.count() == 4
    return desk


def activities() -> int:
    return sum(len(activities_in(batch)) for batch in Batch.objects.all())


def test_a_lost_event_is_found_once(bound: Desk) -> None:
    bound.wecom.customer_deletes("wm1", "ZhangWei", lost=True)
    assert contacts_reconcile(bound.channel, utc_now()) == 1
    bound.work()
    assert activities() == 1
    assert contacts_reconcile(bound.channel, utc_now()) == 0
    bound.work()
    assert activities() == 1


def test_what_the_event_has_told_is_not_found_again(bound: Desk) -> None:
    bound.tell(bound.wecom.customer_deletes("wm1", "ZhangWei"))
    bound.work()
    assert contacts_reconcile(bound.channel, utc_now()) == 0
    assert activities() == 1


def test_a_move_to_a_colleague_is_no_loss(bound: Desk) -> None:
    bound.wecom.contacts = {"ZhangWei": {"wm2", "wm3"}, "lina": {"wm1", "wm2"}}
    assert contacts_reconcile(bound.channel, utc_now()) == 1
    bound.work()
    assert activities() == 0
    bound.tell(bound.wecom.customer_deletes("wm3", "ZhangWei", moved=True))
    bound.work()
    assert activities() == 0


def test_silence_of_wecom_is_no_loss(bound: Desk) -> None:
    bound.wecom.contacts["ZhangWei"] = set()
    bound.wecom.fails("/cgi-bin/externalcontact/list", world.refuse(48002), times=2)
    assert contacts_reconcile(bound.channel, utc_now()) == 0
    assert WecomContact.objects.count() == 4


def test_ids_are_not_readable_in_the_table(bound: Desk) -> None:
    assert all(b"wm" not in bytes(row.sealed)[:8] and "wm" not in row.digest for row in WecomContact.objects.all())
