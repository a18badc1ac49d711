"""Entering: the same occurrences let the same customers in, once, and whoever stays out is told why (BEY-07)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from liuke.act.playbooks import service
from liuke.act.playbooks.domain.sources import OutcomeRow
from liuke.act.store.models import CustomerMessage, Enrolment, Playbook, PlaybookRefusal, Renewal
from liuke.alert.store.models import Alert
from liuke.base.errors import Conflict, NotFound
from liuke.facts.store.models import Contract, Customer
from liuke.segments.store.models import Tag, TagMembership
from tests.act.playbooks.world import OPENS, Fleet, document, node, stays
from tests.factories import make_customer

pytestmark = pytest.mark.django_db
END = [node("e", "end")]
SLEEP = [node("w", "wait", {"done": "e"}, days=30), node("e", "end")]


def entering(**parts: Any) -> dict[str, Any]:
    """A flow in which everybody stays for a month."""
    return document(SLEEP, **parts)


def alert(fleet: Fleet, customer: Customer, level: str = "high", **fields: Any) -> Alert:
    """An alert that is raised now."""
    moments = {"opened_at": fleet.now, "updated_at": fleet.now, "level_since": fleet.now}
    given = {"level": level, "score": 91.0, "peak_score": 91.0, "reasons": [{"family": "payment"}]} | moments | fields
    return Alert.objects.create(workspace=fleet.workspace, customer=customer, **given)


def inside(playbook: Playbook) -> list[int]:
    """Customers in it, in order of entry."""
    return [stay.customer_id for stay in stays(playbook)]


def test_an_alert_of_a_chosen_level_lets_its_customer_in_once(fleet: Fleet) -> None:
    playbook = fleet.playbook(entering(trigger={"kind": "alert", "levels": ["high"]}))
    old = alert(fleet, fleet.customers[2])
    fleet.later(days=1)
    raised = alert(fleet, fleet.customers[0])
    alert(fleet, fleet.customers[1], "early")
    fleet.triggers()
    fleet.triggers()
    fleet.later(days=1).triggers()
    assert inside(playbook) == [fleet.customers[0].pk], f"{old.pk} was there before the flow was switched on"
    stay = stays(playbook)[0]
    assert (stay.alert_id, stay.entry_key, stay.vars["entry"]) == (raised.pk, f"alert:{raised.pk}:high", {"level": "high"})


def test_an_alert_for_another_family_of_reasons_lets_nobody_in(fleet: Fleet) -> None:
    playbook = fleet.playbook(entering(trigger={"kind": "alert", "levels": ["high"], "families": ["service"]}))
    fleet.later(days=1)
    alert(fleet, fleet.customers[0])
    fleet.triggers()
    assert inside(playbook) == []


def test_coming_into_a_segment_and_leaving_it_let_in(fleet: Fleet) -> None:
    tag = Tag.objects.create(workspace=fleet.workspace, code="vip", name="VIP", kind="attribute")
    came = fleet.playbook(entering(trigger={"kind": "segment_entered", "tag": "vip"}), name="came")
    went = fleet.playbook(entering(trigger={"kind": "segment_left", "tag": "vip"}), name="went")
    fleet.later(days=1)
    stay = TagMembership.objects.create(tag=tag, customer=fleet.customers[0], since=fleet.now, changed_at=fleet.now)
    fleet.triggers()
    fleet.later(days=1)
    TagMembership.objects.filter(pk=stay.pk).update(until=fleet.now, changed_at=fleet.now)
    fleet.triggers()
    assert (inside(came), inside(went)) == ([fleet.customers[0].pk], [fleet.customers[0].pk])


def test_a_contract_that_ends_in_sixty_days_lets_in_on_that_day_and_a_decided_one_does_not(fleet: Fleet) -> None:
    playbook = fleet.playbook(entering(trigger={"kind": "date", "what": "contract_ends", "days": -60}))
    ends = (OPENS + timedelta(days=62)).date()
    for number, customer in enumerate(fleet.customers[:2]):
        made = Contract.objects.create(customer=customer, key=f"K{number}", name="K", ends_on=ends, amount=1, currency="CNY")
        if number:
            Renewal.objects.create(contract=made, status="renewed", updated_at=OPENS)
    fleet.later(days=1).triggers()
    assert inside(playbook) == []
    fleet.later(days=4).triggers()
    assert inside(playbook) == [fleet.customers[0].pk], "days between two looks are made up for"


def test_the_anniversary_of_registration_comes_every_year(fleet: Fleet) -> None:
    playbook = fleet.playbook(entering(trigger={"kind": "date", "what": "anniversary", "days": 0}))
    Customer.objects.filter(pk=fleet.customers[0].pk).update(registered_at=OPENS.replace(year=2020, day=3))
    fleet.later(days=1).triggers()
    assert inside(playbook) == [fleet.customers[0].pk]


def test_SIG_61_a_bill_due_in_three_days_lets_in_unless_it_is_settled(fleet: Fleet) -> None:
    playbook = fleet.playbook(entering(trigger={"kind": "date", "what": "payment_due", "days": -3}))
    due = OPENS + timedelta(days=4)
    for customer in fleet.customers[:2]:
        fleet.happens(customer, "payment.due", due, known_us=int(OPENS.timestamp() * 1e6), attrs='{"invoice": "R1"}')
    fleet.happens(fleet.customers[1], "payment.settled", due, known_us=int(OPENS.timestamp() * 1e6), attrs='{"invoice": "R1"}')
    fleet.later(days=1).triggers()
    assert inside(playbook) == [fleet.customers[0].pk]


def test_an_activity_lets_in_also_where_it_was_written_late(fleet: Fleet) -> None:
    playbook = fleet.playbook(entering(trigger={"kind": "event", "kinds": ["quote.requested"], "at_least": 100}))
    fleet.happens(fleet.customers[2], "quote.requested", value=500.0)
    fleet.later(hours=2)
    fleet.happens(fleet.customers[0], "quote.requested", value=500.0)
    fleet.happens(fleet.customers[1], "quote.requested", value=50.0)
    fleet.triggers()
    fleet.happens(fleet.customers[1], "quote.requested", fleet.now - timedelta(hours=1), value=900.0)
    fleet.later(hours=1).triggers()
    fleet.triggers()
    assert inside(playbook) == [fleet.customers[0].pk, fleet.customers[1].pk]


def test_PLY_16_an_outcome_starts_the_recall_of_a_lost_customer(fleet: Fleet) -> None:
    playbook = fleet.playbook(entering(trigger={"kind": "outcome", "kinds": ["churned"]}), kind="recall")
    lost = fleet.customers[0]
    Customer.objects.filter(pk=lost.pk).update(status="lost")
    fleet.later(days=1)

    def outcomes(after: Any, until: Any) -> list[OutcomeRow]:
        return [OutcomeRow(1, lost.pk, "churned", fleet.now), OutcomeRow(2, fleet.customers[1].pk, "renewed", fleet.now)]

    fleet.triggers(outcomes=outcomes)
    assert inside(playbook) == [lost.pk]


def test_a_score_that_rises_over_a_threshold_lets_in_and_one_that_was_over_it_does_not(fleet: Fleet) -> None:
    playbook = fleet.playbook(entering(trigger={"kind": "score_change", "how": "over", "points": 70}))
    high, rising, _ = fleet.customers
    fleet.frame({high.pk: {"score": 80.0}, rising.pk: {"score": 60.0}})
    fleet.later(days=1).triggers()
    assert inside(playbook) == []
    fleet.frame({high.pk: {"score": 81.0}, rising.pk: {"score": 75.0}})
    fleet.later(days=1).triggers()
    fleet.triggers()
    assert inside(playbook) == [rising.pk]


def test_a_signal_that_stops_and_fires_again_is_a_new_occurrence(fleet: Fleet) -> None:
    playbook = fleet.playbook(document(END, trigger={"kind": "signal", "signals": ["SIG-20"]}))
    customer = fleet.customers[0].pk
    for fires in (False, True, True, False, True):
        fleet.frame({customer: {"signal.SIG-20": fires}})
        fleet.later(days=1).triggers()
        fleet.wake()
    assert inside(playbook) == [customer, customer]


def test_a_rescoring_of_some_says_nothing_of_the_others(fleet: Fleet) -> None:
    playbook = fleet.playbook(document(END, trigger={"kind": "signal", "signals": ["SIG-20"]}))
    one, other, _ = (customer.pk for customer in fleet.customers)
    fleet.frame({one: {"signal.SIG-20": False}, other: {"signal.SIG-20": False}})
    fleet.later(days=1).triggers()
    fleet.later(hours=1).triggers(fresh=pa.table({"customer_id": [one], "signal.SIG-20": [True]}))
    assert inside(playbook) == [one]
    fleet.later(hours=1).triggers(fresh=pa.table({"customer_id": pa.array([], pa.int64())}))
    fleet.later(hours=1).triggers(fresh=pa.table({"customer_id": [other], "signal.SIG-20": [True]}))
    assert inside(playbook) == [one, other]
    fleet.later(hours=1).triggers(fresh=pa.table({"customer_id": [one], "signal.SIG-20": [True]}))
    assert inside(playbook) == [one, other], "it had not stopped"


@pytest.mark.parametrize(
    ("reentry", "after_days", "enters"),
    [
        ({"mode": "never"}, 400, False),
        ({"mode": "after", "days": 90}, 89, False),
        ({"mode": "after", "days": 90}, 90, True),
        ({"mode": "always"}, 1, True),
    ],
)
def test_reentry_is_what_the_flow_says(fleet: Fleet, reentry: dict[str, Any], after_days: int, enters: bool) -> None:
    playbook = fleet.playbook(document(END, reentry=reentry))
    fleet.enrol(playbook, fleet.customers[:1])
    fleet.wake()
    fleet.later(days=after_days)
    again = fleet.enrol(playbook, fleet.customers[:1])
    assert again.treated == ((fleet.customers[0].pk,) if enters else ())
    assert again.refused == ({} if enters else {fleet.customers[0].pk: "reentry"})


def test_nobody_is_in_a_flow_twice_at_once(fleet: Fleet) -> None:
    playbook = fleet.playbook(entering())
    fleet.enrol(playbook, fleet.customers[:1])
    fleet.later(hours=1)
    assert fleet.enrol(playbook, fleet.customers[:1]).refused == {fleet.customers[0].pk: "already_in"}
    assert Enrolment.objects.filter(playbook=playbook).count() == 1


def test_audience_and_exclusion_decide_and_what_is_unknown_stays_out(fleet: Fleet) -> None:
    when, exclude = {"column": "score", "op": "ge", "value": 50}, {"column": "annual_value", "op": "lt", "value": 10}
    playbook = fleet.playbook(entering(audience={"when": when, "exclude": exclude}))
    right, small, unknown = fleet.customers
    fleet.frame({right.pk: {"score": 60.0, "annual_value": 100.0}, small.pk: {"score": 60.0, "annual_value": 5.0}})
    entered = fleet.enrol(playbook)
    assert entered.treated == (right.pk,)
    assert entered.refused == {small.pk: "excluded", unknown.pk: "audience"}


def test_a_lost_customer_is_for_recall_only(fleet: Fleet) -> None:
    Customer.objects.filter(pk=fleet.customers[0].pk).update(status="lost")
    Customer.objects.filter(pk=fleet.customers[1].pk).update(status="closed")
    keep, recall = fleet.playbook(entering()), fleet.playbook(entering(), kind="recall", name="recall")
    assert fleet.enrol(keep).treated == (fleet.customers[2].pk,)
    assert fleet.enrol(recall).treated == (fleet.customers[0].pk, fleet.customers[2].pk)


def test_BEY_02_the_hold_out_enters_and_is_never_acted_on(fleet: Fleet) -> None:
    for _ in range(197):
        make_customer(fleet.workspace)
    spec = document([node("i", "work_item", {"done": "e"}, title="x"), node("e", "end")], holdout={"share": 0.1})
    playbook = fleet.playbook(spec | {"goal": {"kind": "order", "within_days": 20}})
    everybody = list(Customer.objects.filter(workspace=fleet.workspace))
    entered = fleet.enrol(playbook, everybody)
    assert len(entered.treated) + len(entered.holdout) == 200
    assert 8 <= len(entered.holdout) <= 36
    fleet.wake()
    held = Enrolment.objects.filter(playbook=playbook, arm="holdout")
    assert set(held.values_list("status", "node", "seq", "share", "goal_until")) == {("waiting", "", 0, 0.1, OPENS + timedelta(days=20))}
    fleet.later(days=20).wake()
    assert set(held.values_list("status", "end_reason")) == {("done", "watched")}
    assert not held.filter(enrolmentstep__isnull=False).exists()


def test_the_same_customer_is_always_on_the_same_side(fleet: Fleet) -> None:
    playbook = fleet.playbook(document(END, holdout={"share": 0.5}, goal={"kind": "order", "within_days": 1}))
    sides = set()
    for _ in range(4):
        sides.add(fleet.enrol(playbook, fleet.customers[:1]).holdout)
        fleet.later(days=2).wake()
    assert len(sides) == 1


def test_a_paused_flow_lets_nobody_in_and_says_so(fleet: Fleet) -> None:
    playbook = fleet.playbook(entering(trigger={"kind": "alert", "levels": ["high"]}))
    service.playbook_pause(actor=fleet.actor, playbook_id=playbook.pk)
    fleet.later(days=1)
    alert(fleet, fleet.customers[0])
    fleet.triggers()
    assert inside(playbook) == []
    assert list(PlaybookRefusal.objects.values_list("customer_id", "reason")) == [(fleet.customers[0].pk, "paused")]
    with pytest.raises(Conflict):
        fleet.enrol(playbook)


def test_a_version_on_trial_logs_who_would_enter_and_does_nothing(fleet: Fleet) -> None:
    made = service.playbook_create(
        actor=fleet.actor, text=service.PlaybookText("t", "", "winback", entering(trigger={"kind": "alert", "levels": ["high"]}))
    )
    service.playbook_trial(actor=fleet.actor, playbook_id=made.pk)
    Playbook.objects.filter(pk=made.pk).update(enabled=True)
    fleet.later(days=1)
    alert(fleet, fleet.customers[0])
    fleet.triggers()
    fleet.triggers()
    assert inside(made) == []
    refusal = PlaybookRefusal.objects.get(playbook=made)
    assert (refusal.reason, refusal.params) == ("trial", {"arm": "treated"})


def test_a_flow_whose_budget_is_spent_lets_nobody_in(fleet: Fleet) -> None:
    playbook = fleet.playbook(entering(budget={"per_head": 5, "total": 10}))
    CustomerMessage.objects.create(
        workspace=fleet.workspace, customer=fleet.customers[0], channel="email", medium="email", purpose="service", template_code="t",
        key="k", status="accepted", token="t", counts=True, planned_at=OPENS, created_at=OPENS, cost=Decimal(10), playbook_id=playbook.pk,
    )  # fmt: skip
    assert set(fleet.enrol(playbook).refused.values()) == {"budget"}


def test_customers_of_another_workspace_cannot_be_put_in(fleet: Fleet) -> None:
    from tests.factories import make_workspace

    playbook = fleet.playbook(entering())
    with pytest.raises(NotFound):
        fleet.enrol(playbook, [fleet.customers[0], make_customer(make_workspace())])
    assert inside(playbook) == []


def test_switching_off_and_on_again_forgets_what_occurred_meanwhile(fleet: Fleet) -> None:
    playbook = fleet.playbook(entering(trigger={"kind": "alert", "levels": ["high"]}))
    service.playbook_enable(actor=fleet.actor, playbook_id=playbook.pk, enabled=False)
    fleet.later(days=1)
    alert(fleet, fleet.customers[0])
    fleet.triggers()
    fleet.later(days=1)
    service.playbook_enable(actor=fleet.actor, playbook_id=playbook.pk, enabled=True)
    fleet.later(days=1).triggers()
    assert inside(playbook) == []
