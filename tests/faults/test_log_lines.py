"""The log of a run: one JSON object a line from every process, a request's number on the work that it caused, and nobody's data."""

from __future__ import annotations

import json

import httpx
import pytest

from tests.faults.house import House, row
from tests.running import wait_until

pytestmark = pytest.mark.slow
NAME, PHONE, EMAIL = "欧阳暗号", "13900001234", "ouyang.anhao@example.test"
TRACE = "trace-planted-1"


def lines(house: House, since: int) -> list[dict[str, object]]:
    """What the processes have logged since so many characters (a full disk cuts lines); the word to the terminal is no log line."""
    return [json.loads(line) for line in house.server.log()[since:].splitlines() if not line.startswith("Liuke ")]


def plant(house: House) -> None:
    """Personal data by every way in, sound and broken."""
    url, said = house.server.url, f"我是{NAME}，电话{PHONE}，{EMAIL}"
    mine = house.headers | {"X-Request-ID": TRACE}
    activity = row("planted-0", 1) | {"attrs": {"text": said}, "actor": NAME}
    with httpx.Client(base_url=url, headers=mine, timeout=30) as client:
        assert client.post("/api/v1/activities?source=planted", json=[activity]).status_code == 202
        client.post("/api/v1/activities?source=planted", json=[activity | {"ts": PHONE, "value": NAME, "kind": EMAIL}])
        customer = {"customer_key": "K9", "name": NAME, "phone": PHONE, "email": EMAIL}
        assert client.post("/api/v1/customers?source=planted", json=[customer]).status_code == 202
        client.post("/api/v1/customers?source=planted", json=[{"name": NAME, "phone": PHONE}])
        client.post(
            "/api/v1/w/faults/imports", files={"file": (f"{NAME}.xlsx", b"PK\x03\x04" + said.encode())}, data={"entity": "customers"}
        )
        client.post("/api/v1/w/faults/imports", files={"file": (f"{PHONE}.csv", f"a\n{said}\n".encode())}, data={"entity": "customers"})
        client.get(f"/api/v1/w/faults/customers?q={NAME}{PHONE}")
        client.post("/_allauth/browser/v1/auth/login", json={"email": EMAIL, "password": PHONE})
        client.get(f"/api/v1/w/faults/{PHONE}/{NAME}")


def test_a_run_leaves_json_lines_that_name_nobody(house: House) -> None:
    since = len(house.server.log())
    plant(house)
    house.works_again("probe-log")
    found = wait_until(
        lambda: [line for line in lines(house, since) if line.get("request_id") == TRACE and line["process"] != "web"], "a job's line"
    )
    assert found[0]["workspace_id"]
    every = lines(house, since)
    assert all({"time", "level", "process", "logger", "message"} <= line.keys() for line in every)
    assert {str(line["process"]).split()[0] for line in every} >= {"web", "worker"}
    assert any(line["process"] == "web" and line.get("request_id") == TRACE and "duration_ms" in line for line in every)
    log = house.server.log()
    assert not [secret for secret in (NAME, PHONE, EMAIL, house.key) if secret in log]
