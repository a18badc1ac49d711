"""A workspace's night work on its file: in which hours, in which order, and what it tells."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from liuke.accounts.domain.roles import Role
from liuke.base.times import to_us
from liuke.facts.domain.retention import Group
from liuke.facts.service.retention import retention_set
from liuke.jobs.domain.contract import PlainContext
from liuke.jobs.store.models import Job
from liuke.pipeline.handlers import HANDLERS
from liuke.pipeline.keeping.runs import NIGHT, TIDY, tidies_enqueue, tidy_run
from liuke.warehouse.domain.steps import Upsert
from liuke.warehouse.local import LocalWarehouse
from tests.factories import make_actor, make_customer, make_workspace
from tests.warehouse.rows import activity, rows

pytestmark = pytest.mark.django_db
MIDNIGHT = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)
"""In Shanghai."""


@pytest.mark.parametrize(("hour", "due"), [(0, 0), (2.9, 0), (3, 1), (4.9, 1), (5, 0), (14, 0)])
def test_only_in_the_hours_in_which_nobody_works(hour: float, due: int) -> None:
    make_customer(make_workspace(time_zone="Asia/Shanghai"))
    assert tidies_enqueue(now=MIDNIGHT + timedelta(hours=hour)) == due


def test_after_the_backup_and_once_a_night() -> None:
    assert NIGHT < TIDY
    workspace = make_workspace(time_zone="Asia/Shanghai")
    make_customer(workspace)
    make_workspace(time_zone="Asia/Shanghai")  # has nobody
    for minutes in (0, 5, 10):
        tidies_enqueue(now=MIDNIGHT + timedelta(hours=3, minutes=minutes))
    assert list(Job.objects.values_list("kind", "key", "workspace")) == [("tidy", f"tidy:{workspace.pk}:2026-11-23", workspace.pk)]
    assert "tidy" in HANDLERS


def test_old_rows_go_and_the_job_tells_how_many(tmp_path: Path) -> None:
    now = datetime(2026, 3, 2, tzinfo=UTC)
    workspace, warehouse = make_workspace(simulated_as_of=now), LocalWarehouse(tmp_path)
    made = [activity(f"a{days}", kind="page.viewed", ts=to_us(now - timedelta(days=days))) for days in (1, 300, 500, 900)]
    warehouse.transact(workspace.pk, None, [Upsert(rows(made))])
    months: dict[Group, int | None] = {Group.USAGE: 12}
    retention_set(actor=make_actor(workspace, Role.IT), workspace=workspace, months=months, churn=(("order.placed",), 180))
    context = PlainContext(workspace_id=workspace.pk)
    told = tidy_run(workspace=workspace, warehouse=warehouse, context=context)
    assert told == {"removed": 2, "moved": 0, "bytes_freed": 0, "spread": 1.0}
    left = warehouse.query(workspace.pk, "SELECT activity_id FROM activity ORDER BY ts_us DESC")["activity_id"].to_pylist()
    assert left == ["a1", "a300"]
    assert tidy_run(workspace=workspace, warehouse=warehouse, context=context)["removed"] == 0
