"""时间机器: every day on the way is scored, and a run that died goes on from where it was."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from liuke.accounts.store.models import Workspace
from liuke.act.store.models import Notice
from liuke.alert.store.models import Alert
from liuke.base.errors import Conflict, Invalid, Transient
from liuke.jobs.domain.contract import PlainContext
from liuke.pipeline import clock
from liuke.pipeline.clock import workspace_advance
from liuke.pipeline.runs import workspace_bring_up
from liuke.pipeline.scoring import Scoring, workspace_score
from liuke.score.store.models import ScoreRun
from liuke.warehouse import Warehouse
from tests.pipeline.conftest import OPENS, Shop

pytestmark = pytest.mark.django_db


def _advance(shop: Shop, until: date) -> dict[str, int]:
    shop.workspace.refresh_from_db()
    return workspace_advance(workspace=shop.workspace, warehouse=shop.warehouse, until=until, context=PlainContext())


def test_every_day_on_the_way_is_scored_and_the_clock_stands_at_the_target(shop: Shop) -> None:
    assert _advance(shop, date(2026, 3, 5))["days"] == 3
    assert list(ScoreRun.objects.order_by("as_of").values_list("as_of", flat=True)) == [OPENS + timedelta(days=n) for n in (1, 2, 3)]
    assert Workspace.objects.get(pk=shop.workspace.pk).simulated_as_of == OPENS + timedelta(days=3)


def test_a_target_reached_before_is_no_work(shop: Shop) -> None:
    _advance(shop, date(2026, 3, 4))
    assert _advance(shop, date(2026, 3, 4)) == {"days": 0, "raised": 0, "closed": 0, "pushed": 0}


def test_killed_half_way_it_ends_at_the_same_target(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []

    def dies_on_the_third(**given: object) -> Scoring:
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return workspace_score(**given)  # type: ignore[arg-type]

    with monkeypatch.context() as broken:
        broken.setattr(clock, "workspace_score", dies_on_the_third)
        with pytest.raises(KeyboardInterrupt):
            _advance(shop, date(2026, 3, 7))
    assert _advance(shop, date(2026, 3, 7))["days"] == 3
    assert ScoreRun.objects.count() == 5


def test_flows_that_a_died_try_did_not_wake_are_woken_by_the_next(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock had moved, the wake met a busy database: the second try has no day left to score."""
    woken: list[datetime | None] = []

    def wake(*, workspace: Workspace, warehouse: Warehouse) -> int:
        if workspace.simulated_as_of != OPENS and not woken[1:]:
            woken.append(None)
            raise Transient("database_busy")
        woken.append(workspace.simulated_as_of)
        return 0

    monkeypatch.setattr(clock, "playbooks_wake", wake)
    target = OPENS.date() + timedelta(days=1)
    with pytest.raises(Transient):
        _advance(shop, target)
    _advance(shop, target)
    assert woken == [OPENS, None, OPENS + timedelta(days=1)]


def test_ALT_12_a_customer_who_falls_into_a_band_is_told_within_the_budget(shop: Shop) -> None:
    workspace_bring_up(workspace=shop.workspace, warehouse=shop.warehouse, context=PlainContext())
    _advance(shop, date(2026, 4, 1))
    pushed = Alert.objects.filter(pushed_at__isnull=False)
    days = [alert.pushed_at.date() for alert in pushed if alert.pushed_at]
    assert all(days.count(day) <= 2 for day in days)
    assert Notice.objects.filter(recipient=shop.manager).count() >= 0


def test_a_workspace_on_the_real_clock_has_no_time_machine(shop: Shop) -> None:
    Workspace.objects.filter(pk=shop.workspace.pk).update(simulated_as_of=None)
    with pytest.raises(Conflict, match="clock_is_real"):
        _advance(shop, date(2026, 3, 7))


def test_more_than_a_month_at_once_is_refused_before_anything_happens(shop: Shop) -> None:
    with pytest.raises(Invalid, match="clock_days"):
        _advance(shop, date(2026, 6, 1))
    assert not ScoreRun.objects.exists()
