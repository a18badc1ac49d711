"""`/metrics`: read by Prometheus' own parser, open to this machine or with the token, and about nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client, RequestFactory
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families

from liuke.base.metering import SECONDS, Meter, Times, plain
from liuke.base.times import utc_now
from liuke.jobs.service import job_enqueue, outbox_add
from liuke.jobs.service.claims import heartbeat
from liuke.jobs.store.models import Heartbeat, Job, OutboxMessage
from liuke.server.exposition import CONTENT_TYPE, Families
from liuke.server.metrics import HELPS, may_read, page
from liuke.server.settings import LIUKE
from tests.factories import make_customer, make_member, make_workspace

pytestmark = pytest.mark.django_db
TOKEN = "scrape-me-9"


def families(text: str) -> dict[str, Metric]:
    """By name, as Prometheus' client library reads them."""
    return {family.name: family for family in text_string_to_metric_families(text)}


def values(text: str, sample: str) -> dict[tuple[tuple[str, str], ...], float]:
    """The series of one sample name, by labels."""
    found = (one for family in families(text).values() for one in family.samples if one.name == sample)
    return {tuple(sorted(one.labels.items())): one.value for one in found}


def test_this_machine_may_read_it() -> None:
    answer = Client().get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == CONTENT_TYPE
    assert values(answer.content.decode(), "liuke_database_up") == {(): 1.0}


@pytest.mark.parametrize(
    ("address", "headers", "token", "may"),
    [
        ("127.0.0.1", {}, "", True),
        ("::1", {}, TOKEN, True),
        ("192.0.2.7", {}, TOKEN, False),
        ("192.0.2.7", {"HTTP_AUTHORIZATION": f"Bearer {TOKEN}"}, TOKEN, True),
        ("192.0.2.7", {"HTTP_AUTHORIZATION": "Bearer "}, "", False),
        ("192.0.2.7", {"HTTP_AUTHORIZATION": "Bearer guess"}, TOKEN, False),
        ("127.0.0.1", {"HTTP_AUTHORIZATION": "Bearer guess"}, TOKEN, False),
        ("127.0.0.1", {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}, TOKEN, False),
        ("127.0.0.1", {"HTTP_FORWARDED": "for=192.0.2.7"}, "", False),
        ("127.0.0.1", {"HTTP_X_REAL_IP": "192.0.2.7", "HTTP_AUTHORIZATION": f"Bearer {TOKEN}"}, TOKEN, True),
    ],
)
def test_strangers_need_the_token_and_a_proxy_on_this_machine_makes_nobody_a_neighbour(
    address: str, headers: dict[str, str], token: str, may: bool
) -> None:
    assert may_read(RequestFactory().get("/metrics", REMOTE_ADDR=address, **headers), token) is may


def test_a_refusal_says_what_is_needed() -> None:
    answer = Client().get("/metrics", REMOTE_ADDR="192.0.2.7")
    assert answer.status_code == 403
    assert "LIUKE_METRICS_TOKEN" in answer.content.decode()


def test_jobs_and_messages_are_told_by_kind() -> None:
    now = utc_now()
    for number in range(3):
        job_enqueue(kind="score", key=f"s{number}", payload={}, workspace_id=None, run_at=now - timedelta(seconds=90))
    job_enqueue(kind="later", key="l", payload={}, workspace_id=None, run_at=now + timedelta(hours=1))
    Job.objects.create(kind="score", key="f", status=Job.Status.FAILED, run_at=now, finished_at=now)
    Job.objects.create(kind="score", key="r", status=Job.Status.RUNNING, run_at=now)
    outbox_add(key="m", topic="channel.email", payload={}, workspace_id=None, run_at=now - timedelta(seconds=30))
    OutboxMessage.objects.create(key="u", topic="channel.sms", status=OutboxMessage.Status.UNKNOWN, run_at=now)
    text = page(LIUKE, now)
    assert values(text, "liuke_jobs_waiting") == {(("kind", "score"),): 3.0}
    assert values(text, "liuke_jobs_running") == {(("kind", "score"),): 1.0}
    assert values(text, "liuke_jobs_oldest_seconds")[("kind", "score"),] == pytest.approx(90, abs=1)
    assert values(text, "liuke_jobs_failed_day") == {(): 1.0}
    assert values(text, "liuke_outbox_waiting") == {(("topic", "channel.email"),): 1.0, (("topic", "channel.sms"),): 0.0}
    assert values(text, "liuke_outbox_unknown_day")[("topic", "channel.sms"),] == 1.0


def test_every_living_process_tells_its_own_counts_and_the_dead_are_down() -> None:
    meter = Meter()
    meter.count("liuke_jobs_total", 4, kind="score", result="done")
    meter.count("somebody_elses", 1)
    meter.time("liuke_job_seconds", 0.3, kind="score")
    detail = {"process": "worker", "memory_bytes": 5e7, "cpu_seconds": 12.5, "running": 2, "since": utc_now().isoformat()}
    heartbeat(name="host-1", detail=detail | {"meter": plain(meter.read())})
    heartbeat(name="host-2", detail=detail)
    Heartbeat.objects.filter(name="host-2").update(at=utc_now() - timedelta(minutes=5))
    text = page(LIUKE, utc_now())
    up = values(text, "liuke_process_up")
    assert (up[("kind", "worker"), ("process", "host-1")], up[("kind", "worker"), ("process", "host-2")]) == (1.0, 0.0)
    assert values(text, "liuke_jobs_total") == {(("kind", "score"), ("process", "host-1"), ("result", "done")): 4.0}
    assert values(text, "liuke_process_resident_memory_bytes") == {(("process", "host-1"),): 5e7}
    assert values(text, "liuke_job_seconds_count") == {(("kind", "score"), ("process", "host-1")): 1.0}
    assert "somebody_elses" not in text


def test_requests_are_counted_by_template_and_never_by_address() -> None:
    Client().get("/api/v1/w/nowhere-special/customers/4711")
    answer = Client().get("/u/sEcReT-token")
    heartbeat(name="web x", detail={"process": "web"} | _own_meter())
    text = page(LIUKE, utc_now())
    routes = {dict(labels)["route"] for labels in values(text, "liuke_http_requests_total")}
    assert answer.status_code in {200, 404}
    assert any("{" in route or "<" in route for route in routes)
    assert not any(word in text for word in ("nowhere-special", "4711", "sEcReT"))


def _own_meter() -> dict[str, object]:
    from liuke.base.vitals import vitals

    return {"meter": vitals("web")["meter"]}


def test_it_names_no_customer_person_or_workspace() -> None:
    workspace = make_workspace(name="鼎盛贸易", slug="dingsheng")
    make_member(workspace, name="王小明", email="wang@dingsheng.test")
    make_customer(workspace, name="四海公司", key="SH-0071")
    text = page(LIUKE, utc_now())
    assert not any(word in text for word in ("鼎盛", "dingsheng", "王小明", "四海", "SH-0071"))


def test_every_family_is_declared_typed_and_unique() -> None:
    """Dozens of series: each name once, counters end in _total, histograms are cumulative."""
    out = Families(HELPS)
    for name, (kind, _) in HELPS.items():
        if kind == "histogram":
            out.family(name).add_times(Times(3, 1.5, [1, 1, *[0] * (len(SECONDS) - 2), 1]), (("route", 'a"b\\c\nd'),))
        else:
            out.family(name).add(1.0, part='a"b\\c\nd')
    read = families(out.text())
    assert len(read) == len(HELPS)
    assert all(name.endswith("_total") is (kind == "counter") for name, (kind, _) in HELPS.items())
    histogram = read["liuke_job_seconds"]
    buckets = [one.value for one in histogram.samples if one.name.endswith("_bucket")]
    assert buckets == sorted(buckets)
    assert (buckets[0], buckets[-1]) == (1.0, 3.0)
    assert {one.labels.get("route", one.labels.get("part")) for family in read.values() for one in family.samples} == {'a"b\\c\nd'}


def test_an_undeclared_name_is_a_fault() -> None:
    with pytest.raises(KeyError):
        Families(HELPS).family("liuke_unheard_of")
