"""The number of a request: taken or made, answered, told in errors, kept on jobs, logged by whoever runs them."""

from __future__ import annotations

import json
import logging
from threading import Event

import pytest
from django.test import Client

from liuke.base.logs import JsonLine
from liuke.base.times import utc_now
from liuke.base.tracing import current
from liuke.jobs.domain.contract import JobContext
from liuke.jobs.running import run_job
from liuke.jobs.service import claims, job_enqueue
from liuke.jobs.service.claims import Holder
from liuke.jobs.store.models import Job
from tests.factories import make_actor, make_member, make_workspace

pytestmark = pytest.mark.django_db


def claimed(job: Job) -> Job:
    """As a worker takes it."""
    (found,) = claims.jobs_claim(holder=Holder("w"), limit=1, now=utc_now())
    assert found.pk == job.pk
    return found


def test_the_callers_number_is_answered() -> None:
    assert Client().get("/healthz", headers={"X-Request-ID": "trace-0815"}).headers["X-Request-ID"] == "trace-0815"


@pytest.mark.parametrize("given", ["", "a b", "x" * 200, "<script>"])
def test_a_strange_one_is_replaced(given: str) -> None:
    answered = Client().get("/healthz", headers={"X-Request-ID": given}).headers["X-Request-ID"]
    assert answered != given
    assert len(answered) == 16


def test_each_request_has_one_of_its_own_and_leaves_nothing_behind() -> None:
    first, second = (Client().get("/healthz").headers["X-Request-ID"] for _ in range(2))
    assert first != second
    assert current().request_id == ""


@pytest.mark.parametrize("path", ["/api/v1/w/nowhere", "/api/v1/nothing", "/api/v1/me"])
def test_a_refusal_tells_the_number_that_its_header_bears(path: str) -> None:
    client = Client()
    client.force_login(make_member(make_workspace()).user)
    answer = client.get(path, headers={"X-Request-ID": "trace-4711"})
    assert answer.headers["X-Request-ID"] == "trace-4711"
    if answer.headers["Content-Type"].startswith("application/json"):
        assert json.loads(answer.content)["request_id"] == "trace-4711"


def test_a_job_keeps_the_request_that_asked_for_it() -> None:
    workspace = make_workspace(simulated_as_of=utc_now())
    client = Client()
    client.force_login(make_member(workspace).user)
    answer = client.post(
        f"/api/v1/w/{workspace.slug}/clock", {"days": 1}, content_type="application/json", headers={"X-Request-ID": "trace-clock"}
    )
    assert answer.status_code == 200
    assert Job.objects.get(kind="advance").request_id == "trace-clock"


def test_scheduled_work_has_none() -> None:
    assert job_enqueue(kind="tick", key="t", payload={}, workspace_id=None).request_id == ""


def test_what_a_job_enqueues_inherits_it_and_its_log_lines_carry_it(caplog: pytest.LogCaptureFixture) -> None:
    workspace = make_workspace()
    make_actor(workspace)
    lines: list[dict[str, object]] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(json.loads(JsonLine().format(record)))

    handler, log = Kept(), logging.getLogger("liuke.access.jobs")
    kept_level = log.level
    log.setLevel(logging.INFO)
    log.addHandler(handler)

    def work(context: JobContext) -> dict[str, object]:
        job_enqueue(kind="child", key="child", payload={}, workspace_id=context.workspace_id)
        return {}

    job = job_enqueue(kind="parent", key="parent", payload={}, workspace_id=workspace.pk)
    Job.objects.filter(pk=job.pk).update(request_id="trace-parent")
    try:
        run_job(claimed(job), {"parent": work}, Event())
    finally:
        log.removeHandler(handler)
        log.setLevel(kept_level)
    assert Job.objects.get(key="child").request_id == "trace-parent"
    (line,) = lines
    assert (line["request_id"], line["workspace_id"], line["job_id"]) == ("trace-parent", workspace.pk, job.pk)
    assert line["message"] == f"job {job.pk} (parent): done"
    assert isinstance(line["duration_ms"], float)
    assert current().request_id == ""
