"""An upgrade loses nothing that was answered 202: rows that the older version had not applied are found by the live path."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

from liuke.connect.service.live import live_sweep, waiting
from liuke.connect.store.models import Batch, BatchBody, Source
from liuke.connect.store.waiting_before import moved
from liuke.jobs.store.models import Job
from tests.factories import make_workspace

OLD = {
    "activity_id": "e1", "customer_key": "客户1", "channel": None, "actor": None, "ts": "2026-11-20T08:00:00+08:00",
    "kind": "login", "value": 2.5, "attrs": {"页": "首页"},
}  # fmt: skip
MOVE = import_module("liuke.connect.store.migrations.0004_waiting_before").move


@pytest.mark.django_db
def test_rows_that_waited_before_an_upgrade_wait_after_it() -> None:
    workspace = make_workspace()
    source = Source.objects.create(workspace=workspace, kind="api", name="till")
    job = Job.objects.create(workspace=workspace, kind="ingest", key="ingest:1", run_at=workspace.created_at)
    common = {"workspace": workspace, "source": source, "entity": "activities", "rows_total": 1}
    for status in ("queued", "running", "done"):
        Batch.objects.create(**common, status=status, detected={"activities": [OLD], "more": 1})
    for _ in range(2):  # a migration that was cut off runs again
        MOVE(apps, None)
    found = waiting(workspace_id=workspace.pk, rows=100)
    assert [row["activity_id"] for each in found for row in each.rows] == ["e1", "e1"]
    assert found[0].rows[0] == {
        "activity_id": "e1", "customer_key": "客户1", "ts_us": 1_795_132_800_000_000, "kind": "login", "value": 2.5,
        "channel": None, "actor": None, "attrs": '{"页":"首页"}',
    }  # fmt: skip
    assert (BatchBody.objects.count(), Batch.objects.filter(status="queued", detected={"more": 1}).count()) == (2, 2)
    job.refresh_from_db()
    assert (job.status, live_sweep()) == ("cancelled", 1)


@pytest.mark.parametrize("detected", [{}, {"activities": []}, {"activities": "x"}, {"columns": []}])
def test_what_holds_no_rows_is_left_alone(detected: dict[str, object]) -> None:
    assert moved(detected) is None
