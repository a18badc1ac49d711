"""DAT-01: `liuke.client` against a real server that is killed again and again: no row lost, none doubled, whatever was cut off."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path

import pytest

from liuke.client import Activity, Client, Rejection
from tests.running import Installation, RunningServer, wait_until

pytestmark = pytest.mark.slow
OPENS = datetime(2026, 3, 2, tzinfo=UTC)
ROUNDS, ROWS = 2, 40
SETUP = """
from liuke.accounts.domain.actor import system
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import api_key_create
from tests.factories import make_workspace
print(api_key_create(actor=system(make_workspace(slug="shop").pk), name="shop", scopes=[Permission.INGEST]).secret)
"""
STATE = """
import json
from liuke.accounts.store.models import Workspace
from liuke.connect.store.models import Batch, BatchBody
from liuke.server.settings import LIUKE
from liuke.warehouse import open_warehouse
rows = open_warehouse(LIUKE).query(Workspace.objects.get().pk, "SELECT activity_id FROM activity WHERE source = 'till' ORDER BY 1")
keys = list(Batch.objects.values_list("request_key", flat=True))
print(json.dumps({
    "rows": rows["activity_id"].to_pylist(),
    "doubled": len(keys) - len(set(keys)),
    "open": Batch.objects.exclude(status="done").count(),
    "bodies": BatchBody.objects.count(),
}))
"""


def row(number: int) -> Activity:
    return Activity(f"r{number:04d}", f"C{number % 7}", OPENS + timedelta(minutes=number), "page.viewed", value=float(number))


def all_there(installed: Installation, wanted: int) -> dict[str, object] | None:
    found: dict[str, list[str]] = json.loads(installed.script(STATE))
    return dict(found) if len(found["rows"]) >= wanted and not found["open"] else None


def test_a_client_over_kills_of_the_server_and_of_itself_delivers_every_row_once(running_server: RunningServer, tmp_path: Path) -> None:
    installed = running_server.installation
    secret = installed.script(SETUP).split()[-1]
    rejected: list[Rejection] = []

    def opened() -> Client:
        return Client(
            running_server.url, key=secret, source="till", spool=tmp_path, rows=10, every=0.05, timeout=20, on_rejected=rejected.append
        )

    liuke = opened()
    for number, victim in zip(range(ROUNDS), cycle(["web", "supervisor"]), strict=False):
        for place in range(ROWS):
            liuke.send(row(number * ROWS + place))
        if victim == "supervisor":
            running_server.kill()
            assert not liuke.close(0.2) or not list(tmp_path.glob("*.ready"))
            running_server.restart()
            liuke = opened()
        else:
            running_server.kill_child(victim)
    assert liuke.flush(240)
    assert liuke.close()
    assert rejected == []
    state = wait_until(lambda: all_there(installed, ROUNDS * ROWS), "every row in the warehouse", 240)
    assert state["rows"] == [f"r{number:04d}" for number in range(ROUNDS * ROWS)]
    assert state["doubled"] == 0
    assert list(tmp_path.glob("*.ready")) == list(tmp_path.glob("*.open")) == []
