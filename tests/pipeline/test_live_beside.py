"""ALT-11: a message is an alert while a long turn of others is scored beside it; nothing of either is lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from threading import Event
from typing import Any

import pytest

from liuke.alert.domain.changes import ReviewKind
from liuke.alert.store.models import Alert
from liuke.connect.service import batch_ingest
from liuke.connect.store.models import Batch
from liuke.facts.store.models import Customer
from liuke.jobs.domain.contract import PlainContext
from liuke.pipeline import live
from liuke.pipeline.live import beside, live_run
from liuke.pipeline.scoring import Scoring, customers_rescore, workspace_score
from liuke.signals.store.models import Rule, RuleVersion
from tests.factories import make_actor
from tests.pipeline.conftest import OPENS, Shop

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scored(shop: Shop) -> Shop:
    """The shop after a run over everybody, with a rule that any ticket raises 高危."""
    rule = Rule.objects.create(workspace=shop.workspace, code="alarm", name="投诉")
    when = {"when": {"column": "ticket_n_30", "op": "ge", "value": 1}}
    RuleVersion.objects.create(rule=rule, version=1, status="published", document=when, effects={"level": "high"})
    workspace_score(workspace=shop.workspace, warehouse=shop.warehouse, as_of=OPENS, kind=ReviewKind.FIRST)
    return shop


def _send(shop: Shop, activity_id: str, customer: str, kind: str) -> None:
    row = {"activity_id": activity_id, "customer_key": customer, "ts": OPENS - timedelta(hours=1), "kind": kind}
    batch_ingest(actor=make_actor(shop.workspace), source="desk", rows=[row])


def test_a_message_is_an_alert_while_others_are_being_scored(scored: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    said, in_time = Event(), []

    def slow_for_the_routine(*, customer_ids: Sequence[int], **asked: Any) -> Scoring | None:
        keys = set(Customer.objects.filter(pk__in=customer_ids).values_list("key", flat=True))
        if keys == {"steady"} and not in_time:
            _send(scored, "t1", "fading", "ticket.opened")
            in_time.append(said.wait(30))
        found = customers_rescore(customer_ids=customer_ids, **asked)
        if keys == {"fading"}:
            said.set()
        return found

    monkeypatch.setattr(live, "customers_rescore", slow_for_the_routine)
    _send(scored, "p1", "steady", "page.viewed")
    with beside() as lane:
        context = PlainContext(workspace_id=scored.workspace.pk)
        done = live_run(workspace=scored.workspace, warehouse=scored.warehouse, context=context, lane=lane)
    assert in_time == [True], "the message waited for the others"
    assert Alert.objects.get(customer__key="fading").level == "high"
    assert (done["rows"], done["customers"], done["batches"]) == (2, 2, 2)
    assert set(Batch.objects.filter(source__name="desk").values_list("status", flat=True)) == {"done"}


def test_a_turn_that_fails_beside_the_others_ends_the_job_and_its_rows_wait(scored: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(**_: object) -> None:
        raise ZeroDivisionError

    _send(scored, "p1", "steady", "page.viewed")
    context = PlainContext(workspace_id=scored.workspace.pk)
    monkeypatch.setattr(live, "customers_rescore", fails)
    with beside() as lane, pytest.raises(ZeroDivisionError):
        live_run(workspace=scored.workspace, warehouse=scored.warehouse, context=context, lane=lane)
    monkeypatch.undo()
    assert Batch.objects.get(source__name="desk").status == "queued"
    with beside() as lane:
        live_run(workspace=scored.workspace, warehouse=scored.warehouse, context=context, lane=lane)
    assert Batch.objects.get(source__name="desk").status == "done"
