"""From a visit or a call to the stream of activities, as a worker brings it in."""

from __future__ import annotations

from datetime import timedelta

import pytest

from liuke.act.doings.domain import Sent, sent_doing
from liuke.act.doings.queue import KIND, doing_note, doings_hand_over
from liuke.act.plans import service as plans
from liuke.act.service import follow_up_record, work_item_create
from liuke.base.times import to_us
from liuke.facts.store.models import Customer
from liuke.jobs.domain.contract import PlainContext
from liuke.pipeline.handlers import HANDLERS
from liuke.pipeline.live import live_run
from liuke.signals.domain.measures import NOT_DONE_BY_CUSTOMER
from tests.factories import actor_of
from tests.pipeline.conftest import OPENS, Shop

pytestmark = pytest.mark.django_db


def bring_in(shop: Shop) -> None:
    """Everything that waits, as the worker's jobs do it."""
    doings_hand_over(shop.workspace.pk)
    live_run(workspace=shop.workspace, warehouse=shop.warehouse, context=PlainContext(workspace_id=shop.workspace.pk))


def stream(shop: Shop) -> list[tuple[str, str, int]]:
    sql = "SELECT activity_id, kind, ts_us FROM activity WHERE source = 'liuke' ORDER BY activity_id"
    return [(row["activity_id"], row["kind"], row["ts_us"]) for row in shop.warehouse.query(shop.workspace.pk, sql).to_pylist()]


def newest_interaction(shop: Shop, customer: Customer) -> int:
    """What 无互动 (SIG-08) counts its days from."""
    but = ", ".join(f"'{kind}'" for kind in NOT_DONE_BY_CUSTOMER)
    sql = f"SELECT max(ts_us) AS at FROM activity WHERE customer_id = {customer.pk} AND kind NOT IN ({but})"
    return int(shop.warehouse.query(shop.workspace.pk, sql).to_pylist()[0]["at"])


@pytest.fixture
def gone(shop: Shop) -> Customer:
    return Customer.objects.get(workspace=shop.workspace, key="gone")


def test_SIG_08_a_visit_ends_a_silence_until_it_is_taken_back(shop: Shop, gone: Customer) -> None:
    before = newest_interaction(shop, gone)
    assert before == to_us(OPENS - timedelta(days=300))
    actor = actor_of(shop.manager)
    visit = plans.visit_record(actor=actor, customer_id=gone.pk, item_id=None, text="见到采购", key="v1")
    bring_in(shop)
    assert stream(shop) == [(f"visit:{visit.pk}", "visit.made", to_us(OPENS))]
    assert newest_interaction(shop, gone) == to_us(OPENS)
    plans.visit_remove(actor=actor, visit_id=visit.pk)
    bring_in(shop)
    assert [kind for _, kind, _ in stream(shop)] == ["entry.taken_back"]
    assert newest_interaction(shop, gone) == before
    plans.visit_remove(actor=actor, visit_id=visit.pk, removed=False)
    bring_in(shop)
    assert newest_interaction(shop, gone) == to_us(OPENS)


def test_a_call_that_was_taken_is_an_interaction_and_one_that_was_not_is_none(shop: Shop, gone: Customer) -> None:
    actor = actor_of(shop.manager)
    item = work_item_create(actor=actor, customer_id=gone.pk, title="回访")
    follow_up_record(actor=actor, item_id=item.pk, result="missed", request_key="f1")
    bring_in(shop)
    assert stream(shop) == []
    call = follow_up_record(actor=actor, item_id=item.pk, result="reached", request_key="f2")
    for _ in range(2):
        assert follow_up_record(actor=actor, item_id=item.pk, result="reached", request_key="f2").pk == call.pk
        bring_in(shop)
    assert stream(shop) == [(f"follow_up:{call.pk}", "call.made", to_us(OPENS))]
    assert newest_interaction(shop, gone) == to_us(OPENS)


def test_a_message_of_ours_ends_no_silence(shop: Shop, gone: Customer) -> None:
    before = newest_interaction(shop, gone)
    doing_note(shop.workspace.pk, sent_doing(Sent(1, "gone", OPENS, "sms", True, "recall_news")))
    bring_in(shop)
    assert [kind for _, kind, _ in stream(shop)] == ["message.out"]
    assert newest_interaction(shop, gone) == before


def test_the_worker_knows_the_job() -> None:
    assert KIND in HANDLERS
