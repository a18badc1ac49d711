"""DAT-01, ALT-11: what the API accepts is a fact, a score and an alert within one micro-batch, whatever dies on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.accounts.store.models import Workspace
from liuke.act.store.models import WorkItem
from liuke.alert.domain.changes import ReviewKind
from liuke.alert.store.models import Alert, AlertPush
from liuke.align.domain.batch import Written
from liuke.connect.service import batch_ingest
from liuke.connect.service.live import Waiting, waiting
from liuke.connect.store.models import Batch, Source
from liuke.facts.store.models import Customer
from liuke.jobs.domain.contract import PlainContext
from liuke.jobs.store.models import Job
from liuke.pipeline import live
from liuke.pipeline.live import live_run
from liuke.pipeline.scoring import Scoring, customers_rescore, workspace_score
from liuke.score.store.models import ScoreRun
from liuke.show.store.models import CustomerCard
from liuke.signals.store.models import Rule, RuleHit, RuleVersion
from liuke.warehouse.scores import score_history
from tests.factories import make_actor
from tests.pipeline.conftest import OPENS, Shop

pytestmark = pytest.mark.django_db
ALARM = {"when": {"column": "ticket_n_30", "op": "ge", "value": 1}}


@pytest.fixture
def scored(shop: Shop) -> Shop:
    """The shop after a run over everybody, with a rule that any ticket raises 高危."""
    rule = Rule.objects.create(workspace=shop.workspace, code="alarm", name="投诉")
    RuleVersion.objects.create(rule=rule, version=1, status="published", document=ALARM, effects={"level": "high"})
    workspace_score(workspace=shop.workspace, warehouse=shop.warehouse, as_of=OPENS, kind=ReviewKind.FIRST)
    return shop


def _send(shop: Shop, activity_id: str, customer: str, *, kind: str = "ticket.opened", hours_ago: float = 1.0, **fields: object) -> Batch:
    row = {"activity_id": activity_id, "customer_key": customer, "ts": OPENS - timedelta(hours=hours_ago), "kind": kind}
    return batch_ingest(actor=make_actor(shop.workspace), source="desk", rows=[row | fields])


def _apply(shop: Shop) -> Mapping[str, object]:
    return live_run(workspace=shop.workspace, warehouse=shop.warehouse, context=PlainContext(workspace_id=shop.workspace.pk))


def _stored(shop: Shop) -> list[tuple[str, str]]:
    sql = "SELECT activity_id, customer_id FROM activity WHERE source = 'desk' ORDER BY activity_id"
    keys = dict(Customer.objects.values_list("pk", "key"))
    return [(row["activity_id"], keys[row["customer_id"]]) for row in shop.warehouse.query(shop.workspace.pk, sql).to_pylist()]


def _score_of(shop: Shop, key: str) -> float:
    customer = Customer.objects.get(key=key)
    return float(score_history(shop.warehouse, shop.workspace.pk, customer_id=customer.pk, as_of=OPENS)["score"].to_pylist()[-1])


def _signals(key: str) -> set[str]:
    return {str(line["signal"]) for line in CustomerCard.objects.get(key=key).reasons}


def test_ALT_11_an_event_by_API_is_an_alert_with_its_task_after_one_micro_batch(scored: Shop) -> None:
    batch = _send(scored, "t1", "steady")
    assert not Alert.objects.filter(customer__key="steady").exists()
    done = _apply(scored)
    alert = Alert.objects.get(customer__key="steady")
    assert (alert.level, WorkItem.objects.filter(alert=alert).count()) == ("high", 1)
    assert (done["rows"], done["customers"], done["raised"]) == (1, 1, 1)
    batch.refresh_from_db()
    assert (batch.status, batch.rows_new, Source.objects.get(name="desk").rows_total) == ("done", 1, 1)


def test_what_a_micro_batch_scores_equals_a_run_over_everybody(scored: Shop) -> None:
    _send(scored, "o1", "fading", kind="order.placed", value=800.0)
    _send(scored, "t1", "steady")
    _apply(scored)
    cards = ("key", "score", "level", "reasons", "annual_value", "last_order_at", "history")
    few = list(CustomerCard.objects.order_by("key").values(*cards))
    scores = {key: _score_of(scored, key) for key in ("steady", "fading", "gone")}
    workspace_score(workspace=scored.workspace, warehouse=scored.warehouse, as_of=OPENS, kind=ReviewKind.NIGHTLY)
    assert list(CustomerCard.objects.order_by("key").values(*cards)) == few
    assert {key: _score_of(scored, key) for key in scores} == scores


def test_at_the_moment_of_the_last_run_the_others_keep_their_scores(scored: Shop) -> None:
    before = scored.warehouse.query(scored.workspace.pk, "SELECT customer_id, score FROM score ORDER BY ALL").num_rows
    _send(scored, "t1", "steady")
    _apply(scored)
    assert scored.warehouse.query(scored.workspace.pk, "SELECT customer_id FROM score").num_rows == before


@pytest.mark.parametrize("dies_in", ["customers_rescore", "settle"])
def test_killed_after_the_warehouse_or_before_the_last_word_nothing_is_lost_or_doubled(
    scored: Shop, monkeypatch: pytest.MonkeyPatch, dies_in: str
) -> None:
    def die(**_: object) -> None:
        raise KeyboardInterrupt

    batch = _send(scored, "t1", "steady")
    with monkeypatch.context() as broken:
        broken.setattr(live, dies_in, die)
        with pytest.raises(KeyboardInterrupt):
            _apply(scored)
    batch.refresh_from_db()
    assert batch.status == "queued"
    _send(scored, "t2", "fading")
    _apply(scored)
    assert _stored(scored) == [("t1", "steady"), ("t2", "fading")]
    assert sorted(Alert.objects.filter(level="high").values_list("customer__key", flat=True)) == ["fading", "steady"]
    assert set(Batch.objects.filter(source__name="desk").values_list("status", flat=True)) == {"done"}
    assert Source.objects.get(name="desk").rows_total == 2


def test_a_correction_that_gives_a_row_to_another_customer_scores_both(scored: Shop) -> None:
    _send(scored, "t1", "steady")
    _apply(scored)
    assert RuleHit.objects.get(customer__key="steady").until is None
    _send(scored, "t1", "fading")
    done = _apply(scored)
    assert (done["customers"], _stored(scored)) == (2, [("t1", "fading")])
    assert not RuleHit.objects.filter(customer__key="steady", until__isnull=True).exists()
    assert Alert.objects.get(customer__key="fading").level == "high"


def test_a_late_row_and_one_with_another_time_change_the_score_they_touch(scored: Shop) -> None:
    before = CustomerCard.objects.get(key="fading").last_order_at
    _send(scored, "o1", "fading", kind="order.placed", hours_ago=24 * 30, value=100.0)
    _apply(scored)
    late = CustomerCard.objects.get(key="fading").last_order_at
    assert before is not None
    assert late == OPENS - timedelta(days=30) > before
    _send(scored, "o1", "fading", kind="order.placed", hours_ago=24 * 60, value=100.0)
    _apply(scored)
    assert CustomerCard.objects.get(key="fading").last_order_at == OPENS - timedelta(days=60)


def test_an_unknown_customer_is_created_as_an_import_would_and_has_a_card_at_once(scored: Shop) -> None:
    _send(scored, "t1", "stranger")
    _apply(scored)
    assert CustomerCard.objects.get(key="stranger").name == "stranger"
    assert Alert.objects.get(customer__key="stranger").level == "high"


def test_an_event_ahead_of_the_clock_waits_for_it(scored: Shop) -> None:
    _send(scored, "t1", "steady", hours_ago=-2)
    _apply(scored)
    assert not Alert.objects.filter(customer__key="steady").exists()
    Workspace.objects.filter(pk=scored.workspace.pk).update(simulated_as_of=OPENS + timedelta(hours=3))
    _send(scored, "x1", "steady", kind="page.viewed")
    _apply(scored)
    assert Alert.objects.get(customer__key="steady").level == "high"


def test_a_kind_that_the_workspace_never_had_counts_at_once(scored: Shop) -> None:
    assert "message.in" not in (ScoreRun.objects.latest("as_of").basis or {})["kinds"]
    before = _signals("steady")
    _send(scored, "m1", "steady", kind="message.in", attrs={"text": "你们的服务太差了,我要退款,以后不会再买了"})
    _apply(scored)
    assert _signals("steady") - before


def test_a_workspace_that_was_never_scored_gets_its_first_scoring(shop: Shop) -> None:
    _send(shop, "t1", "steady")
    _apply(shop)
    assert Job.objects.filter(kind="score", workspace=shop.workspace).count() == 1
    assert _stored(shop) == [("t1", "steady")]


def test_a_run_over_everybody_leaves_alone_who_was_scored_since_its_moment(scored: Shop) -> None:
    Workspace.objects.filter(pk=scored.workspace.pk).update(simulated_as_of=OPENS + timedelta(hours=3))
    _send(scored, "t1", "steady", hours_ago=-2)
    _apply(scored)
    scored.workspace.refresh_from_db()
    workspace_score(workspace=scored.workspace, warehouse=scored.warehouse, as_of=OPENS, kind=ReviewKind.NIGHTLY)
    assert Alert.objects.get(customer__key="steady").status == "open"
    assert CustomerCard.objects.get(key="steady").scored_at == OPENS + timedelta(hours=3)


def test_a_customer_scored_often_between_two_runs_leaves_one_score(scored: Shop) -> None:
    for hour in range(1, 4):
        Workspace.objects.filter(pk=scored.workspace.pk).update(simulated_as_of=OPENS + timedelta(hours=hour))
        _send(scored, f"p{hour}", "steady", kind="page.viewed")
        _apply(scored)
    steady = Customer.objects.get(key="steady").pk
    sql = f"SELECT as_of_us FROM score WHERE customer_id = {steady}"
    assert scored.warehouse.query(scored.workspace.pk, sql).num_rows == 2


def test_ALT_12_live_alerts_are_pushed_within_the_budget_of_the_day_and_no_digest_goes_out(scored: Shop) -> None:
    for number in range(5):
        _send(scored, f"t{number}", f"new{number}")
    _apply(scored)
    Customer.objects.filter(key__startswith="new").update(owner=scored.manager)
    for number in range(5):
        _send(scored, f"again{number}", f"new{number}")
        _apply(scored)
    assert Alert.objects.filter(level="high", owner=scored.manager).count() == 5
    assert AlertPush.objects.filter(recipient=scored.manager).count() == 2
    assert not scored.manager.notice_set.filter(key__contains="digest").exists()


@given(st.lists(st.integers(1, 50), min_size=1, max_size=8), st.data())
def test_the_rows_of_a_micro_batch_are_divided_among_its_batches_without_remainder(sizes: list[int], data: st.DataObject) -> None:
    new = data.draw(st.integers(0, sum(sizes)))
    changed = data.draw(st.integers(0, sum(sizes) - new))
    whole = Written(new, changed, sum(sizes) - new - changed)
    parts = live._parts(whole, sizes)
    assert [part.new + part.changed + part.same for part in parts] == sizes
    totals = [sum(values) for values in zip(*((part.new, part.changed, part.same) for part in parts), strict=True)]
    assert totals == [whole.new, whole.changed, whole.same]


def test_a_job_that_ends_before_its_backlog_does_is_followed_by_another(scored: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    _send(scored, "t1", "steady")
    Job.objects.filter(kind="live").update(status=Job.Status.DONE)
    monkeypatch.setattr(live, "LONGEST", timedelta(0))
    assert _apply(scored)["batches"] == 0
    assert Job.objects.filter(kind="live", status=Job.Status.QUEUED).count() == 1
    monkeypatch.undo()
    Job.objects.filter(kind="live").update(status=Job.Status.DONE)
    assert _apply(scored)["batches"] == 1
    assert not Job.objects.filter(kind="live", status=Job.Status.QUEUED).exists(), "nothing waits any more"


def test_rows_that_waited_long_are_taken_in_larger_portions(scored: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        _send(scored, f"t{number}", "steady")
    taken: list[int] = []

    def noted(**asked: Any) -> list[Waiting]:
        found = waiting(**asked)
        taken.append(len(found))
        return found

    monkeypatch.setattr(live, "waiting", noted)
    monkeypatch.setattr(live, "LATE_S", 0.0)
    monkeypatch.setattr(live, "BACKLOG_AT_ONCE", 3)
    context = PlainContext(workspace_id=scored.workspace.pk)
    live_run(workspace=scored.workspace, warehouse=scored.warehouse, context=context, rows=1)
    assert taken == [1, 3, 1, 0]


def test_ALT_11_whoever_says_something_is_scored_before_whoever_only_looked_around(scored: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    _send(scored, "p1", "steady", kind="page.viewed")
    _send(scored, "t1", "fading")
    turns: list[list[str]] = []
    when_done: list[int] = []

    def noted(*, customer_ids: Sequence[int], **asked: Any) -> Scoring | None:
        turns.append(list(Customer.objects.filter(pk__in=customer_ids).values_list("key", flat=True)))
        when_done.append(Batch.objects.filter(status="done", source__name="desk").count())
        return customers_rescore(customer_ids=customer_ids, **asked)

    monkeypatch.setattr(live, "customers_rescore", noted)
    _apply(scored)
    assert (turns, when_done) == ([["fading"], ["steady"]], [0, 0])
    assert Batch.objects.filter(status="done", source__name="desk").count() == 2


def test_what_comes_while_a_micro_batch_is_scored_is_taken_up_between_two_turns(scored: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "TOGETHER", 1)
    monkeypatch.setattr(live, "MOST_TOGETHER", 1)
    for key in ("steady", "gone"):
        _send(scored, f"p-{key}", key, kind="page.viewed")
    turns: list[str] = []

    def noted(*, customer_ids: Sequence[int], **asked: Any) -> Scoring | None:
        turns.append(Customer.objects.get(pk=customer_ids[0]).key)
        if len(turns) == 1:
            _send(scored, "t1", "fading")
            _send(scored, "p2", "steady", kind="page.viewed")
        return customers_rescore(customer_ids=customer_ids, **asked)

    monkeypatch.setattr(live, "customers_rescore", noted)
    done = _apply(scored)
    assert turns[1] == "fading", "between the two who were waiting"
    assert sorted(turns) == ["fading", "gone", "steady", "steady"]
    assert (done["rows"], done["batches"]) == (4, 4)
    assert set(Batch.objects.filter(source__name="desk").values_list("status", flat=True)) == {"done"}
