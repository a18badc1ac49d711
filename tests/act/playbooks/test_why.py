"""「为什么没有触发」: the first thing that stands against an entry, for any customer (BEY-07)."""

from __future__ import annotations

from typing import Any

import pytest

from liuke.accounts.domain.roles import Role
from liuke.act.playbooks import service
from liuke.act.store.models import Playbook
from liuke.base.errors import NotFound
from liuke.facts.store.models import Customer
from tests.act.playbooks.world import Fleet, document, node
from tests.factories import actor_of, make_customer, make_member

pytestmark = pytest.mark.django_db
SLEEP = [node("w", "wait", {"done": "e"}, days=2), node("e", "end")]
ALERT = {"kind": "alert", "levels": ["high"]}


def why(fleet: Fleet, playbook: Playbook, customer: Customer | None = None) -> service.WhyNot:
    """The answer for a customer, the first one if none is named."""
    wanted = (customer or fleet.customers[0]).pk
    return service.why_not(actor=fleet.actor, warehouse=fleet.warehouse, playbook_id=playbook.pk, customer_id=wanted)


def test_a_draft_is_not_live(fleet: Fleet) -> None:
    text = service.PlaybookText("f", "", "winback", document(SLEEP))
    assert why(fleet, service.playbook_create(actor=fleet.actor, text=text)).verdict == "not_live"


def test_off_and_paused_come_before_anything_about_the_customer(fleet: Fleet) -> None:
    playbook = fleet.playbook(document(SLEEP, trigger=ALERT))
    service.playbook_pause(actor=fleet.actor, playbook_id=playbook.pk)
    assert why(fleet, playbook).verdict == "paused"
    service.playbook_enable(actor=fleet.actor, playbook_id=playbook.pk, enabled=False)
    assert why(fleet, playbook).verdict == "off"


def test_the_trigger_has_not_occurred(fleet: Fleet) -> None:
    answer = why(fleet, fleet.playbook(document(SLEEP, trigger=ALERT)))
    assert answer.verdict == "not_triggered"
    assert answer.enrolment is None


@pytest.mark.parametrize(
    ("parts", "row", "verdict"),
    [
        ({"audience": {"when": {"column": "score", "op": "ge", "value": 50}}}, {"score": 10.0}, "audience"),
        ({"audience": {"exclude": {"column": "score", "op": "ge", "value": 5}}}, {"score": 10.0}, "excluded"),
        ({"audience": {"when": {"column": "score", "op": "ge", "value": 50}}}, {"score": 60.0}, "not_triggered"),
    ],
)
def test_the_audience_as_the_last_scoring_has_it(fleet: Fleet, parts: dict[str, Any], row: dict[str, Any], verdict: str) -> None:
    playbook = fleet.playbook(document(SLEEP, **parts))
    fleet.frame({fleet.customers[0].pk: row})
    answer = why(fleet, playbook)
    assert answer.verdict == verdict


def test_who_is_in_is_told_so_and_where(fleet: Fleet) -> None:
    playbook = fleet.playbook(document(SLEEP))
    fleet.enrol(playbook, fleet.customers[:1])
    answer = why(fleet, playbook)
    assert answer.verdict == "entered"
    assert answer.enrolment is not None
    assert {check.name: check.ok for check in answer.checks}["already_in"] is False


def test_a_held_out_customer_is_told_so(fleet: Fleet) -> None:
    for _ in range(20):
        make_customer(fleet.workspace)
    playbook = fleet.playbook(document(SLEEP, holdout={"share": 0.5}))
    entered = fleet.enrol(playbook, list(Customer.objects.filter(workspace=fleet.workspace)))
    verdicts = {why(fleet, playbook, Customer.objects.get(pk=pk)).verdict for pk in entered.holdout}
    assert verdicts == {"holdout"}


def test_a_lost_customer_and_one_who_was_in_before(fleet: Fleet) -> None:
    playbook = fleet.playbook(document([node("e", "end")], reentry={"mode": "after", "days": 90}))
    fleet.enrol(playbook, fleet.customers[:1])
    fleet.wake()
    fleet.later(days=3)
    again = why(fleet, playbook)
    assert again.verdict == "reentry"
    assert "2026-05-31" in str(next(check.params for check in again.checks if check.name == "reentry"))
    Customer.objects.filter(pk=fleet.customers[0].pk).update(status="lost")
    assert why(fleet, playbook).verdict == "inactive"


def test_refusals_and_what_the_governor_said_are_listed(fleet: Fleet) -> None:
    ways = {"done": "e"}
    nodes = [node("m", "message", ways, channel="email", template="care_checkin", purpose="service"), node("e", "end")]
    playbook = fleet.playbook(document(nodes))
    fleet.enrol(playbook, fleet.customers[:1])
    fleet.wake()
    touches = why(fleet, playbook).touches
    assert [(touch.params["verdict"], touch.params["channel"]) for touch in touches] == [("refused", "email")]


def test_a_customer_who_is_not_ones_own_is_unknown(fleet: Fleet) -> None:
    playbook = fleet.playbook(document(SLEEP))
    other = actor_of(make_member(fleet.workspace, Role.MANAGER))
    with pytest.raises(NotFound):
        service.why_not(actor=other, warehouse=fleet.warehouse, playbook_id=playbook.pk, customer_id=fleet.customers[0].pk)
