"""A policy is read with every fault at once, published in versions and tried on the past."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given

from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import AuditEntry
from liuke.act.governor.domain_hours import Hours, hours_read, hours_write
from liuke.act.governor.domain_policy import DEFAULT, Caps, Policy, Purpose, policy_plain
from liuke.act.governor.domain_policy_read import policy_read
from liuke.act.governor.policies import policy_of, policy_publish, policy_restore, policy_versions
from liuke.act.governor.replay import policy_replay
from liuke.base.errors import Conflict, Forbidden, Invalid, NotFound
from tests.act.governor.test_decide import HOURS
from tests.act.messages.world import NOON, Sender, sender
from tests.factories import make_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(db: None) -> Sender:
    """A company that may send."""
    return sender()


def test_plain_data_is_the_policy_and_back() -> None:
    assert policy_read(policy_plain(DEFAULT)) == (DEFAULT, [])
    assert policy_read({}) == (DEFAULT, [])


@given(hours=HOURS)
def test_hours_are_written_and_read_alike(hours: Hours) -> None:
    again = hours_read(hours_write(hours))
    assert again == hours or (again is not None and again.is_closed and hours.is_closed)


@pytest.mark.parametrize("text", ["", "9-20", "20:00-09:00", "09:00-24:30", "09:00–20:00", None, 5, "closed "])
def test_odd_hours_are_no_hours(text: object) -> None:
    assert hours_read(text) is None


def test_every_fault_is_told_at_once() -> None:
    wrong = {
        "dry_run": "yes",
        "caps": {"marketing": {"day": 3, "week": 2, "month": -1}, "gifts": {}},
        "hours": {"marketing": ["x", *["09:00-20:00"] * 6], "service": ["closed"] * 7},
        "needs": {"sms": "not_withdrawn"},
        "per_head": "much",
        "defer_days": 99,
        "holiday": "party",
        "apart": ["pigeon"],
        "costs": {"fax": "1"},
        "bonus": 1,
    }
    _, faults = policy_read(wrong)
    assert {str(fault["field"]) for fault in faults} == {
        "dry_run", "caps.marketing.month", "caps.marketing.week", "caps.gifts", "hours.marketing.0", "hours.service", "needs.sms",
        "per_head", "defer_days", "holiday", "apart", "costs.fax", "bonus",
    }  # fmt: skip


def test_a_policy_is_in_force_when_it_is_published_and_its_past_stays(shop: Sender) -> None:
    assert policy_of(shop.workspace) == Policy()
    policy_publish(actor=shop.actor, plain={"caps": {"marketing": {"day": 2}}}, based_on=0, note="放宽")
    assert policy_of(shop.workspace).caps[Purpose.MARKETING] == Caps(2, None, None)
    policy_restore(actor=shop.actor, number=0)
    assert policy_of(shop.workspace).caps == Policy().caps
    assert [row.number for row in policy_versions(shop.workspace)] == [2, 1]
    trail = AuditEntry.objects.filter(action="governor_policy_publish")
    assert [entry.detail["fields"] for entry in trail.order_by("pk")] == [["caps"], ["caps"]]


def test_two_who_publish_at_once_do_not_overwrite_each_other(shop: Sender) -> None:
    policy_publish(actor=shop.actor, plain={}, based_on=0)
    with pytest.raises(Conflict):
        policy_publish(actor=shop.actor, plain={"dry_run": True}, based_on=0)
    assert not policy_of(shop.workspace).dry_run


def test_what_is_wrong_or_not_allowed_is_not_published(shop: Sender) -> None:
    with pytest.raises(Invalid):
        policy_publish(actor=shop.actor, plain={"defer_days": -1}, based_on=0)
    with pytest.raises(Forbidden):
        policy_publish(actor=make_actor(shop.workspace, Role.MANAGER), plain={}, based_on=0)
    with pytest.raises(NotFound):
        policy_restore(actor=shop.actor, number=9)
    assert not policy_versions(shop.workspace).exists()


def test_the_last_thirty_days_tell_what_a_policy_would_have_refused(shop: Sender) -> None:
    for day in range(0, 20, 4):
        shop.send(shop.ask(f"k{day}"), at=NOON + timedelta(days=day))
    later = NOON + timedelta(days=21)
    as_it_is = policy_replay(workspace=shop.workspace, policy=Policy(), now=later)
    assert (as_it_is.judged, as_it_is.allowed, as_it_is.newly_refused, as_it_is.newly_allowed) == (5, 4, 0, 0)
    assert as_it_is.refused == {"frequency": 1}
    tighter = Policy(caps={Purpose.MARKETING: Caps(1, 1, 2), Purpose.SERVICE: Caps()})
    found = policy_replay(workspace=shop.workspace, policy=tighter, now=later)
    assert (found.allowed, found.was_refused, found.newly_refused) == (2, 1, 2)
    free = Policy(caps={Purpose.MARKETING: Caps(), Purpose.SERVICE: Caps()})
    assert policy_replay(workspace=shop.workspace, policy=free, now=later).newly_allowed == 1
