"""续约台账."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from liuke.accounts.store.models import AuditEntry
from liuke.act import service as act
from liuke.act.domain.renewals import Due, buckets, forecast_of
from liuke.act.renewals.ledger import Swept
from liuke.act.service import RenewalChange
from liuke.act.store.models import Notice, Renewal, WorkItem
from liuke.base.errors import Forbidden, Invalid, NotFound
from liuke.facts.store.models import Contract
from tests.alert.world import MONDAY, Company, at

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()


def contract(acme: Company, name: str, days: int, *, amount: int = 1000, **fields: Any) -> Contract:
    """A contract of that customer that ends in `days`."""
    values = {"name": f"合同{days}", "ends_on": TODAY + timedelta(days=days), "amount": amount, "currency": "CNY", **fields}
    return Contract.objects.create(customer=acme.customers[name], key=f"K{days}", **values)


def swept(acme: Company, *ends: int) -> list[Renewal]:
    """Ledger rows of wang1's contracts that end in these days."""
    for days in ends:
        contract(acme, "wang1", days)
    act.renewals_sweep(workspace=acme.workspace, as_of=at(0))
    return list(Renewal.objects.order_by("contract__ends_on"))


def test_REN_01_contracts_near_their_end_enter_the_ledger_once(acme: Company) -> None:
    for days in (-91, -90, 0, 90, 91):
        contract(acme, "wang1", days)
    contract(acme, "wang2", 60, starts_on=TODAY + timedelta(days=1))
    assert act.renewals_sweep(workspace=acme.workspace, as_of=at(0)).rows == 3
    assert act.renewals_sweep(workspace=acme.workspace, as_of=at(0)) == Swept(0, 0)


def test_SIG_22_fifteen_days_before_the_end_an_unstarted_renewal_becomes_work(acme: Company) -> None:
    swept(acme, 15, 16)
    item = WorkItem.objects.get()
    assert (item.kind, item.title, item.owner) == ("renewal", "合同15", acme.wang)
    assert Notice.objects.get().recipient == acme.wang
    act.renewals_sweep(workspace=acme.workspace, as_of=at(1))
    assert WorkItem.objects.count() == 2


def test_SIG_22_only_a_nightly_review_reminds(acme: Company) -> None:
    contract(acme, "wang1", 5)
    act.customers_review(workspace=acme.workspace, as_of=at(0), kind="replay", scored=[])
    assert (Renewal.objects.count(), WorkItem.objects.count(), Notice.objects.count()) == (1, 0, 0)
    act.customers_review(workspace=acme.workspace, as_of=at(0), kind="nightly", scored=[])
    assert (WorkItem.objects.count(), Notice.objects.count()) == (1, 1)


def test_REN_01_starting_makes_one_item_however_often_it_is_pressed(acme: Company) -> None:
    row = swept(acme, 60)[0]
    actor = acme.actor(acme.wang)
    first = act.renewal_start(actor=actor, renewal_id=row.pk)
    assert act.renewal_start(actor=actor, renewal_id=row.pk).pk == first.pk
    row.refresh_from_db()
    assert (row.status, row.started_at) == ("talking", at(0))
    assert first.due_at == at(45)
    assert AuditEntry.objects.filter(action="renewal_start").count() == 1


def test_REN_01_not_renewing_needs_a_reason_and_finishes_the_item(acme: Company) -> None:
    row = swept(acme, 10)[0]
    actor = acme.actor(acme.wang)
    with pytest.raises(Invalid):
        act.renewal_update(actor=actor, renewal_id=row.pk, change=RenewalChange(status="declined", reason=" "))
    act.renewal_update(actor=actor, renewal_id=row.pk, change=RenewalChange(status="declined", reason="价格"))
    assert WorkItem.objects.get().status == "done"
    act.renewal_update(actor=actor, renewal_id=row.pk, change=RenewalChange(status="quoted"))
    assert WorkItem.objects.get().status == "doing"


@pytest.mark.parametrize("change", [RenewalChange(status="maybe"), RenewalChange(forecast=1.5), RenewalChange(forecast=-0.1)])
def test_a_wrong_status_or_forecast_is_refused(acme: Company, change: RenewalChange) -> None:
    row = swept(acme, 30)[0]
    with pytest.raises(Invalid):
        act.renewal_update(actor=acme.actor(acme.wang), renewal_id=row.pk, change=change)


def test_absent_fields_of_a_change_stay(acme: Company) -> None:
    row = swept(acme, 30)[0]
    actor = acme.actor(acme.wang)
    act.renewal_update(actor=actor, renewal_id=row.pk, change=RenewalChange(next_step="报价", next_step_on=TODAY, forecast=0.9))
    after = act.renewal_update(actor=actor, renewal_id=row.pk, change=RenewalChange(status="quoted"))
    assert (after.next_step, after.next_step_on, after.forecast, after.status, after.updated_by) == (
        "报价",
        TODAY,
        0.9,
        "quoted",
        acme.wang,
    )


def test_renewals_are_scoped_and_a_stranger_finds_nothing(acme: Company, stranger: Company) -> None:
    row = swept(acme, 30)[0]
    seen = {
        who: act.renewals_visible(acme.actor(getattr(acme, who))).count() for who in ("admin", "supervisor", "wang", "li", "outsider", "it")
    }
    assert seen == {"admin": 1, "supervisor": 1, "wang": 1, "li": 0, "outsider": 0, "it": 0}
    for actor in (stranger.actor(stranger.admin), acme.actor(acme.li)):
        with pytest.raises(NotFound):
            act.renewal_start(actor=actor, renewal_id=row.pk)
        with pytest.raises(NotFound):
            act.renewal_update(actor=actor, renewal_id=row.pk, change=RenewalChange(status="quoted"))
    with pytest.raises(Forbidden):
        act.renewal_start(actor=acme.actor(acme.analyst), renewal_id=row.pk)


def test_REN_01_totals_per_window_with_the_weighted_forecast(acme: Company) -> None:
    rows = swept(acme, -5, 10, 40)
    contract(acme, "wang2", 20, currency="USD")
    act.renewals_sweep(workspace=acme.workspace, as_of=at(0))
    act.renewal_update(actor=acme.actor(acme.wang), renewal_id=rows[1].pk, change=RenewalChange(forecast=0.8))
    totals = {bucket.window: bucket for bucket in act.renewal_totals(actor=acme.actor(acme.wang), today=TODAY)}
    assert {window: (bucket.count, bucket.amount, bucket.forecast_amount) for window, bucket in totals.items()} == {
        "overdue": (1, Decimal(1000), Decimal(500)),
        "15": (1, Decimal(1000), Decimal(800)),
        "30": (1, Decimal(1000), Decimal(800)),
        "60": (2, Decimal(2000), Decimal(1300)),
        "90": (2, Decimal(2000), Decimal(1300)),
    }
    for window, bucket in totals.items():
        listed = act.renewals_visible(acme.actor(acme.wang)).filter(act.window_filter(window, TODAY), contract__currency="CNY")
        assert listed.count() == bucket.count


def test_an_unknown_window_is_refused() -> None:
    with pytest.raises(Invalid):
        act.window_filter("45", TODAY)


def test_what_is_decided_counts_as_decided_whatever_was_forecast() -> None:
    assert [forecast_of(status, 0.4) for status in ("renewed", "declined", "quoted")] == [1.0, 0.0, 0.4]
    assert buckets([Due(date(2011, 9, 1), Decimal(5), "renewed", None)], TODAY)[0].count == 0
