"""Mining a workspace's own past as a job (BEY-12, BEY-04, ML-03), and 流失体检 of an uploaded file (BEY-13)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from liuke.accounts.domain.roles import Role
from liuke.base.errors import Forbidden, Invalid, NotFound
from liuke.base.times import to_us
from liuke.jobs.domain.contract import Cancelled, PlainContext
from liuke.jobs.store.models import Job
from liuke.learn.domain.checkup import checkup_from_plain
from liuke.learn.service.dataset import origins_of
from liuke.learn.service.mining import Mine
from liuke.learn.service.mining_runs import checkup_start, mining_cancel, mining_delete, mining_get, mining_run, mining_start
from liuke.learn.store.models import MiningRun
from liuke.rules.read import rule_from_plain
from liuke.signals.domain.active import HIGHEST
from liuke.signals.service.columns import catalogue_of
from tests.factories import actor_of, make_member
from tests.facts.activities import Row, activity
from tests.learn.conftest import NOW, Past

pytestmark = pytest.mark.django_db


def _rows(past: Past) -> Iterator[Row]:
    """160 customers who buy every ten days; those with a quarrel (two tickets, a return) stop for good soon after."""
    random = np.random.default_rng(11)
    for number in range(160):
        name, start = f"c{number}", 700 - int(random.integers(0, 40))
        quarrel = int(random.integers(80, 400)) if number % 2 else -1
        for back in range(start, 0, -10):
            if back < quarrel - 20:
                break
            yield past.order(name, back + 0.3, float(random.integers(50, 150)))
            yield _activity(name, back + 0.3, "order.line", {"description": "Teapot" if number % 3 else "Cup"})
        if quarrel > 0:
            yield _activity(name, quarrel, "ticket.opened", {})
            yield _activity(name, quarrel - 3, "order.cancelled", {})


def _activity(customer: str, back: float, kind: str, attrs: dict[str, object]) -> Row:
    at = to_us(NOW - timedelta(days=back))
    return activity(f"{customer}:{kind}:{at}", customer=customer, kind=kind, ts=at, known_us=at, value=10.0, source="shop", attrs=attrs)


@pytest.fixture
def quarrels(past: Past, monkeypatch: pytest.MonkeyPatch) -> Past:
    """Looked at from eight moments, and one rule backtested: the rest is more of the same."""
    monkeypatch.setattr("liuke.learn.service.mining.origins_of", lambda workspace, known: origins_of(workspace, known)[-8:])
    monkeypatch.setattr("liuke.learn.service.mining.BACKTESTED", 1)
    past.write("many", list(_rows(past)), tuple(f"c{number}" for number in range(160)))
    return past


def _mine(past: Past) -> Mine:
    return Mine(past.workspace, past.warehouse, lambda _share, _day: None)


def test_candidate_rules_are_rules_that_can_be_adopted_and_come_with_their_backtest(quarrels: Past) -> None:
    found = _mine(quarrels).rules()
    assert found.rules
    catalogue = catalogue_of(quarrels.workspace)
    for rule in found.rules:
        rule_from_plain(rule.document, catalogue, highest=HIGHEST)
        assert 1 <= len(rule.rule.cuts) <= 3
        assert rule.rule.low > rule.rule.base
    figures = found.rules[0].backtest
    assert figures is not None
    assert figures.precision.value is not None
    assert found.found_until + timedelta(days=found.horizon_days) <= found.proof_from


def test_who_bought_and_returned_is_associated_with_loss(quarrels: Past) -> None:
    found = _mine(quarrels).links()
    assert found.customers > 50
    assert all(0 <= link.low <= link.confidence <= link.high <= 1 for link in found.links)


def test_missed_losses_say_what_spoke_for_them(quarrels: Past) -> None:
    found = _mine(quarrels).missed()
    assert found.replayed
    assert found.losses >= found.alerted
    assert found.losses - found.alerted == len(found.listed)
    assert [step.caught for step in found.by_score] == sorted(step.caught for step in found.by_score)


def test_those_who_left_are_clusters_with_names_and_money(quarrels: Past) -> None:
    found = _mine(quarrels).clusters()
    assert sum(cluster.customers for cluster in found.clusters) == found.customers
    assert all(cluster.name and cluster.money > 0 for cluster in found.clusters)


def test_a_past_too_short_is_refused(past: Past) -> None:
    past.workspace.simulated_as_of = NOW - timedelta(days=3000)
    past.workspace.save()
    with pytest.raises(Invalid, match="mining_short"):
        _mine(past).links()


def test_a_search_is_a_job_that_keeps_its_result_and_stops_when_told(quarrels: Past) -> None:
    run = mining_start(actor=quarrels.actor, workspace=quarrels.workspace, kind="links")
    assert run.job is not None
    context = PlainContext(payload={"run": run.pk})
    mining_run(workspace=quarrels.workspace, warehouse=quarrels.warehouse, context=context)
    kept = mining_get(actor=quarrels.actor, run_id=run.pk)
    assert kept.finished_at is not None
    assert set(kept.result) == {"links", "tested", "customers"}

    class Stopping(PlainContext):
        def check_cancelled(self) -> None:
            raise Cancelled

    other = mining_start(actor=quarrels.actor, workspace=quarrels.workspace, kind="clusters")
    with pytest.raises(Cancelled):
        mining_run(workspace=quarrels.workspace, warehouse=quarrels.warehouse, context=Stopping(payload={"run": other.pk}))
    assert MiningRun.objects.get(pk=other.pk).result is None
    mining_cancel(actor=quarrels.actor, run_id=other.pk)
    assert Job.objects.get(pk=other.job_id).status in {Job.Status.CANCELLED, "cancelled"}


def test_mining_is_for_those_who_see_all_customers(past: Past) -> None:
    manager = actor_of(make_member(past.workspace, Role.MANAGER))
    with pytest.raises(Forbidden):
        mining_start(actor=manager, workspace=past.workspace, kind="rules")
    with pytest.raises(Invalid, match="mining_kind"):
        mining_start(actor=past.actor, workspace=past.workspace, kind="gold")
    run = mining_start(actor=past.actor, workspace=past.workspace, kind="rules")
    with pytest.raises(NotFound):
        mining_get(actor=manager, run_id=run.pk)
    with pytest.raises(NotFound):
        mining_run(workspace=past.workspace, warehouse=past.warehouse, context=PlainContext(payload={"run": run.pk + 1}))


@pytest.fixture
def uploads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "uploads"
    folder.mkdir()
    monkeypatch.setattr("liuke.connect.service.storing.uploads_dir", lambda: folder)
    monkeypatch.setattr("liuke.learn.service.mining_runs.uploads_dir", lambda: folder)
    return folder


def _orders() -> io.BytesIO:
    text = io.StringIO()
    out = csv.writer(text)
    out.writerow(["订单号", "客户编号", "下单时间", "金额"])
    for customer in range(15):
        for nth in range(8):
            out.writerow([f"{customer}-{nth}", f"C{customer}", (NOW - timedelta(days=120 - nth * 9 - customer)).date(), 100 + nth])
    return io.BytesIO(text.getvalue().encode("gb18030"))


def test_a_check_up_keeps_the_report_and_nothing_of_the_file(past: Past, uploads: Path) -> None:
    admin = actor_of(make_member(past.workspace, Role.ADMIN))
    run = checkup_start(actor=admin, workspace=past.workspace, file=_orders(), name="../../订单.csv")
    assert run.asked["file"] == "订单.csv"
    assert len(list(uploads.iterdir())) == 1
    before = past.warehouse.query(past.workspace.pk, "SELECT count(*) AS n FROM activity").to_pylist()
    mining_run(workspace=past.workspace, warehouse=past.warehouse, context=PlainContext(payload={"run": run.pk}))
    assert list(uploads.iterdir()) == []
    assert past.warehouse.query(past.workspace.pk, "SELECT count(*) AS n FROM activity").to_pylist() == before
    report = checkup_from_plain(mining_get(actor=admin, run_id=run.pk).result)
    assert report.facts.customers == 15
    assert report.facts.name == "订单.csv"
    with pytest.raises(NotFound, match="checkup_file_gone"):
        mining_run(workspace=past.workspace, warehouse=past.warehouse, context=PlainContext(payload={"run": run.pk}))
    mining_delete(actor=admin, run_id=run.pk)
    assert not MiningRun.objects.filter(pk=run.pk).exists()


def test_a_check_up_needs_the_right_to_import(past: Past, uploads: Path) -> None:
    with pytest.raises(Forbidden):
        checkup_start(actor=actor_of(make_member(past.workspace, Role.MANAGER)), workspace=past.workspace, file=_orders(), name="x.csv")
    assert list(uploads.iterdir()) == []
