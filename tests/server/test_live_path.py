"""ALT-11 over a real server: an event by HTTP is an alert on an open page within seconds, also when the live worker is killed."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator

import httpx
import pytest

from tests.running import RunningServer, installation, running, wait_until

MADE = """
import json
from datetime import timedelta
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from liuke.accounts.service import workspace_now
from liuke.accounts.service.keys import api_key_create
from liuke.alert.domain.changes import ReviewKind
from liuke.base.times import to_us
from liuke.align.domain.batch import AlignedBatch
from liuke.facts.service import batch_write
from liuke.pipeline.scoring import workspace_score
from liuke.server.settings import LIUKE
from liuke.signals.store.models import Rule, RuleVersion
from liuke.warehouse import open_warehouse
from tests.factories import actor_of, make_member, make_workspace
from tests.facts.activities import activity, table
space = make_workspace(slug="live")
member = make_member(space)
rule = Rule.objects.create(workspace=space, code="alarm", name="alarm")
when = {"when": {"column": "ticket_n_30", "op": "ge", "value": 1}}
RuleVersion.objects.create(rule=rule, version=1, status="published", document=when, effects={"level": "high"})
now, warehouse = workspace_now(space), open_warehouse(LIUKE)
rows = [activity(f"o{n}-{w}", customer=f"K{n}", kind="order.placed", ts=to_us(now - timedelta(days=7 * w + 1)), value=50.0)
        for n in range(8) for w in range(20)]
batch_write(workspace=space, batch=AlignedBatch("made", [table(rows)]), warehouse=warehouse)
workspace_score(workspace=space, warehouse=warehouse, as_of=workspace_now(space), kind=ReviewKind.FIRST)
warehouse.close()
store = import_module(settings.SESSION_ENGINE).SessionStore()
store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(member.user.pk), settings.AUTHENTICATION_BACKENDS[0]
store[HASH_SESSION_KEY] = member.user.get_session_auth_hash()
store.create()
made = api_key_create(actor=actor_of(member), name="test", scopes=["ingest"])
print(json.dumps({"session": store.session_key, "key": made.secret}))
"""


class Page:
    """An open page: the customers of the alerts that it heard of, in the order of their coming."""

    def __init__(self, server: RunningServer, session: str) -> None:
        self.alerts: list[int] = []
        self._server, self._session = server, session
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with httpx.stream(
            "GET", f"{self._server.url}/events?workspace=live", headers={"Cookie": f"sessionid={self._session}"}, timeout=None
        ) as answer:
            name = ""
            for line in answer.iter_lines():
                name = line.removeprefix("event: ") if line.startswith("event: ") else name
                if line.startswith("data: ") and name == "alert":
                    self.alerts.append(json.loads(line[6:])["customer"])


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningServer, Page, str]]:
    """A server over eight scored customers, an open page, and a key for the API."""
    with installation(tmp_path_factory.mktemp("live")) as made:
        told = json.loads(made.script(MADE))
        with running(made) as server:
            page = Page(server, told["session"])
            time.sleep(0.5)
            yield server, page, told["key"]


def send(world: tuple[RunningServer, Page, str], activity_id: str, customer: str) -> None:
    """A ticket, now."""
    server, _, key = world
    row = {
        "activity_id": activity_id,
        "customer_key": customer,
        "ts": time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime()),
        "kind": "ticket.opened",
    }
    answer = httpx.post(f"{server.url}/api/v1/activities?source=desk", json=[row], headers={"Authorization": f"Bearer {key}"}, timeout=30)
    assert answer.status_code == 202, answer.text


def test_ALT_11_an_event_by_http_is_an_alert_on_an_open_page_within_30_seconds(world: tuple[RunningServer, Page, str]) -> None:
    began = time.monotonic()
    send(world, "first", "K0")
    wait_until(lambda: len(world[1].alerts) == 1, "the alert on the page", 30)
    assert time.monotonic() - began < 30


def test_a_live_worker_killed_at_any_moment_loses_and_doubles_nothing(world: tuple[RunningServer, Page, str]) -> None:
    server, page, _ = world
    before = len(page.alerts)
    for number in range(1, 5):
        send(world, f"t{number}", f"K{number}")
        server.kill_child("live")
    wait_until(lambda: len(page.alerts) >= before + 4, "all alerts", 60)
    assert len(set(page.alerts)) == len(page.alerts) == before + 4
    code = """
from liuke.connect.store.models import Batch
from liuke.server.settings import LIUKE
from liuke.warehouse import open_warehouse
sql = "SELECT count(*) AS n, count(DISTINCT activity_id) AS ids FROM activity WHERE source='desk'"
rows = open_warehouse(LIUKE).query(1, sql).to_pylist()[0]
print(rows["n"], rows["ids"], Batch.objects.exclude(status="done").count())
"""
    wait_until(lambda: server.installation.script(code).split() == ["5", "5", "0"], "five rows and no open batch", 60)
