"""登记结果 (OUT-01)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from liuke.accounts.store.models import AuditEntry
from liuke.act import service as act
from liuke.act.store.models import Renewal, WorkItem
from liuke.alert.store.models import Alert
from liuke.base.errors import Conflict, Forbidden, Invalid, NotFound
from liuke.facts.store.models import Contract
from liuke.learn.service import Registered, outcome_register, outcome_revert, outcomes_visible
from liuke.learn.store.models import Outcome
from tests.alert.world import MONDAY, Company, at, scored

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()


def register(acme: Company, kind: str = "churned", **fields: Any) -> Registered:
    """An outcome of wang's first customer."""
    values = {"actor": acme.actor(acme.wang), "customer_id": acme.customers["wang1"].pk, "occurred_on": TODAY, **fields}
    return outcome_register(kind=kind, **values)


def status(acme: Company) -> str:
    customer = acme.customers["wang1"]
    customer.refresh_from_db()
    return customer.status


@pytest.mark.parametrize(
    ("kind", "cause", "standing"),
    [
        ("renewed", "", "active"),
        ("repurchased", "", "active"),
        ("churned", "price", "lost"),
        ("paused", "", "paused"),
        ("unsaveable", "merged", "closed"),
    ],
)
def test_OUT_01_an_outcome_gives_the_customer_its_standing(acme: Company, kind: str, cause: str, standing: str) -> None:
    register(acme, kind, cause=cause)
    assert status(acme) == standing


def test_OUT_01_an_outcome_closes_the_alert_and_its_item_and_no_new_one_is_raised(acme: Company) -> None:
    again = {"workspace": acme.workspace, "kind": "nightly", "scored": [scored(acme.customers["wang1"], 95)]}
    act.customers_review(as_of=at(0), **again)
    done = register(acme, competitor="某品牌", cause="competitor")
    assert done.closed_alert_id == Alert.objects.get().pk
    assert Alert.objects.get().close_reason == "outcome"
    assert WorkItem.objects.get().status == "cancelled"
    assert act.customers_review(as_of=at(1), **again).is_empty


def test_OUT_01_renewed_marks_the_contract_that_ends_first(acme: Company) -> None:
    for days in (40, 20):
        ends_on = TODAY + timedelta(days=days)
        Contract.objects.create(customer=acme.customers["wang1"], key=f"K{days}", name="年约", ends_on=ends_on, amount=1, currency="CNY")
    act.renewals_sweep(workspace=acme.workspace, as_of=at(0))
    done = register(acme, "renewed")
    assert dict(Renewal.objects.values_list("contract__key", "status")) == {"K20": "renewed", "K40": "not_started"}
    assert done.renewal_id == Renewal.objects.get(status="renewed").pk


def test_OUT_01_a_revert_gives_the_status_back_and_says_what_stays(acme: Company) -> None:
    act.customers_review(workspace=acme.workspace, as_of=at(0), kind="nightly", scored=[scored(acme.customers["wang1"], 95)])
    done = register(acme)
    back = outcome_revert(actor=acme.actor(acme.supervisor), outcome_id=done.outcome.pk)
    assert (back.status, back.alert_stays_closed, back.renewal_stays_renewed) == ("active", done.closed_alert_id, None)
    assert status(acme) == "active"
    assert Alert.objects.get().status == "closed"
    assert (back.outcome.reverted_by, back.outcome.reverted_at) == (acme.supervisor, at(0))


def test_OUT_01_after_a_revert_the_next_review_alerts_again(acme: Company) -> None:
    again = {"workspace": acme.workspace, "kind": "nightly", "scored": [scored(acme.customers["wang1"], 95)]}
    act.customers_review(as_of=at(0), **again)
    outcome_revert(actor=acme.actor(acme.wang), outcome_id=register(acme).outcome.pk)
    assert len(act.customers_review(as_of=at(1), **again).raised) == 1


def test_only_the_newest_outcome_can_be_taken_back_and_only_once(acme: Company) -> None:
    first, second = register(acme).outcome.pk, register(acme, "paused").outcome.pk
    actor = acme.actor(acme.wang)
    with pytest.raises(Conflict) as caught:
        outcome_revert(actor=actor, outcome_id=first)
    assert caught.value.code == "outcome_superseded"
    assert outcome_revert(actor=actor, outcome_id=second).status == "lost"
    with pytest.raises(Conflict) as caught:
        outcome_revert(actor=actor, outcome_id=second)
    assert caught.value.code == "outcome_reverted"
    assert outcome_revert(actor=actor, outcome_id=first).status == "active"


def test_a_status_changed_since_is_not_overwritten(acme: Company) -> None:
    done = register(acme)
    acme.customers["wang1"].status = "closed"
    acme.customers["wang1"].save()
    with pytest.raises(Conflict):
        outcome_revert(actor=acme.actor(acme.wang), outcome_id=done.outcome.pk)
    assert status(acme) == "closed"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"kind": "gone"}, "outcome_kind"),
        ({"occurred_on": TODAY + timedelta(days=1)}, "outcome_date"),
        ({"cause": "weather"}, "outcome_cause"),
        ({"kind": "unsaveable"}, "outcome_final_cause"),
        ({"kind": "unsaveable", "cause": "price"}, "outcome_final_cause"),
        ({"kind": "churned", "cause": "merged"}, "outcome_final_cause"),
    ],
)
def test_an_outcome_that_does_not_add_up_is_refused(acme: Company, fields: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid) as caught:
        register(acme, **fields)
    assert caught.value.code == code
    assert not Outcome.objects.exists()
    assert status(acme) == "active"


def test_strangers_and_colleagues_out_of_scope_find_nothing(acme: Company, stranger: Company) -> None:
    done = register(acme)
    for actor in (stranger.actor(stranger.admin), acme.actor(acme.li), acme.actor(acme.outsider)):
        with pytest.raises(NotFound):
            register(acme, actor=actor)
        with pytest.raises(NotFound):
            outcome_revert(actor=actor, outcome_id=done.outcome.pk)
        assert not outcomes_visible(actor).exists()
    for who in (acme.analyst, acme.it):
        with pytest.raises(Forbidden):
            register(acme, actor=acme.actor(who))
    assert outcomes_visible(acme.actor(acme.analyst)).count() == 1


def test_OUT_01_both_ways_are_audited(acme: Company) -> None:
    done = register(acme)
    outcome_revert(actor=acme.actor(acme.wang), outcome_id=done.outcome.pk)
    trail = AuditEntry.objects.filter(object_type="customer").order_by("id").values_list("action", "detail__from", "detail__to")
    assert list(trail) == [("outcome_register", "active", "lost"), ("outcome_revert", "lost", "active")]
