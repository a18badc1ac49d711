"""试运行: the same steps on the same customers, the governor's word on every message, and nothing written."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from liuke.act.playbooks import service
from liuke.act.store.models import Channel, CustomerMessage, Enrolment, PlaybookRefusal, WorkItem
from liuke.alert.store.models import Alert
from liuke.base.errors import Invalid
from liuke.facts.store.models import Contact, Customer
from liuke.jobs.store.models import OutboxMessage
from tests.act.playbooks.world import OPENS, Fleet, document, node
from tests.factories import make_customer

pytestmark = pytest.mark.django_db
CALL = [node("w", "wait", {"done": "i"}, days=2), node("i", "work_item", {"done": "e"}, title="回访"), node("e", "end")]
GREET = {"channel": "email", "template": "care_checkin", "purpose": "service", "cost": 0.5}


def simulated(fleet: Fleet, spec: dict[str, Any], **more: Any) -> service.Simulation:
    """The flow walked in thought."""
    return service.playbook_simulate(workspace=fleet.workspace, warehouse=fleet.warehouse, spec=spec, **more)


def test_it_says_who_does_what_on_which_day_and_writes_nothing(fleet: Fleet) -> None:
    found = simulated(fleet, document(CALL), days=10)
    assert (found.candidates, found.entered, found.holdout, found.by_node) == (3, 3, 0, {"w": 3, "i": 3, "e": 3})
    assert [(day.day, day.total) for day in found.days] == [((OPENS + timedelta(days=2)).date(), 9)]
    assert {act.customer for act in found.days[0].acts} == {customer.name for customer in fleet.customers}
    for model in (Enrolment, WorkItem, CustomerMessage, OutboxMessage, PlaybookRefusal):
        assert not model.objects.exists()


def test_it_ends_with_its_days(fleet: Fleet) -> None:
    assert simulated(fleet, document(CALL), days=2).by_node == {}
    assert simulated(fleet, document(CALL), days=3).by_node == {"w": 3, "i": 3, "e": 3}


def test_it_is_what_the_flow_then_does(fleet: Fleet) -> None:
    rule = {"column": "score", "op": "ge", "value": 50}
    nodes = [node("b", "branch", {"yes": "w", "no": "e"}, when=rule), *CALL]
    spec = document(nodes, audience={"when": {"column": "score", "op": "ge", "value": 10}})
    fleet.frame({customer.pk: {"score": score} for customer, score in zip(fleet.customers, (5.0, 20.0, 80.0), strict=True)})
    thought = simulated(fleet, spec, days=10)
    playbook = fleet.playbook(spec)
    fleet.enrol(playbook)
    for _ in range(10):
        fleet.wake()
        fleet.later(days=1)
    counts = service.node_counts(actor=fleet.actor, playbook_id=playbook.pk)
    assert dict(counts.left) == thought.by_node
    assert thought.refused == {"audience": 1}


def test_the_governor_judges_each_message_and_its_caps_hold_over_the_days(fleet: Fleet) -> None:
    Channel.objects.create(workspace=fleet.workspace, kind="email", name="邮件")
    Contact.objects.create(customer=fleet.customers[0], key="c", name="王总", email="wang@shop.example", is_key=True)
    again = [node(f"m{n}", "message", {"done": f"m{n + 1}" if n < 9 else "e"}, **GREET) for n in range(10)]
    found = simulated(fleet, document([*again, node("e", "end")]), days=3)
    assert found.messages["no_address"] == 20
    assert 0 < found.messages["allowed"] < 10
    assert found.messages["frequency"] == 10 - found.messages["allowed"]
    assert found.cost == Decimal("0.5") * found.messages["allowed"]


def test_nobody_responds_unless_a_share_is_assumed_and_both_are_said(fleet: Fleet) -> None:
    spec = document([node("f", "wait_for", {"yes": "y", "timeout": "t"}, what=["reply"], days=5), node("y", "end"), node("t", "end")])
    silent = simulated(fleet, spec, days=10)
    assert silent.by_node == {"f": 3, "t": 3}
    assert "nobody_responds" in silent.assumed
    all_answer = simulated(fleet, spec, days=10, response=1.0)
    assert all_answer.by_node == {"f": 3, "y": 3}
    assert all_answer.days[0].day == (OPENS + timedelta(days=1)).date()
    assert "some_respond" in all_answer.assumed


def test_an_approval_is_assumed_and_that_is_said(fleet: Fleet) -> None:
    found = simulated(fleet, document([node("a", "approval", {"approved": "e"}, text="x", days=3), node("e", "end")]), days=5)
    assert found.by_node == {"a": 3, "e": 3}
    assert "approved" in found.assumed


def test_open_alerts_are_the_candidates_of_an_alert_flow(fleet: Fleet) -> None:
    moments = {"opened_at": OPENS - timedelta(days=80), "updated_at": OPENS, "level_since": OPENS - timedelta(days=80)}
    Alert.objects.create(workspace=fleet.workspace, customer=fleet.customers[0], level="high", score=95, peak_score=95, **moments)
    found = simulated(fleet, document(CALL, trigger={"kind": "alert", "levels": ["high"]}), days=5)
    assert (found.candidates, found.entered) == (1, 1)
    assert "open_alerts" in found.assumed


def test_hold_out_and_lost_customers_are_counted_apart(fleet: Fleet) -> None:
    for _ in range(97):
        make_customer(fleet.workspace)
    found = simulated(fleet, document(CALL, holdout={"share": 0.5}), days=5)
    assert found.candidates == 100
    assert found.entered + found.holdout == 100
    assert 30 < found.holdout < 70
    cut = simulated(fleet, document(CALL), days=5, limit=10)
    assert cut.by_node == {"w": 10, "i": 10, "e": 10}
    assert "cut" in cut.assumed
    assert Customer.objects.count() == 100


@pytest.mark.parametrize("days", [0, 91])
def test_days_have_bounds(fleet: Fleet, days: int) -> None:
    with pytest.raises(Invalid):
        simulated(fleet, document(CALL), days=days)


def test_faults_of_the_document_are_told(fleet: Fleet) -> None:
    with pytest.raises(Invalid) as told:
        simulated(fleet, document(CALL, start="x"))
    assert told.value.code == "playbook"
