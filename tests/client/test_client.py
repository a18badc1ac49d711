"""DAT-01: the client against a server that answers as it likes: every row arrives once, or somebody hears of it."""

from __future__ import annotations

import gzip
import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event

import httpx
import pytest

from liuke.client import Activity, Client, Outcome, Refused, Rejection, SpoolBusy
from liuke.client.sending import LONGEST_WAIT, wait_before

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)
Answer = Callable[[httpx.Request], httpx.Response]


class Server:
    """Answers by a script, the last answer for ever; keeps what it took, once per idempotency key."""

    def __init__(self, *script: int | Answer | Exception) -> None:
        self.script, self.tries = list(script), 0
        self.taken: dict[str, list[dict[str, object]]] = {}
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        step = self.script[min(self.tries, len(self.script) - 1)] if self.script else 202
        self.tries += 1
        if isinstance(step, Exception):
            raise step
        if isinstance(step, int):
            return self.answer(request, step)
        return step(request)

    def answer(self, request: httpx.Request, status: int = 202, rejected: tuple[int, ...] = ()) -> httpx.Response:
        """Takes the rows where the status is 202."""
        rows = [json.loads(line) for line in gzip.decompress(request.content).splitlines()]
        if status != 202:
            return httpx.Response(status, json={"code": "x", "message": "no"}, headers={"Retry-After": "0"})
        self.taken[request.headers["Idempotency-Key"]] = [row for place, row in enumerate(rows) if place not in rejected]
        told = [{"index": place, "field": "ts", "code": "not_allowed", "reason": "wrong"} for place in rejected]
        return httpx.Response(202, json={"batch_id": 1, "accepted": len(rows) - len(rejected), "rejected": told})

    @property
    def rows(self) -> list[dict[str, object]]:
        """All that was taken."""
        return [row for rows in self.taken.values() for row in rows]


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tries follow each other without a wait."""
    monkeypatch.setattr("liuke.client.client.wait_before", lambda _tries, _asked, _chance: 0.0)


def client(server: Server, spool: Path | None = None, **options: object) -> Client:
    settings = {"key": "lk_x", "source": "shop", "rows": 3, "every": 60.0} | options
    return Client("https://liuke.test/", spool=spool, transport=httpx.MockTransport(server), **settings)  # type: ignore[arg-type]


def activity(number: int) -> Activity:
    return Activity(f"e{number}", "C1", AT, "order.placed", value=float(number))


def ids(server: Server) -> list[object]:
    return [row["activity_id"] for row in server.rows]


def test_rows_go_out_in_batches_and_a_flush_sends_the_rest(tmp_path: Path) -> None:
    server = Server()
    with client(server, tmp_path) as liuke:
        for number in range(7):
            liuke.send(activity(number))
        assert liuke.flush(20)
    assert ids(server) == [f"e{number}" for number in range(7)]
    assert [len(rows) for rows in server.taken.values()] == [3, 3, 1]
    first = server.requests[0]
    assert (first.url.path, first.url.params["source"], first.headers["authorization"]) == ("/api/v1/activities", "shop", "Bearer lk_x")
    assert server.rows[0] == {"activity_id": "e0", "customer_key": "C1", "ts": "2026-11-20T08:00:00Z", "kind": "order.placed", "value": 0.0}


def test_rows_go_out_by_themselves_after_a_while() -> None:
    server, arrived = Server(), Event()

    def step(request: httpx.Request) -> httpx.Response:
        arrived.set()
        return server.answer(request)

    server.script = [step]
    with client(server, every=0.01) as liuke:
        liuke.send(activity(1))
        assert arrived.wait(20)


def test_outcomes_and_rows_of_any_entity_have_requests_of_their_own() -> None:
    server = Server()
    with client(server) as liuke:
        liuke.send(Outcome("x1", "C1", "churned", date(2026, 11, 20), cause="price"))
        liuke.row("orders", {"order_id": "SO1", "customer_key": "C1", "ordered_at": AT, "amount": 5})
        liuke.flush(20)
    assert {request.url.path for request in server.requests} == {"/api/v1/outcomes", "/api/v1/orders"}
    assert {"outcome_id": "x1", "customer_key": "C1", "kind": "churned", "occurred_on": "2026-11-20", "cause": "price"} in server.rows


@pytest.mark.parametrize("trouble", [500, 503, 429, 408, httpx.ConnectError("away"), httpx.ReadTimeout("slow")])
def test_an_outage_is_waited_out_under_the_same_key(trouble: int | Exception) -> None:
    server = Server(trouble, trouble, 202)
    with client(server) as liuke:
        liuke.send(activity(1))
        assert liuke.flush(20)
    assert ids(server) == ["e1"]
    assert len({request.headers["Idempotency-Key"] for request in server.requests}) == 1
    assert len({request.content for request in server.requests}) == 1


def test_an_answer_that_got_lost_is_asked_for_again_and_nothing_is_doubled() -> None:
    server = Server()

    def taken_and_lost(request: httpx.Request) -> httpx.Response:
        server.answer(request)
        raise httpx.ReadError("cut off")

    def half_an_answer(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(202, content=b'{"batch_id": 1, "acc')

    server.script = [taken_and_lost, half_an_answer, 202]
    with client(server) as liuke:
        liuke.send(activity(1))
        assert liuke.flush(20)
    assert (server.tries, ids(server)) == (3, ["e1"])


def test_rows_that_are_rejected_are_told_and_the_others_are_taken() -> None:
    told: list[Rejection] = []
    server = Server()
    server.script = [lambda request: server.answer(request, rejected=(1,))]
    with client(server, on_rejected=told.append) as liuke:
        for number in range(3):
            liuke.send(activity(number))
        liuke.flush(20)
    assert ids(server) == ["e0", "e2"]
    assert [(each.row["activity_id"], each.field, each.code, each.reason) for each in told] == [("e1", "ts", "not_allowed", "wrong")]


def test_a_request_of_which_nothing_is_taken_is_set_aside_and_the_next_goes_out(tmp_path: Path) -> None:
    faults = {"code": "ingest_all_rejected", "message": "none", "faults": [{"where": "0.ts", "message": "wrong"}]}
    server = Server(lambda _request: httpx.Response(422, json=faults), 202)
    told: list[Rejection] = []
    with client(server, tmp_path, rows=1, on_rejected=told.append) as liuke:
        liuke.send(activity(1))
        liuke.send(activity(2))
        assert liuke.flush(20)
    assert ids(server) == ["e2"]
    assert [(each.row["activity_id"], each.field, each.reason) for each in told] == [("e1", "ts", "wrong")]
    assert len(list(tmp_path.glob("*.refused"))) == 1


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_wrong_key_stops_the_client_and_loses_nothing(tmp_path: Path, status: int) -> None:
    server = Server(status)
    liuke = client(server, tmp_path)
    liuke.send(activity(1))
    with pytest.raises(Refused, match=str(status)):
        liuke.flush(20)
    with pytest.raises(Refused):
        liuke.send(activity(2))
    assert not liuke.close(1)
    better = Server()
    with client(better, tmp_path) as again:
        assert again.flush(20)
    assert ids(better) == ["e1"]


def test_what_was_not_sent_goes_out_after_a_restart_under_its_key(tmp_path: Path) -> None:
    away = Server(httpx.ConnectError("away"))
    liuke = client(away, tmp_path)
    for number in range(4):
        liuke.send(activity(number))
    assert not liuke.flush(0.05)
    assert not liuke.close(0.05)
    back = Server()
    with client(back, tmp_path) as again:
        assert again.flush(20)
    assert ids(back) == ["e0", "e1", "e2", "e3"]
    assert {request.headers["Idempotency-Key"] for request in away.requests} <= back.taken.keys()


def test_two_clients_do_not_share_a_spool_and_a_closed_one_takes_nothing(tmp_path: Path) -> None:
    liuke = client(Server(), tmp_path)
    with pytest.raises(SpoolBusy):
        client(Server(), tmp_path)
    assert liuke.close()
    with pytest.raises(RuntimeError):
        liuke.send(activity(1))
    assert liuke.close()


def test_a_moment_without_a_time_zone_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Activity("e1", "C1", datetime(2026, 11, 20), "login")  # noqa: DTZ001 - the wrong thing on purpose


def waits(asked: float | None) -> Iterator[float]:
    chance = random.Random(1)
    return (wait_before(tries, asked, chance) for tries in range(40))


def test_waits_grow_to_a_minute_with_some_chance_and_follow_the_servers_word() -> None:
    found = list(waits(None))
    assert all(0.25 * 2 ** min(tries, 10) <= wait or wait >= LONGEST_WAIT / 2 for tries, wait in enumerate(found))
    assert (found[0] <= 0.5, max(found) <= LONGEST_WAIT, len(set(found[10:])) > 5) == (True, True, True)
    assert set(waits(7.0)) == {7.0}


def test_importing_the_client_loads_neither_django_nor_the_engine() -> None:
    code = "import sys, liuke.client; print(sorted({'django', 'pyarrow', 'duckdb', 'numpy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
