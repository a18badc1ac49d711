"""Texts are read on their way in, once per version, and what was read is never taken for what the source said."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import Membership, Workspace
from liuke.align.domain.batch import AlignedBatch, Written
from liuke.base.errors import Conflict, Forbidden, Invalid, NotFound
from liuke.base.times import to_us
from liuke.facts.domain.readings import READ, own_attrs, with_reading, without_words, words_of
from liuke.facts.service import batch_write
from liuke.facts.service.readings import row_reader
from liuke.facts.service.readings_again import reread, reread_job, stale_count
from liuke.facts.service.readings_forget import customer_texts_erase, retention_set, texts_expire
from liuke.facts.service.readings_lists import lists_newest, lists_restore, lists_save
from liuke.facts.service.readings_verdicts import recalibrate, verdict_give, verdict_undo
from liuke.facts.store.models import Customer, TextSettings, TextVerdict
from liuke.jobs.domain.contract import Cancelled, PlainContext
from liuke.jobs.store.models import Job
from liuke.warehouse.domain import upsert
from liuke.warehouse.local import LocalWarehouse
from tests.factories import actor_of, make_member, make_workspace
from tests.facts.activities import Row, activity, table

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, tzinfo=UTC)
ANGRY, CALM, SEEN = "等了三天没人理，太差了，我要投诉！", "请问发票什么时候开？", "好的，收到"
RIVAL = {"competitors": [{"name": "友商甲", "aliases": ["甲家"]}]}


@dataclass
class Desk:
    """A workspace, its warehouse and an admin."""

    workspace: Workspace
    warehouse: LocalWarehouse
    admin: Membership

    @property
    def actor(self) -> Actor:
        return actor_of(self.admin)

    def write(self, batch: str, rows: Sequence[Row]) -> Written:
        return batch_write(workspace=self.workspace, batch=AlignedBatch(batch, [table(rows)]), warehouse=self.warehouse)

    def attrs(self, activity_id: str = "a") -> dict[str, Any]:
        sql = "SELECT attrs FROM activity WHERE activity_id = ?"
        found: dict[str, Any] = json.loads(self.warehouse.query(self.workspace.pk, sql, [activity_id])["attrs"][0].as_py())
        return found

    def known_us(self, activity_id: str = "a") -> int:
        found = self.warehouse.query(self.workspace.pk, "SELECT known_us FROM activity WHERE activity_id = ?", [activity_id])
        return int(found["known_us"][0].as_py())

    def reread(self, **options: Any) -> int:
        return reread(workspace=self.workspace, warehouse=self.warehouse, told=lambda *_: None, **options)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    workspace = make_workspace(simulated_as_of=NOW)
    return Desk(workspace, LocalWarehouse(tmp_path), make_member(workspace, Role.ADMIN))


def said(text: str, activity_id: str = "a", kind: str = "message.in", *, days: float = 1, **attrs: object) -> Row:
    return activity(activity_id, kind=kind, ts=to_us(NOW - timedelta(days=days)), attrs={"text": text, **attrs})


def test_SIG_30_a_message_is_read_before_it_is_written(desk: Desk) -> None:
    desk.write("b", [said(ANGRY), said(CALM, "b"), said(SEEN, "c")])
    angry, calm, seen = (desk.attrs(one) for one in "abc")
    assert angry["negative"] > 65
    assert calm["negative"] < 50
    assert angry[READ] == calm[READ] == seen[READ] == 1
    assert "negative" not in seen
    assert seen["acknowledgement"] is True
    assert angry["text_version"] == row_reader(desk.workspace.pk).version
    places = [span for span in angry["spans"] if span[2] == "negative"]
    assert places
    assert all(0 <= start < end <= len(ANGRY) for start, end, *_ in places)


@pytest.mark.parametrize("kind", ["message.in", "group.message", "ticket.opened", "survey.answered", "rating.given", "mention.found"])
def test_every_kind_with_a_customers_words_is_read(desk: Desk, kind: str) -> None:
    desk.write("b", [said(ANGRY, kind=kind)])
    assert desk.attrs()["negative"] > 65


@pytest.mark.parametrize(
    "row",
    [said(ANGRY, kind="message.out"), said(ANGRY, kind="order.placed"), said(ANGRY, kind="group.message", staff=True), said("")],
    ids=["ours", "no words", "staff", "empty"],
)
def test_what_our_staff_writes_and_what_has_no_words_does_not_count(desk: Desk, row: Row) -> None:
    desk.write("b", [row])
    assert "negative" not in desk.attrs()


def test_the_same_file_again_says_the_same_also_by_other_lists(desk: Desk) -> None:
    assert desk.write("b1", [said(ANGRY)]) == Written(1, 0, 0, 1)
    lists_save(actor=desk.actor, workspace=desk.workspace, lists=RIVAL)
    assert desk.write("b2", [said(ANGRY)]) == Written(0, 0, 1, 0)
    assert desk.write("b3", [said(CALM)]) == Written(0, 1, 0, 0)


def test_the_warehouse_knows_the_mark_of_what_was_read() -> None:
    assert upsert.READ == READ


def test_what_the_source_itself_says_stands(desk: Desk) -> None:
    desk.write("b", [said(ANGRY, "a", "ticket.opened", complaint=0, topic="picking", negative=12)])
    attrs = desk.attrs()
    assert (attrs["complaint"], attrs["topic"], attrs["negative"]) == (0, "picking", 12)


def test_lists_count_for_the_next_batch_and_stored_texts_follow_by_a_job_that_changes_no_fact(desk: Desk) -> None:
    text = "甲家的报价更便宜，我们在对比"
    desk.write("b1", [said(text)])
    before, known = desk.attrs(), desk.known_us()
    saved = lists_save(actor=desk.actor, workspace=desk.workspace, lists=RIVAL)
    desk.write("b2", [said(text, "b")])
    assert (desk.attrs("b")["competitor"], before.get("competitor")) == ("友商甲", None)
    job = Job.objects.get(workspace=desk.workspace, kind="reread")
    assert TextSettings.objects.get(workspace=desk.workspace).reread == job
    context = PlainContext(workspace_id=desk.workspace.pk)
    assert reread_job(workspace=desk.workspace, warehouse=desk.warehouse, context=context)["read"] == 1
    assert [stage for _, stage, _ in context.steps] == ["stages.reread", "stages.reread"]
    assert (desk.attrs()["competitor"], desk.known_us(), saved.number) == ("友商甲", known, 1)
    assert own_attrs(json.dumps(before, ensure_ascii=False, separators=(",", ":"))).startswith('{"text":"甲家')
    assert desk.reread() == 0


def test_a_cancelled_reading_goes_on_where_it_stopped(desk: Desk) -> None:
    desk.write("b", [said(ANGRY, f"m{number}") for number in range(7)])
    lists_save(actor=desk.actor, workspace=desk.workspace, lists=RIVAL)
    version = row_reader(desk.workspace.pk).version

    def stop(done: int, _total: int) -> None:
        if done:
            raise Cancelled

    generous = {"workspace": desk.workspace, "warehouse": desk.warehouse}
    with pytest.raises(Cancelled):
        reread(**generous, told=lambda done, total: stop(done - 2, total) if done >= 3 else None, batch=3)  # type: ignore[arg-type]
    assert stale_count(desk.warehouse, desk.workspace.pk, version) == 4
    assert desk.reread(batch=3) == 4
    assert stale_count(desk.warehouse, desk.workspace.pk, version) == 0


def test_versions_of_lists_are_kept_and_an_older_one_can_be_the_newest(desk: Desk) -> None:
    first = lists_save(actor=desk.actor, workspace=desk.workspace, lists=RIVAL, note="一")
    assert lists_save(actor=desk.actor, workspace=desk.workspace, lists=RIVAL).pk == first.pk
    second = lists_save(actor=desk.actor, workspace=desk.workspace, lists={}, based_on=1)
    assert (second.number, lists_newest(desk.workspace)) == (2, second)
    with pytest.raises(Conflict):
        lists_save(actor=desk.actor, workspace=desk.workspace, lists=RIVAL, based_on=1)
    assert lists_restore(actor=desk.actor, workspace=desk.workspace, number=1).lists == first.lists
    with pytest.raises(NotFound):
        lists_restore(actor=desk.actor, workspace=desk.workspace, number=9)
    with pytest.raises(Invalid) as faults:
        lists_save(actor=desk.actor, workspace=desk.workspace, lists={"leave_phrases": ["{a}{b}"], "topics": [{"code": ""}]})
    assert len(faults.value.params["faults"]) == 2  # type: ignore[arg-type]
    with pytest.raises(Forbidden):
        lists_save(actor=actor_of(make_member(desk.workspace, Role.MANAGER)), workspace=desk.workspace, lists={})


def verdict(desk: Desk, value: float | None, activity_id: str = "a") -> TextVerdict:
    where = {"workspace": desk.workspace, "warehouse": desk.warehouse, "source": "s", "activity_id": activity_id}
    return verdict_give(actor=desk.actor, said=value, **where)  # type: ignore[arg-type]


def test_SIG_33_a_verdict_counts_at_once_survives_reading_again_and_can_be_taken_back(desk: Desk) -> None:
    desk.write("b", [said(ANGRY)])
    read = desk.attrs()["negative"]
    kept = verdict(desk, 0)
    assert (kept.read, kept.said, kept.agreed, kept.by) == (read, 0, False, desk.admin)
    assert (desk.attrs()["negative"], desk.attrs()["reviewed"]) == (0, True)
    assert ANGRY not in json.dumps([kept.text_digest, kept.activity_id])
    lists_save(actor=desk.actor, workspace=desk.workspace, lists=RIVAL)
    desk.reread()
    assert desk.attrs()["negative"] == 0
    again = verdict(desk, None)
    assert (again.pk, again.said, again.agreed) == (kept.pk, read, True)
    verdict_undo(actor=desk.actor, workspace=desk.workspace, warehouse=desk.warehouse, source="s", activity_id="a")
    assert (desk.attrs()["negative"], "reviewed" in desk.attrs()) == (read, False)


def test_a_verdict_is_about_these_words_only(desk: Desk) -> None:
    desk.write("b", [said(ANGRY)])
    verdict(desk, 0)
    desk.write("b2", [said(ANGRY + "垃圾！")])
    assert desk.attrs()["negative"] > 65


def test_a_verdict_needs_a_read_text_of_a_visible_customer_and_the_right_to_see_words(desk: Desk) -> None:
    desk.write("b", [said(ANGRY), said(SEEN, "seen")])
    for wrong, kind in ((101.0, Invalid), (-1.0, Invalid)):
        with pytest.raises(kind):
            verdict(desk, wrong)
    with pytest.raises(Conflict):
        verdict(desk, 0, "seen")
    with pytest.raises(NotFound):
        verdict(desk, 0, "nowhere")
    where = {"workspace": desk.workspace, "warehouse": desk.warehouse, "source": "s", "activity_id": "a", "said": 0.0}
    with pytest.raises(NotFound):
        verdict_give(actor=actor_of(make_member(desk.workspace, Role.MANAGER)), **where)  # type: ignore[arg-type]
    with pytest.raises(Forbidden):
        verdict_give(actor=actor_of(make_member(desk.workspace, Role.ANALYST)), **where)  # type: ignore[arg-type]


def test_SIG_33_enough_verdicts_move_the_workspaces_map_and_everything_is_read_by_it(desk: Desk) -> None:
    desk.write("b", [said(ANGRY, f"m{number}") for number in range(30)])
    before = desk.attrs("m29")["negative"]
    for number in range(9):
        verdict(desk, 10, f"m{number}")
    assert recalibrate(actor=desk.actor, workspace=desk.workspace) is None
    for number in range(9, 20):
        verdict(desk, 10, f"m{number}")
    assert recalibrate(actor=desk.actor, workspace=desk.workspace) is not None
    assert desk.reread() == 30
    assert desk.attrs("m29")["negative"] < before - 20
    assert recalibrate(actor=desk.actor, workspace=desk.workspace) is None, "the same verdicts move nothing again"
    kept = TextSettings.objects.get(workspace=desk.workspace)
    assert (kept.verdicts_used, kept.calibrated_at is not None) == (20, True)


def test_words_go_after_their_time_and_what_was_read_of_them_stays(desk: Desk) -> None:
    desk.write("b", [said(ANGRY, days=91), said(ANGRY, "b", days=89), said("您好", "ours", "message.out", days=91, contact="1")])
    assert texts_expire(workspace=desk.workspace, warehouse=desk.warehouse) == 0
    retention_set(actor=desk.actor, workspace=desk.workspace, days=90)
    read = desk.attrs()["negative"]
    assert texts_expire(workspace=desk.workspace, warehouse=desk.warehouse) == 2
    assert texts_expire(workspace=desk.workspace, warehouse=desk.warehouse) == 0
    gone, kept, ours = desk.attrs(), desk.attrs("b"), desk.attrs("ours")
    assert (gone["negative"], gone["text_gone"], "spans" in gone, "text" in gone) == (read, 1, False, False)
    assert kept["text"] == ANGRY
    assert (ours["contact"], "text" in ours) == ("1", False)
    raw = desk.warehouse.query(desk.workspace.pk, "SELECT count(*) AS n FROM activity WHERE (attrs->>'$.text') LIKE '%没人理%'")
    assert raw["n"][0].as_py() == 1
    lists_save(actor=desk.actor, workspace=desk.workspace, lists=RIVAL)
    assert desk.reread() == 1, "what has no words any more is not read again"
    assert desk.attrs()["negative"] == read
    assert desk.write("again", [said(ANGRY, days=91)]) == Written(0, 0, 1, 0), "the same file brings no words back"
    assert "text" not in desk.attrs()
    with pytest.raises(Invalid):
        retention_set(actor=desk.actor, workspace=desk.workspace, days=3)


def test_a_customer_is_erased_at_once_and_alone(desk: Desk) -> None:
    desk.write("b", [said(ANGRY), {**said(ANGRY, "b"), "customer_key": "C2"}])
    verdict(desk, 90)
    customer = Customer.objects.get(workspace=desk.workspace, key="C1")
    where = {"workspace": desk.workspace, "customer_id": customer.pk, "warehouse": desk.warehouse}
    assert customer_texts_erase(actor=desk.actor, **where) == 1  # type: ignore[arg-type]
    assert ("text" in desk.attrs(), desk.attrs("b")["text"]) == (False, ANGRY)
    assert TextVerdict.objects.get().text_digest == ""
    with pytest.raises(Conflict):
        verdict(desk, 0)
    with pytest.raises(Forbidden):
        customer_texts_erase(actor=actor_of(make_member(desk.workspace, Role.OPERATIONS)), **where)  # type: ignore[arg-type]


ODD = {
    "a megabyte": "太差了！" * 250_000,
    "emoji": "😡" * 500,
    "blank": " \n\t ",
    "half a pair": "\ud83d太差",
    "markup": "<script>alert('x')</script><b>太差</b>",
    "four languages": "太差了 terrible ひどい ужасно",
    "our mark": '太差","text_read":1,"negative":0,"x":"',
    "nothing but zero": "\u0000\u0000",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_texts_are_read_in_bounded_time_and_stay_as_they_were(desk: Desk, text: str) -> None:
    row = said("x")
    row["attrs"] = json.dumps({"text": text})
    began = time.process_time()
    desk.write("b", [row])
    assert time.process_time() - began < 5
    attrs = desk.attrs()
    assert (attrs["text"], attrs[READ]) == (text, 1)
    assert 0 <= attrs.get("negative", 0) <= 100


def test_ten_thousand_messages_of_one_customer_in_a_minute_are_read_in_bounded_time(desk: Desk) -> None:
    started = to_us(NOW) - 60_000_000
    rows = [activity(f"m{number}", ts=started + 6_000 * number, attrs={"text": f"{ANGRY}{number}"}) for number in range(10_000)]
    began = time.process_time()
    assert desk.write("b", rows).new == 10_000
    assert time.process_time() - began < 10
    found = desk.warehouse.query(desk.workspace.pk, "SELECT count(*) AS n FROM activity WHERE (attrs->>'$.text_read') = '1'")
    assert found["n"][0].as_py() == 10_000


@pytest.mark.parametrize("attrs", ["{}", '{"text":"好"}', '{"text":"a","n":{"text_read":5}}', '{"x":1, "y":"}"}'])
def test_what_was_read_comes_off_again_as_it_was_put_on(attrs: str) -> None:
    once = with_reading(attrs, {"negative": 70.5, "text_version": "1"})
    assert json.loads(own_attrs(once)) == json.loads(attrs)
    twice = with_reading(once, {"negative": 20, "text_version": "2"})
    assert (json.loads(twice)["negative"], json.loads(own_attrs(twice))) == (20, json.loads(attrs))


def test_words_show_with_their_subject_and_without_them_nothing_of_them_is_left() -> None:
    assert words_of({"subject": "太慢", "text": "等了三天"}) == "太慢 · 等了三天"
    assert words_of({"text": "等了三天", "subject": ""}) == "等了三天"
    bare = without_words(with_reading('{"text":"等了三天","thread":"t"}', {"negative": 70, "spans": [[0, 2, "negative", ""]]}))
    assert json.loads(bare) == {"thread": "t", READ: 1, "text_gone": 1, "negative": 70}
    assert json.loads(own_attrs(bare)) == {"thread": "t"}
