"""kill -9 of any process of `liuke serve`, twenty times, while rows, follow-ups and verdicts come in: none lost, none doubled.

The clients of this test behave as real ones must: what was not answered is sent again, with the same ids.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import cycle
from typing import Any

import httpx
import pytest

from tests.running import Installation, RunningServer, wait_until

pytestmark = pytest.mark.slow
KILLS = 20
ROWS = 25
CUSTOMERS = 12
OPENS = datetime(2026, 3, 2, tzinfo=UTC)
EMAIL, PASSWORD = "admin@example.test", "a-long-enough-one"

SETUP = f"""
import json
from datetime import datetime
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import api_key_create, installation_setup, workspace_create
from liuke.accounts.domain.actor import system
user = installation_setup(name="Admin", email="{EMAIL}", password="{PASSWORD}")
opens = datetime.fromisoformat("{OPENS.isoformat()}")
workspace = workspace_create(by=user, name="Shop", slug="shop", template="ecommerce", simulated_as_of=opens)
secret = api_key_create(actor=system(workspace.pk), name="shop", scopes=[Permission.IMPORT.value]).secret
print(secret)
"""
STATE = """
import json
from liuke.accounts.store.models import Workspace
from liuke.act.store.models import FollowUp, WorkItem
from liuke.alert.store.models import Alert, Verdict
from liuke.connect.store.models import Batch
from liuke.jobs.store.models import Job
from liuke.server.settings import LIUKE
from liuke.warehouse import open_warehouse
rows = open_warehouse(LIUKE).query(Workspace.objects.get().pk, "SELECT activity_id FROM activity WHERE source = 'till' ORDER BY 1")
print(json.dumps({
    "rows": rows["activity_id"].to_pylist(),
    "batches": sorted(Batch.objects.values_list("status", flat=True)),
    "failed": list(Job.objects.filter(status="failed").values("kind", "error")),
    "waiting": Job.objects.filter(status__in=["queued", "running"]).exclude(kind="tick").count(),
    "alerts": list(Alert.objects.exclude(status="closed").values_list("customer__key", flat=True).order_by("customer__key")),
    "items": list(WorkItem.objects.filter(alert__isnull=False).values_list("alert_id", flat=True).order_by("alert_id")),
    "all_alerts": list(Alert.objects.values_list("pk", flat=True).order_by("pk")),
    "follow_ups": sorted(FollowUp.objects.values_list("note", flat=True)),
    "verdicts": list(Verdict.objects.filter(undone_at__isnull=True).values_list("alert_id", flat=True)),
}))
"""


def _orders(number: int) -> list[dict[str, object]]:
    """Batch `number`: orders of customers who all fell silent some 100 days ago."""
    return [
        {
            "activity_id": f"{number:03d}-{row:02d}",
            "customer_key": f"C{row % CUSTOMERS:02d}",
            "ts": (OPENS - timedelta(days=95 + number * 4, minutes=row)).isoformat(),
            "kind": "order.placed",
            "value": 100.0 + row,
        }
        for row in range(ROWS)
    ]


def _until_answered(send: Callable[[], httpx.Response]) -> Any:
    """Send again until the server says that it has it. Anything but an answer in the 200s or a passing fault is a failure."""

    def once() -> httpx.Response | None:
        try:
            answer = send()
        except httpx.HTTPError:
            return None
        assert answer.is_success or answer.status_code in {502, 503, 504}, answer.text
        return answer if answer.is_success else None

    return wait_until(once, "an answer").json()


def _kill(server: RunningServer, name: str) -> None:
    if name == "supervisor":
        server.kill()
        server.restart()
    else:
        server.kill_child(name)


def _state(installed: Installation) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(installed.script(STATE))
    return found


def _settled(installed: Installation) -> dict[str, Any]:
    def look() -> dict[str, Any] | None:
        state = _state(installed)
        return state if not state["waiting"] else None

    return wait_until(look, "all jobs to be done", 180)


def test_twenty_kills_lose_and_double_nothing(running_server: RunningServer) -> None:
    installed = running_server.installation
    running_server.wait_ready()
    secret = installed.script(SETUP).split()[-1]
    machine = httpx.Client(base_url=f"{running_server.url}/api/v1", headers={"Authorization": f"Bearer {secret}"}, timeout=10)
    victims = cycle(["worker", "warehouse", "web", "supervisor"])
    half = KILLS // 2
    for number, victim in zip(range(half), victims, strict=False):
        body = _orders(number)
        _until_answered(lambda body=body: machine.post("/activities?source=till", json=body))
        _kill(running_server, victim)
        _until_answered(lambda body=body: machine.post("/activities?source=till", json=body))
    state = _settled(installed)
    assert state["rows"] == sorted(str(row["activity_id"]) for number in range(half) for row in _orders(number))
    assert state["failed"] == []
    assert state["alerts"] == [f"C{number:02d}" for number in range(CUSTOMERS)]
    assert state["items"] == state["all_alerts"]

    person = running_server.log_in(EMAIL, PASSWORD)
    alerts = person.get("/api/v1/w/shop/alerts", params={"scope": "all"}).json()["items"]
    for number, victim in zip(range(half), victims, strict=False):
        alert = alerts[number]
        tap = {"result": "reached", "note": f"call {number}", "request_key": f"tap-{number}"}
        call = f"/api/v1/w/shop/work-items/{alert['work_item_id']}/follow-ups"
        verdict = f"/api/v1/w/shop/alerts/{alert['id']}/verdict"
        _until_answered(lambda call=call, tap=tap: person.post(call, json=tap))
        _kill(running_server, victim)
        _until_answered(lambda call=call, tap=tap: person.post(call, json=tap))
        _until_answered(lambda verdict=verdict: person.post(verdict, json={"verdict": "valid"}))
        _until_answered(lambda verdict=verdict: person.post(verdict, json={"verdict": "valid"}))
    state = _settled(installed)
    assert state["follow_ups"] == sorted(f"call {number}" for number in range(half))
    assert sorted(state["verdicts"]) == sorted(alert["id"] for alert in alerts[:half])
    assert state["items"] == state["all_alerts"]
