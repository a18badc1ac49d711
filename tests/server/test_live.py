"""`/events` of a real server, as a browser hears it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest

from tests.factories import PASSWORD
from tests.running import RunningServer

pytestmark = pytest.mark.slow
PEOPLE = f"""
from tests.factories import *
space = make_workspace(slug="live")
for name in ("one", "two"):
    make_member(space, email=f"{{name}}@example.test")
print({PASSWORD!r})
"""
TELL = """
from liuke.accounts.store.models import Membership
from liuke.act.store.models import Notice
from liuke.base.times import utc_now
member = Membership.objects.get(user__email="{who}@example.test")
fields = {{"key": "errors.team_name_taken", "params": {{"name": "{name}"}}, "dedupe": "{name}"}}
row = Notice.objects.create(workspace=member.workspace, recipient=member, created_at=utc_now(), **fields)
print(row.pk)
"""
WORK = """
from liuke.accounts.store.models import Workspace
from liuke.jobs.service import job_enqueue
job_enqueue(kind="no such kind", key="live", payload={}, workspace_id=Workspace.objects.get(slug="live").pk)
"""


@dataclass
class Heard:
    """One event."""

    name: str
    data: dict[str, object]
    id: str


def events(answer: httpx.Response) -> Iterator[Heard]:
    """Events as they come; the greeting is passed over, and silence of a minute is a fault."""
    block: dict[str, str] = {}
    pings = 0
    for line in answer.iter_lines():
        pings += line.startswith(": ping")
        assert pings < 4, "nothing but pings"
        if line:
            field, _, value = line.partition(": ")
            block[field] = value
        elif "event" in block:
            yield Heard(block["event"], json.loads(block["data"]), block.get("id", ""))
            block = {}


@pytest.fixture(scope="module")
def server(running_server: RunningServer) -> RunningServer:
    """With two people in a workspace."""
    running_server.installation.script(PEOPLE)
    return running_server


def test_notices_arrive_live_and_a_returning_browser_misses_nothing(server: RunningServer) -> None:
    client = server.log_in("one@example.test", PASSWORD)
    with client.stream("GET", "/events?workspace=live") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        heard = events(answer)
        server.installation.script(TELL.format(who="two", name="not for me"))
        first_id = server.installation.script(TELL.format(who="one", name="first")).strip()
        first = next(heard)
        assert (first.name, first.id) == ("notice", first_id)
        assert "first" in str(first.data["text"])
    server.installation.script(TELL.format(who="one", name="while away"))
    with client.stream("GET", "/events?workspace=live", headers={"Last-Event-ID": first_id}) as answer:
        assert "while away" in str(next(events(answer)).data["text"])


def test_work_in_the_background_tells_how_it_goes_and_when_it_is_over(server: RunningServer) -> None:
    client = server.log_in("one@example.test", PASSWORD)
    with client.stream("GET", "/events?workspace=live") as answer:
        heard = (event for event in events(answer) if event.name != "notice")
        server.installation.script(WORK)
        told = [next(heard)]
        while told[-1].name != "changed":
            told.append(next(heard))
    assert {event.data["kind"] for event in told} == {"no such kind"}
    assert told[-2].data["status"] == "failed"


@pytest.mark.parametrize("query", ["?workspace=live", "?workspace=nowhere", ""])
def test_strangers_hear_nothing(server: RunningServer, query: str) -> None:
    assert httpx.get(f"{server.url}/events{query}").status_code == 401


def test_the_one_port_serves_pages_api_and_log_in(server: RunningServer) -> None:
    assert httpx.get(f"{server.url}/customers").headers["content-security-policy"]
    assert httpx.get(f"{server.url}/api/v1/session").status_code == 200
    assert httpx.get(f"{server.url}/api/v1/nothing").status_code == 404
    assert httpx.get(f"{server.url}/_allauth/browser/v1/auth/session").status_code == 401
