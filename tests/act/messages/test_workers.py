"""BEY-08 with several workers: no cap and no budget is broken, on SQLite and on PostgreSQL, whoever is quicker."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import close_old_connections, connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liuke.act.governor.domain import Budget
from liuke.act.governor.domain_policy import Policy, Purpose, policy_plain
from liuke.act.governor.domain_policy_read import policy_read
from liuke.act.governor.policies import policy_of
from liuke.act.governor.suppressions import suppression_add
from liuke.act.store.models import CustomerMessage, GovernorPolicyVersion
from liuke.jobs.store.models import OutboxMessage
from tests.act.governor.test_decide import POLICIES, ZONE
from tests.act.messages.world import NOON, Sender, go, person, sender


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_use_up_no_cap_and_no_budget_twice() -> None:
    shop = sender()
    GovernorPolicyVersion.objects.create(
        workspace=shop.workspace, number=1, at=NOON,
        policy={**policy_plain(Policy()), "per_playbook": "0.5", "costs": {"email": "0.1"}},
    )  # fmt: skip
    customers = [person(shop.workspace, email=f"p{n}@example.test")[0] for n in range(12)]

    def work(worker: int) -> int:
        close_old_connections()
        try:
            left = 0
            for number in range(24):
                requests = [
                    shop.ask(f"w{worker}:{number}:{each.pk}", customer_id=each.pk, playbook_id=1)
                    for each in random.Random(worker * 100 + number).sample(customers, 3)
                ]
                left += sum(row.counts for row in shop.send(*requests))
            return left
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        left = sum(pool.map(work, (1, 2)))
    rows = CustomerMessage.objects.filter(counts=True)
    assert left == rows.count() == OutboxMessage.objects.count()
    assert left == 5, "0.5 in all at 0.1 a message"
    assert len({row.customer_id for row in rows}) == 5, "one a day and customer"
    assert CustomerMessage.objects.count() == 2 * 24 * 3


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["send", "send", "send", "work", "work", "optout", "policy"]),
        st.integers(0, 600), st.integers(0, 2), st.sampled_from(Purpose), st.integers(1, 2), st.integers(0, 2),
    ),
    min_size=5, max_size=40,
)  # fmt: skip


@pytest.mark.django_db
@given(steps=STEPS, policies=st.lists(POLICIES, min_size=1, max_size=2), data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_bey_08_over_random_playbooks_clocks_workers_and_policies_nothing_is_broken(
    steps: list[tuple[str, int, int, Purpose, int, int]], policies: list[Policy], data: st.DataObject
) -> None:
    """Requests and deliveries in any order, late by days, with policies and opt-outs in between: judged by what really left."""
    shop = sender()
    people = [person(shop.workspace, email=f"p{n}@example.test", phone="")[0] for n in range(3)]
    now, number, gone, closed = NOON, 0, [], {}
    _publish(shop, policies[0], 1)
    with shop.carrier() as taken:
        for act, minutes, who, purpose, playbook, cost in steps:
            now, number = now + timedelta(minutes=minutes), number + 1
            if act == "send":
                ask = shop.ask if purpose is Purpose.MARKETING else shop.service
                wanted = {"customer_id": people[who].pk, "playbook_id": playbook, "cost": Decimal(cost), "budget": Budget(total=Decimal(6))}
                shop.send(ask(f"k{number}", **wanted), at=now)
            elif act == "optout":
                suppression_add(actor=shop.actor, medium="email", address=f"p{who}@example.test")
                closed.setdefault(people[who].pk, now)
            elif act == "policy":
                _publish(shop, data.draw(st.sampled_from(policies)), number + 1)
            else:
                before = len(taken)
                waiting = list(OutboxMessage.objects.filter(workspace=shop.workspace, run_at__lte=now, status="pending").order_by("-pk"))
                for stored in waiting:
                    row = CustomerMessage.objects.get(pk=stored.payload["message"])
                    go(row, at=now, again=stored.payload["again"])
                    OutboxMessage.objects.filter(pk=stored.pk).update(status="sent")
                    if len(taken) > before:
                        before = len(taken)
                        row.refresh_from_db()
                        gone.append((now, row, policy_of(shop.workspace)))
    _laws(gone, closed)


def _publish(shop: Sender, policy: Policy, number: int) -> None:
    plain = policy_plain(policy)
    assert policy_read(plain)[0].caps == policy.caps
    GovernorPolicyVersion.objects.create(workspace=shop.workspace, number=number, policy=plain, at=NOON)


def _laws(gone: list[tuple[datetime, CustomerMessage, Policy]], closed: dict[int, datetime]) -> None:
    """Every message was within hours, caps, budget and the customer's word under the policy that held as it left."""
    for index, (at, row, policy) in enumerate(gone):
        local = at.astimezone(ZoneInfo(ZONE))
        hours = policy.hours[Purpose(row.purpose)][local.weekday()]
        assert hours.start <= local.hour * 60 + local.minute < hours.end
        assert row.purpose == "service" or row.customer_id not in closed or at <= closed[row.customer_id]
        earlier = [(then, other) for then, other, _ in gone[:index] if other.customer_id == row.customer_id]
        same = [then.astimezone(ZoneInfo(ZONE)).date() for then, other in earlier if other.purpose == row.purpose]
        for _, days, most in policy.caps[Purpose(row.purpose)].windows():
            assert sum((local.date() - day).days < days for day in same) < most
        if policy.per_head is not None and row.cost:
            spent = sum((other.cost for _, other in earlier if other.playbook_id == row.playbook_id), Decimal(0))
            assert spent + row.cost < policy.per_head
        total = sum((other.cost for _, other, _ in gone[: index + 1] if other.playbook_id == row.playbook_id), Decimal(0))
        assert total <= 6
