"""The replayed past: what is at risk at its end is the stock list, and a broken replay goes on where it stopped."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from liuke.act.store.models import Notice
from liuke.alert.store.models import Alert
from liuke.jobs.domain.contract import PlainContext
from liuke.jobs.store.models import OutboxMessage
from liuke.pipeline.history import past_dates, workspace_replay
from liuke.pipeline.runs import workspace_bring_up
from liuke.score.store.models import ScoreRun
from liuke.warehouse.scores import score_history
from tests.pipeline.conftest import OPENS, Shop

pytestmark = pytest.mark.django_db


def _replay(shop: Shop, weeks: int = 6) -> list[str]:
    seen: list[str] = []
    workspace_replay(
        workspace=shop.workspace, warehouse=shop.warehouse, until=OPENS, weeks=weeks, progress=lambda _fraction, day: seen.append(day)
    )
    return seen


def test_past_dates_are_local_midnights_a_week_apart() -> None:
    dates = past_dates(until=OPENS, zone="Asia/Shanghai", weeks=3)
    assert [(after - before) for before, after in pairwise(dates)] == [timedelta(weeks=1)] * 2
    assert all(day.astimezone().tzinfo for day in dates)
    assert dates[-1] < OPENS


def test_ALT_12_what_is_at_risk_after_the_replay_is_the_stock_list_and_nobody_was_told(shop: Shop) -> None:
    _replay(shop)
    opened = Alert.objects.exclude(status=Alert.Status.CLOSED)
    assert {alert.origin for alert in opened} == {Alert.Origin.STOCK}
    assert not Alert.objects.filter(pushed_at__isnull=False).exists()
    assert not Notice.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_the_replay_leaves_a_score_for_every_week(shop: Shop) -> None:
    _replay(shop, weeks=6)
    customer = Alert.objects.get(customer__key="fading").customer_id
    history = score_history(shop.warehouse, shop.workspace.pk, customer_id=customer, as_of=OPENS)
    assert history.num_rows == 7


def test_a_replay_that_was_broken_off_does_not_score_its_dates_twice(shop: Shop) -> None:
    _replay(shop, weeks=3)
    first = set(ScoreRun.objects.values_list("as_of", "started_at").exclude(as_of=OPENS))
    assert len(_replay(shop, weeks=3)) == 1
    assert first == set(ScoreRun.objects.values_list("as_of", "started_at").exclude(as_of=OPENS))


def test_dates_before_the_first_activity_are_left_out(shop: Shop) -> None:
    assert len(_replay(shop, weeks=80)) < 80


def test_the_first_run_lives_through_the_past_and_the_next_ones_do_not(shop: Shop) -> None:
    workspace_bring_up(workspace=shop.workspace, warehouse=shop.warehouse, context=PlainContext())
    scored = ScoreRun.objects.count()
    assert scored == 13
    workspace_bring_up(workspace=shop.workspace, warehouse=shop.warehouse, context=PlainContext())
    assert ScoreRun.objects.count() == scored
