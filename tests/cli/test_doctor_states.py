"""`liuke doctor` tells the states that the page shows, from the same place."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError

from liuke.base.settings import Settings, from_environment
from liuke.base.times import utc_now
from liuke.cli import doctor_states
from liuke.cli.doctor_states import told_states
from liuke.jobs.service import job_enqueue
from liuke.jobs.service.claims import heartbeat
from liuke.jobs.store.models import Job
from liuke.show.queries.operations_page import operations_out
from liuke.show.queries.reader import Reader
from tests.factories import make_actor, make_workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return from_environment({"LIUKE_DATA_DIR": str(tmp_path)})


def test_where_nothing_runs_that_alone_is_said_of_the_processes(settings: Settings) -> None:
    told = {one.name: one for one in told_states(settings, utc_now())}
    assert told["running"].state == "warn"
    assert "liuke serve" in told["running"].text
    assert not {"operations.web", "operations.worker", "operations.stream"} & told.keys()
    assert {"operations.disk", "operations.backup"} <= told.keys()


def test_a_part_that_died_is_named_with_what_to_do(settings: Settings) -> None:
    heartbeat(name="web host:8600", detail={"process": "web"})
    told = {one.name: one for one in told_states(settings, utc_now())}
    assert told["operations.web"].state == "ok"
    assert told["operations.worker"].state == "fail"
    assert " — " in told["operations.worker"].text
    assert "running" not in told


def test_a_workspaces_trouble_bears_its_name_and_what_is_well_takes_no_line(settings: Settings) -> None:
    bad, good = make_workspace(), make_workspace()
    job = job_enqueue(kind="score", key="x", payload={}, workspace_id=bad.pk)
    Job.objects.filter(pk=job.pk).update(status=Job.Status.FAILED, finished_at=utc_now() - timedelta(hours=1))
    told = told_states(settings, utc_now())
    assert [one.name for one in told if one.text.startswith(f"{bad.slug}: ")] == ["operations.jobs"]
    assert not [one for one in told if good.slug in one.text]


def test_page_and_command_never_differ(settings: Settings) -> None:
    """One place computes the states."""
    workspace = make_workspace()
    heartbeat(name="web host:8600", detail={"process": "web"})
    job_enqueue(kind="score", key="x", payload={}, workspace_id=workspace.pk, run_at=utc_now() - timedelta(hours=2))
    now = utc_now()
    page = operations_out(Reader(make_actor(workspace), workspace, now, "zh-CN"), settings, now)
    trouble = {f"operations.{part.part}": part.state for part in page.parts if part.state in {"warn", "fail"}}
    told = {one.name: one.state for one in told_states(settings, now) if one.state != "ok"}
    assert told == trouble
    assert {"operations.worker", "operations.queue"} <= told.keys()


def test_without_a_database_the_other_checks_speak(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr(doctor_states, "installation_now", away)
    assert told_states(settings, utc_now()) == []
