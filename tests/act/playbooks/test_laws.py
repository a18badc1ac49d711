"""What holds for every flow and every course of time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liuke.act.playbooks import service
from liuke.act.playbooks.domain.fields import World
from liuke.act.playbooks.domain.read import spec_from_plain
from liuke.act.playbooks.domain.view import Hours, View
from liuke.act.playbooks.domain.walk import MOST_STEPS, Walk
from liuke.act.store.models import Enrolment, EnrolmentStep, Playbook, PlaybookApproval, WorkItem
from liuke.act.store.models_playbooks import RUNNING
from liuke.rules.columns import Column, ColumnType, Stratum
from liuke.warehouse.local import LocalWarehouse
from tests.act.playbooks.generated import MOVES, circles, flows
from tests.act.playbooks.world import Fleet, fleet_made

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
WORLD = World(
    catalogue={
        "score": Column("score", ColumnType.NUMBER, Stratum.SCORE),
        "contract.ends_on": Column("contract.ends_on", ColumnType.MOMENT, Stratum.METRIC),
    }
)


def walked(spec: dict[str, Any], customer: int, score: float, *, days: int = 60) -> list[tuple[str, str]]:
    """The way of one customer through a flow, in thought, a day at a time; each wake is no more than so many steps."""
    read = spec_from_plain(spec, WORLD)
    walk = Walk(1, customer, "salt", read.start, 0, NOW)
    for day in range(days):
        view = View(now=NOW + timedelta(days=day), hours=Hours("UTC"), rows={customer: {"score": score}})
        if walk.status == "waiting" and walk.wake_at is not None and walk.wake_at <= view.now:
            walk.status, walk.asked = "active", walk.waiting_for
        before = walk.steps
        walk.go(read, view)
        assert walk.steps - before <= MOST_STEPS
    assert walk.status in {"done", "waiting"}
    return [(taken.node, taken.outlet) for taken in walk.taken]


@settings(deadline=None)
@given(flows(), st.integers(1, 1000), st.floats(0, 100))
def test_every_flow_that_leads_on_ends_and_the_same_input_has_the_same_result(spec: dict[str, Any], customer: int, score: float) -> None:
    way = walked(spec, customer, score)
    assert way[-1][0] == "end"
    assert way == walked(spec, customer, score)


@settings(deadline=None)
@given(circles(), st.integers(1, 1000), st.floats(0, 100))
def test_a_circle_takes_a_step_a_day_and_nothing_more(spec: dict[str, Any], customer: int, score: float) -> None:
    way = walked(spec, customer, score)
    assert 20 <= len(way) <= 120
    assert "end" not in {name for name, _ in way}


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[LocalWarehouse]:
    """One for all examples: each has a workspace of its own."""
    made = LocalWarehouse(tmp_path / "warehouse")
    yield made
    made.close()


def move(fleet: Fleet, playbook: Playbook, name: str) -> None:
    """One thing that may happen."""
    customer = fleet.customers[int(fleet.now.timestamp()) % len(fleet.customers)]
    if name == "wake":
        fleet.wake(limit=2)
    elif name == "later":
        fleet.later(hours=17)
    elif name == "enrol" and Playbook.objects.get(pk=playbook.pk).paused_at is None:
        fleet.later(hours=1).enrol(playbook)
    elif name == "order":
        fleet.happens(customer, "order.placed")
    elif name == "watch":
        fleet.watch()
    elif name in {"pause", "resume"}:
        switch = service.playbook_pause if name == "pause" else service.playbook_resume
        switch(actor=fleet.actor, playbook_id=playbook.pk)
    elif name == "approve":
        for asked in PlaybookApproval.objects.filter(workspace=fleet.workspace, approved__isnull=True)[:1]:
            PlaybookApproval.objects.filter(pk=asked.pk).update(approved=True)


def lawful(fleet: Fleet, playbook: Playbook) -> None:
    """What holds at every moment."""
    rows = list(Enrolment.objects.filter(playbook=playbook))
    running = Counter(row.customer_id for row in rows if row.status in RUNNING)
    assert all(number == 1 for number in running.values()), "two running stays of one customer"
    for row in rows:
        assert (row.wake_at is not None) == (row.status in RUNNING), "a running row that nobody will wake, or one that is over"
        assert (row.ended_at is None) == (row.status in RUNNING)
        steps = EnrolmentStep.objects.filter(enrolment=row).order_by("seq")
        assert [step.seq for step in steps] == list(range(len(steps))), "a step that is missing or there twice"
        if row.arm == "holdout":
            assert not steps
            assert (row.node, row.seq) == ("", 0)
    items = WorkItem.objects.filter(workspace=fleet.workspace)
    assert items.count() == EnrolmentStep.objects.filter(enrolment__playbook=playbook, kind="work_item").count()


@pytest.mark.django_db
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spec=flows(), moves=MOVES)
def test_whatever_happens_nobody_is_twice_inside_lost_or_acted_on_twice(
    warehouse: LocalWarehouse, spec: dict[str, Any], moves: list[str]
) -> None:
    with transaction.atomic():
        fleet = fleet_made(warehouse)
        playbook = fleet.playbook(spec)
        fleet.frame({customer.pk: {"score": 30.0 * nth} for nth, customer in enumerate(fleet.customers)})
        fleet.enrol(playbook)
        for name in moves:
            move(fleet, playbook, name)
            lawful(fleet, playbook)
        service.playbook_resume(actor=fleet.actor, playbook_id=playbook.pk)
        for _ in range(40):
            fleet.later(days=1).wake()
        lawful(fleet, playbook)
        assert not Enrolment.objects.filter(playbook=playbook, status__in=RUNNING).exists(), "pausing, waking and waiting lost somebody"
        before = EnrolmentStep.objects.count()
        assert fleet.wake().enrolments == 0
        assert EnrolmentStep.objects.count() == before
        transaction.set_rollback(True)
