"""DAT-01: rows by API over HTTP — what is taken, what is told, and that nothing is taken twice."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any
from unittest.mock import patch

import pytest
from django.http import HttpResponse
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from liuke.accounts.domain.actor import system
from liuke.accounts.domain.bucket import Rate
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import api_key_create, api_key_revoke, track_allow
from liuke.accounts.store.models import Workspace
from liuke.base.errors import TooMany
from liuke.connect.domain.kept import activities_of, unpack
from liuke.connect.domain.limits import LIMITS
from liuke.connect.service import backlog
from liuke.connect.service.accepting import KEPT_FOR, ROWS_KEPT_FOR, bodies_sweep
from liuke.connect.service.live import Settled, give_up, live_sweep, settle, waiting
from liuke.connect.store.models import Batch, BatchBody, Source
from liuke.jobs.store.models import Job
from tests.factories import make_customer, make_workspace

pytestmark = pytest.mark.django_db
ROW: dict[str, Any] = {"activity_id": "e1", "customer_key": "K1", "ts": "2026-11-20T08:00:00+08:00", "kind": "page.viewed"}


def rows(count: int) -> list[dict[str, Any]]:
    return [ROW | {"activity_id": f"e{number}"} for number in range(count)]


class Sender:
    """A machine with a key."""

    def __init__(self, workspace: Workspace, *scopes: Permission, language: str = "zh-CN") -> None:
        made = api_key_create(actor=system(workspace.pk), name="shop", scopes=[scope.value for scope in scopes or (Permission.INGEST,)])
        self.key, self.client = made.key, Client(headers={"authorization": f"Bearer {made.secret}", "accept-language": language})

    def send(
        self, body: object, path: str = "activities", *, kind: str = "application/json", headers: Mapping[str, str] | None = None
    ) -> HttpResponse:
        """A request; anything but bytes is sent as JSON."""
        data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        return self.client.post(f"/api/v1/{path}", data=data, content_type=kind, headers=dict(headers or {}))

    def batch(self, batch_id: int) -> Any:
        """What has become of a batch."""
        return self.client.get(f"/api/v1/batches/{batch_id}").json()


@pytest.fixture
def workspace() -> Workspace:
    return make_workspace()


@pytest.fixture
def sender(workspace: Workspace) -> Sender:
    return Sender(workspace)


def kept_ids(batch_id: int) -> list[str]:
    return [row.activity_id for row in activities_of(BatchBody.objects.get(batch_id=batch_id).body)]


def test_DAT_01_a_list_is_durable_with_its_job_before_the_202(sender: Sender, workspace: Workspace) -> None:
    answer = sender.send(rows(3), "activities?source=shop")
    assert answer.status_code == 202
    told = answer.json()
    assert (told["accepted"], told["rejected"]) == (3, [])
    (found,) = waiting(workspace_id=workspace.pk, rows=100)
    assert (found.batch_id, found.source, len(found.rows)) == (told["batch_id"], "shop", 3)
    assert found.rows[0]["ts_us"] == 1_795_132_800_000_000
    assert Job.objects.filter(kind="live", workspace=workspace).count() == 1


@pytest.mark.parametrize("ending", ["", "\n", "\r\n\r\n"])
def test_an_object_a_line_is_the_same_as_a_list(sender: Sender, ending: str) -> None:
    body = "\n".join(json.dumps(row) for row in rows(3)) + ending
    told = sender.send(body.encode(), kind="application/x-ndjson; charset=utf-8").json()
    assert told["accepted"] == 3
    assert kept_ids(told["batch_id"]) == ["e0", "e1", "e2"]


def test_gzip_is_understood_in_one_piece_and_in_several(sender: Sender) -> None:
    whole = json.dumps(rows(50)).encode()
    for body in (gzip.compress(whole), gzip.compress(whole[:700]) + gzip.compress(whole[700:])):
        assert sender.send(body, headers={"content-encoding": "gzip"}).json()["accepted"] == 50


@pytest.mark.parametrize(
    ("body", "kind", "encoding", "told"),
    [
        (b"[{", "application/json", "", (400, "ingest_not_json")),
        (b'{"activity_id": "e1"}', "application/json", "", (400, "ingest_not_json")),
        (b" ", "application/json", "", (400, "ingest_not_json")),
        (b"[]", "application/json", "", (422, "ingest_empty")),
        (b"\n\n", "application/x-ndjson", "", (422, "ingest_empty")),
        (b"a=1", "application/x-www-form-urlencoded", "", (415, "ingest_form")),
        (b"[]", "application/json", "br", (415, "ingest_encoding")),
        (b"[]", "application/json", "gzip", (400, "ingest_gzip")),
        (gzip.compress(b"[]")[:-4], "application/json", "gzip", (400, "ingest_gzip")),
        (b"[" * 100_000, "application/json", "", (400, "ingest_not_json")),
    ],
)
def test_a_body_that_cannot_be_read_is_told_so(sender: Sender, body: bytes, kind: str, encoding: str, told: tuple[int, str]) -> None:
    answer = sender.send(body, kind=kind, headers={"content-encoding": encoding} if encoding else {})
    assert (answer.status_code, answer.json()["code"]) == told
    assert not answer.json()["message"].startswith("errors.")
    assert not Batch.objects.exists()


def test_too_many_rows_and_too_many_bytes_are_413_and_a_gzip_bomb_is_never_unpacked(sender: Sender) -> None:
    assert sender.send(rows(LIMITS.ingest_rows + 1)).json()["code"] == "ingest_too_many"
    bomb = zlib.compressobj(9, zlib.DEFLATED, 31)
    small = bomb.compress(b" " * (40 * LIMITS.ingest_bytes)) + bomb.flush()
    assert len(small) < LIMITS.ingest_bytes / 20
    with patch("liuke.connect.domain.bodies.zlib.decompressobj", wraps=zlib.decompressobj) as opened:
        answer = sender.send(small, headers={"content-encoding": "gzip"})
    assert (answer.status_code, answer.json()["code"], opened.call_count) == (413, "ingest_too_large", 1)
    assert sender.send(b" " * (LIMITS.ingest_bytes + 1)).status_code == 413


WRONG = [
    ({"ts": "yesterday"}, "not_allowed", "ts"),
    ({"ts": "2026-11-20T08:00:00"}, "not_allowed", "ts"),
    ({"ts": "9999-11-20T08:00:00Z"}, "not_allowed", "ts"),
    ({"kind": "Page Viewed"}, "not_allowed", "kind"),
    ({"value": "12"}, "not_allowed", "value"),
    ({"attrs": [1]}, "not_allowed", "attrs"),
    ({"customer_key": " "}, "missing", "customer_key"),
    ({"activity_id": "x" * 121}, "not_allowed", "activity_id"),
    ({"vlaue": 3}, "unknown_field", "vlaue"),
    ({"actor": "a\0b"}, "nul", ""),
    ({"attrs": {"text": "x" * (LIMITS.cell_characters + 1)}}, "too_long", "attrs"),
]


@pytest.mark.parametrize(("change", "code", "field"), WRONG, ids=[f"{code}-{field}" for _, code, field in WRONG])
def test_a_wrong_row_is_rejected_with_place_code_and_reason_and_the_others_are_taken(
    sender: Sender, change: dict[str, Any], code: str, field: str
) -> None:
    told = sender.send([ROW, ROW | {"activity_id": "e2"} | change, ROW | {"activity_id": "e3"}]).json()
    (rejected,) = told["rejected"]
    assert (told["accepted"], rejected["index"], rejected["code"], rejected["field"]) == (2, 1, code, field)
    assert rejected["reason"]
    assert not rejected["reason"].startswith(("rejects.", "errors."))
    assert kept_ids(told["batch_id"]) == ["e1", "e3"]


def test_rows_that_are_no_objects_or_no_json_are_rejected_one_by_one(sender: Sender) -> None:
    lines = [json.dumps(ROW), "{broken", "7", '{"customer_key":"K1"}']
    told = sender.send("\n".join(lines).encode(), kind="application/x-ndjson").json()
    found = [(each["index"], each["code"]) for each in told["rejected"]]
    assert (told["accepted"], found) == (1, [(1, "not_json"), (2, "not_object"), (3, "missing")])


def test_reasons_are_in_the_readers_language(workspace: Workspace) -> None:
    said = {
        language: Sender(workspace, language=language).send([ROW, ROW | {"ts": "x"}]).json()["rejected"][0]["reason"]
        for language in ("zh-CN", "en")
    }
    assert said["zh-CN"].startswith("「ts」不正确：x")
    assert said["en"].startswith("ts is wrong: x")


def test_a_request_without_a_good_row_is_422_with_every_reason(sender: Sender) -> None:
    answer = sender.send([ROW | {"ts": "x"}, ROW | {"kind": ""}])
    assert (answer.status_code, answer.json()["code"]) == (422, "ingest_all_rejected")
    assert [fault["where"] for fault in answer.json()["faults"]] == ["0.ts", "1.kind"]


def test_all_or_nothing_where_the_sender_wants_it(sender: Sender) -> None:
    answer = sender.send([ROW, ROW | {"ts": "x"}], "activities?atomic=1")
    assert (answer.status_code, answer.json()["code"], Batch.objects.count()) == (422, "ingest_atomic", 0)
    assert sender.send([ROW], "activities?atomic=1").status_code == 202


def test_the_same_idempotency_key_takes_the_rows_once_and_answers_the_same(sender: Sender) -> None:
    sent = [ROW, ROW | {"ts": "x"}]
    first, again = (sender.send(sent, headers={"idempotency-key": "k1"}) for _ in range(2))
    assert (first.status_code, again.status_code, first.content) == (202, 202, again.content)
    assert ("Idempotent-Replayed" in first, again["Idempotent-Replayed"]) == (False, "true")
    assert Batch.objects.count() == 1
    other = sender.send([ROW], headers={"idempotency-key": "k1"})
    assert (other.status_code, other.json()["code"]) == (409, "ingest_key_reused")
    assert sender.send([ROW], headers={"idempotency-key": "k2"}).json()["batch_id"] != first.json()["batch_id"]


def test_an_idempotency_key_belongs_to_its_source_and_to_one_kind_of_row(sender: Sender) -> None:
    key = {"idempotency-key": "k1"}
    one, two = (sender.send([ROW], f"activities?source={name}", headers=key).json()["batch_id"] for name in ("a", "b"))
    assert one != two
    customer = [{"customer_key": "K1", "name": "甲"}]
    assert sender.send(customer, "customers?source=a", headers=key).status_code == 409
    for wrong in ("", "x" * 101):
        assert sender.send([ROW], headers={"idempotency-key": wrong}).json()["code"] == "ingest_key"


def test_a_batch_that_failed_frees_its_key(sender: Sender) -> None:
    key = {"idempotency-key": "k1"}
    first = sender.send([ROW], headers=key).json()["batch_id"]
    assert give_up(batch_id=first, fault=TooMany("too_many_requests", seconds=3))
    assert sender.batch(first)["error"]["code"] == "too_many_requests"
    assert sender.send([ROW], headers=key).json()["batch_id"] != first


def test_no_key_a_revoked_key_and_a_key_without_the_scope_send_nothing(workspace: Workspace) -> None:
    assert Client().post("/api/v1/activities", data=b"[]", content_type="application/json").status_code == 401
    reader = Sender(workspace, Permission.EXPORT)
    assert reader.send([ROW]).status_code == 403
    gone = Sender(workspace)
    api_key_revoke(actor=system(workspace.pk), key_id=gone.key.pk)
    assert gone.send([ROW]).status_code == 401
    assert not Batch.objects.exists()


def test_a_key_sends_to_its_own_workspace_and_sees_only_its_batches(workspace: Workspace, sender: Sender) -> None:
    batch = sender.send([ROW]).json()["batch_id"]
    other = Sender(make_workspace())
    assert other.client.get(f"/api/v1/batches/{batch}").status_code == 404
    assert other.send([ROW], f"activities?workspace={workspace.slug}").status_code == 404
    assert Sender(workspace, Permission.IMPORT).batch(batch)["status"] == "queued"


def test_a_key_of_pages_sends_what_pages_see_and_reads_nothing(workspace: Workspace) -> None:
    make_customer(workspace, key="K1")
    page = Sender(workspace, Permission.TRACK)
    money = ROW | {"activity_id": "e2", "kind": "order.placed", "value": 1e6}
    told = page.send([ROW, money, ROW | {"activity_id": "e3", "kind": "web.form_left"}]).json()
    assert [(each["index"], each["code"]) for each in told["rejected"]] == [(1, "kind_not_tracked")]
    assert page.client.get(f"/api/v1/batches/{told['batch_id']}").status_code == 403
    assert page.send([{"customer_key": "K1", "name": "甲"}], "customers").status_code == 403
    assert page.send([money]).status_code == 422


def test_one_address_with_a_key_of_pages_has_a_rate_of_its_own(workspace: Workspace) -> None:
    actor = system(workspace.pk)
    for _ in range(3):
        track_allow(actor=actor, rate=Rate(1, 3), now=5.0)
    with pytest.raises(TooMany):
        track_allow(actor=actor, rate=Rate(1, 3), now=5.0)
    track_allow(actor=actor, rate=Rate(1, 3), now=6.0)


def test_while_too_much_waits_senders_are_asked_to_come_back(sender: Sender, workspace: Workspace) -> None:
    with patch.object(backlog, "_seen", {}), patch.object(backlog, "MOST_ROWS", 5):
        backlog.backlog_allow(workspace_id=workspace.pk, most=5, now=0.0)
        batch = sender.send(rows(6)).json()["batch_id"]
        with pytest.raises(TooMany):
            backlog.backlog_allow(workspace_id=workspace.pk, most=5, now=1e9)
        settle(batch_ids=[batch], counts={})
        backlog.backlog_allow(workspace_id=workspace.pk, most=5, now=2e9)
    with patch("liuke.show.api.ingest.backlog_allow", side_effect=TooMany("ingest_behind", rows=9, seconds=30)):
        answer = sender.send([ROW])
    assert (answer.status_code, answer["Retry-After"], answer.json()["code"]) == (429, "30", "ingest_behind")


def test_a_sender_over_its_rate_hears_when_to_come_back(sender: Sender) -> None:
    with patch("liuke.show.api.ingest.ingest_allow", side_effect=TooMany("too_many_requests", seconds=2)):
        answer = sender.send([ROW])
    assert (answer.status_code, answer["Retry-After"]) == (429, "2")


def test_what_became_of_a_batch_can_be_asked(sender: Sender, workspace: Workspace) -> None:
    batch = sender.send([ROW, ROW | {"ts": "x"}], "activities?source=shop").json()["batch_id"]
    before = sender.batch(batch)
    assert (before["status"], before["accepted"], before["rejected"], before["applied_at"]) == ("queued", 1, 1, None)
    for _ in range(2):  # told twice, as after a crash
        settle(batch_ids=[batch], counts={batch: Settled(new=1, newest_us=1_795_132_800_000_000)})
    after = sender.batch(batch)
    assert (after["status"], after["new"], after["source"]) == ("applied", 1, "shop")
    source = Source.objects.get(workspace=workspace, name="shop")
    assert (source.rows_total, source.newest_row_at.isoformat() if source.newest_row_at else "") == (1, "2026-11-20T00:00:00+00:00")


def test_rows_are_forgotten_a_day_after_they_were_applied_and_batches_a_month_after(sender: Sender) -> None:
    done, open_one = (sender.send([ROW]).json()["batch_id"] for _ in range(2))
    settle(batch_ids=[done], counts={})
    finished = Batch.objects.get(pk=done).finished_at
    assert finished is not None
    assert bodies_sweep(now=finished + KEPT_FOR) == 0
    assert bodies_sweep(now=finished + KEPT_FOR * 1.01) == 1
    assert list(BatchBody.objects.values_list("pk", flat=True)) == [open_one]
    bodies_sweep(now=finished + ROWS_KEPT_FOR * 1.01)
    assert list(Batch.objects.values_list("pk", flat=True)) == [open_one]


def test_one_job_serves_all_that_waits_and_a_batch_beside_a_running_one_gets_a_following_job(sender: Sender, workspace: Workspace) -> None:
    for _ in range(3):
        sender.send([ROW])
    (job,) = Job.objects.filter(kind="live")
    Job.objects.filter(pk=job.pk).update(status="running")
    for _ in range(2):
        sender.send([ROW])
    assert list(Job.objects.filter(kind="live").order_by("pk").values_list("status", flat=True)) == ["running", "queued"]
    Job.objects.filter(kind="live").update(status="done")
    assert (live_sweep(), live_sweep()) == (1, 0)
    settle(batch_ids=[found.batch_id for found in waiting(workspace_id=workspace.pk, rows=9)], counts={})
    Job.objects.filter(kind="live").update(status="done")
    assert live_sweep() == 0


def test_what_waits_comes_oldest_first_and_in_portions_of_whole_batches(sender: Sender, workspace: Workspace) -> None:
    for size in (4, 3, 2):
        sender.send(rows(size))
    sizes = {most: [len(found.rows) for found in waiting(workspace_id=workspace.pk, rows=most)] for most in (1, 4, 7, 100)}
    assert sizes == {1: [4], 4: [4], 7: [4, 3], 100: [4, 3, 2]}


CUSTOMERS = [
    {"customer_key": "K1", "name": "甲", "城市等级": "一线"},
    {"customer_key": "", "name": "乙"},
    {"customer_key": "K3", "name": None},
]


def test_customers_are_checked_as_those_of_a_file(sender: Sender) -> None:
    told = sender.send(CUSTOMERS, "customers").json()
    found = [(each["index"], each["field"], each["code"], each["reason"]) for each in told["rejected"]]
    assert found == [(1, "customer_key", "missing", "「customer_key」为空"), (2, "name", "missing", "「name」为空")]
    batch = Batch.objects.get(pk=told["batch_id"])
    assert (batch.entity, batch.status, batch.job.kind if batch.job else "") == ("customers", "queued", "import")
    assert json.loads(unpack(BatchBody.objects.get(batch=batch).body).raw) == CUSTOMERS[:1]


def test_a_required_field_that_no_row_has_is_told_with_its_names(sender: Sender) -> None:
    answer = sender.send([{"customer_key": "K1"}], "orders")
    assert (answer.status_code, answer.json()["code"]) == (422, "mapping_missing")


def outcome(number: int, key: str, **change: object) -> dict[str, object]:
    return {"outcome_id": f"x{number}", "customer_key": key, "kind": "churned", "occurred_on": "2026-11-20", "cause": "price"} | change


def test_OUT_01_outcomes_need_the_permission_to_register_them_and_a_known_customer(workspace: Workspace) -> None:
    customer = make_customer(workspace)
    assert Sender(workspace).send([outcome(1, customer.key)], "outcomes").status_code == 403
    sender = Sender(workspace, Permission.INGEST, Permission.HANDLE)
    sent = [
        outcome(1, customer.key),
        outcome(2, "nobody"),
        outcome(3, customer.key, kind="gone"),
        outcome(4, customer.key, occurred_on="2999-01-01"),
        outcome(5, customer.key, cause="merged"),
        outcome(6, " "),
    ]
    told = sender.send(sent, "outcomes").json()
    found = [(each["index"], each["code"], each["field"]) for each in told["rejected"]]
    assert told["accepted"] == 1
    assert found == [
        (1, "customer_unknown", "customer_key"),
        (2, "outcome_kind", "kind"),
        (3, "outcome_date", "occurred_on"),
        (4, "outcome_final_cause", "cause"),
        (5, "missing", "customer_key"),
    ]
    assert all(not each["reason"].startswith(("rejects.", "errors.")) for each in told["rejected"])


good = st.fixed_dictionaries(
    {
        "activity_id": st.text(min_size=1, max_size=12).filter(lambda text: text.strip() and "\0" not in text),
        "customer_key": st.sampled_from(["K1", "客户二"]),
        "ts": st.datetimes().filter(lambda at: 1970 <= at.year <= 2200).map(lambda at: f"{at.replace(microsecond=0).isoformat()}Z"),
        "kind": st.sampled_from(["login", "page.viewed"]),
        "value": st.none() | st.floats(allow_nan=False, allow_infinity=False),
        "attrs": st.none() | st.dictionaries(st.text(max_size=5), st.text(max_size=5) | st.integers(-9, 9), max_size=3),
    }
)
bad = st.sampled_from([None, 7, {}, ROW | {"ts": 5}, ROW | {"kind": "?"}, ROW | {"more": 1}])


class Law(TestCase):
    """Laws of a request, whatever is in it."""

    @settings(max_examples=40, deadline=None)
    @given(st.lists(good | bad, min_size=1, max_size=8), st.booleans(), st.integers(1, 3))
    def test_every_row_is_accepted_or_rejected_once_however_often_it_is_sent(self, sent: Sequence[Any], lines: bool, times: int) -> None:
        """Rows of both kinds of body, sent again and again under one key: one batch, the good rows in their order, each bad one told."""
        workspace = make_workspace()
        sender = Sender(workspace)
        texts = [json.dumps(row) for row in sent]
        body = ("\n".join(texts) if lines else f"[{','.join(texts)}]").encode()
        kind = "application/x-ndjson" if lines else "application/json"
        answers = [sender.send(body, kind=kind, headers={"idempotency-key": "k"}) for _ in range(times)]
        assert len({(answer.status_code, json.dumps({**answer.json(), "request_id": ""})) for answer in answers}) == 1
        wanted = [row["activity_id"] for row in sent if isinstance(row, dict) and row not in ({},) and _is_good(row)]
        assert Batch.objects.filter(workspace=workspace).count() == (1 if wanted else 0)
        if not wanted:
            assert answers[0].status_code == 422
            return
        told = answers[0].json()
        assert kept_ids(told["batch_id"]) == wanted
        assert [each["index"] for each in told["rejected"]] == [place for place, row in enumerate(sent) if not _is_good(row)]


def _is_good(row: object) -> bool:
    return isinstance(row, dict) and "customer_key" in row and isinstance(row["ts"], str) and row["kind"] != "?" and "more" not in row
