"""备份与保留 by API: what is shown, what a preview promises, that nobody confirms blindly."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings, settings
from django.test import Client

from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import AuditEntry, Membership
from liuke.base.backups import BackedFile, Manifest, Reason, manifest_write
from liuke.base.times import to_us
from liuke.facts.store.models import Retention
from liuke.jobs.store.models import Job
from liuke.show.queries import keeping
from liuke.warehouse.domain.steps import Upsert
from liuke.warehouse.local import LocalWarehouse
from tests.factories import make_member, make_workspace
from tests.warehouse.rows import activity, rows

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def technician(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Membership:
    """An IT person of a workspace with ten views of a page, one per hundred days, and an order as old."""
    workspace, warehouse = make_workspace(simulated_as_of=NOW, time_zone="UTC"), LocalWarehouse(tmp_path / "w")
    made = [activity(f"a{n}", customer=n % 3, kind="page.viewed", ts=to_us(NOW - timedelta(days=100 * n))) for n in range(10)]
    made.append(activity("order", kind="order.placed", ts=to_us(NOW - timedelta(days=900))))
    warehouse.transact(workspace.pk, None, [Upsert(rows(made))])
    monkeypatch.setattr(keeping, "warehouse", lambda: warehouse)
    return make_member(workspace, Role.IT)


@pytest.fixture
def backups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of backups."""
    monkeypatch.setattr(settings, "LIUKE", replace(settings.LIUKE, backup_to=tmp_path / "backups"))
    assert isinstance(settings, LazySettings)
    return tmp_path / "backups"


def _client(member: Membership) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def _path(member: Membership, rest: str = "") -> str:
    return f"/api/v1/w/{member.workspace.slug}/keeping{rest}"


def _send(member: Membership, method: str, rest: str, body: dict[str, object]) -> tuple[int, dict[str, object]]:
    answer = getattr(_client(member), method)(_path(member, rest), json.dumps(body), content_type="application/json")
    told: dict[str, object] = answer.json()
    return answer.status_code, told


def test_backups_are_listed_with_size_and_whether_the_secret_is_in_them(technician: Membership, backups: Path) -> None:
    folder = backups / "liuke-1-nightly"
    folder.mkdir(parents=True)
    figures = {"1": {"version": 2, "activity": 900, "score": 5}, "2": {"version": 2, "activity": 100, "score": 0}}
    manifest = Manifest("1", NOW, Reason.NIGHTLY, "sqlite", {}, {"a": 7, "b": 3}, {}, figures, [BackedFile("x", 4096, "00")], "sealed")
    manifest_write(folder, manifest)
    (backups / ".liuke-half").mkdir()
    told = _client(technician).get(_path(technician)).json()
    (one,) = told["backups"]
    assert (one["name"], one["bytes"], one["rows"], one["activities"], one["has_secret"]) == ("liuke-1-nightly", 4096, 10, 1000, True)
    assert str(backups) not in json.dumps(told)  # where they lie is nobody's business
    assert (told["running"], told["failed"]) == (None, None)
    assert {group["group"]: group["rows"] for group in told["retention"]} == {"usage": 10, "talk": 0, "trade": 1}


@pytest.mark.usefixtures("backups")
def test_one_asked_for_runs_as_a_job_that_is_followed_and_noted(technician: Membership) -> None:
    status, told = _send(technician, "post", "/backups", {})
    assert (status, told["kind"], told["status"]) == (200, "backup", "queued")
    _send(technician, "post", "/backups", {})
    assert Job.objects.filter(kind="backup").count() in {1, 2}  # 2 only where a minute ended between the two calls
    assert Job.objects.filter(kind="backup").first().payload == {"reason": "manual"}  # type: ignore[union-attr]
    shown = _client(technician).get(_path(technician)).json()
    assert shown["running"]["status"] == "queued"
    assert AuditEntry.objects.filter(action="backup_asked").exists()


@pytest.mark.usefixtures("backups")
def test_a_failed_one_says_why(technician: Membership) -> None:
    error = {"code": "backup_no_room", "params": {"folder": "/b", "needed": 900, "free": 3}}
    at = datetime.now(UTC)
    Job.objects.create(kind="backup", key="k", workspace=None, status="failed", error=error, run_at=at, finished_at=at)
    failed = _client(technician).get(_path(technician)).json()["failed"]
    assert failed["error"]["code"] == "backup_no_room"
    assert "900" in failed["error"]["message"]


@pytest.mark.usefixtures("backups")
def test_the_preview_counts_rows_customers_and_metrics_that_would_see_less(technician: Membership) -> None:
    status, told = _send(technician, "post", "/retention/preview", {"usage": 12})
    assert (status, told["rows"]) == (200, 6)
    (going,) = told["going"]  # type: ignore[misc]
    assert (going["group"], going["rows"], going["customers"]) == ("usage", 6, 3)
    _, longest = _send(technician, "post", "/retention/preview", {"usage": 120})
    assert longest["rows"] == 0
    assert isinstance(told["metrics_total"], int)
    assert told["metrics_total"] >= longest["metrics_total"]  # type: ignore[operator]
    assert not Retention.objects.exists()


@pytest.mark.usefixtures("backups")
def test_nobody_confirms_what_was_not_shown(technician: Membership) -> None:
    for rows_told in (None, 5, 0):
        status, told = _send(technician, "put", "/retention", {"usage": 12, "rows": rows_told})
        assert (status, told["code"]) == (409, "retention_changed")
    assert not Retention.objects.exists()
    status, told = _send(technician, "put", "/retention", {"usage": 12, "rows": 6})
    assert status == 200
    assert Retention.objects.get().months == 12


@pytest.mark.usefixtures("backups")
def test_shorter_than_the_loss_takes_is_refused_by_group(technician: Membership) -> None:
    _, preview = _send(technician, "post", "/retention/preview", {"trade": 6})
    status, told = _send(technician, "put", "/retention", {"trade": 6, "rows": preview["rows"]})
    assert (status, told["code"]) == (422, "retention_months")
    assert "trade" in json.dumps(told)
