"""质检 and 词库 through the API: who sees which words, what a word on a text does, and what lists would find."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from liuke.facts.service.readings_again import reread
from liuke.jobs.store.models import Job
from tests.show.world import NOW, World, activities_write, activity

pytestmark = pytest.mark.django_db
ANGRY = "等了三天没人理，太差了，我要投诉你们！"
OF = {"source": "erp", "activity_id": "a71"}


@pytest.fixture
def talk(world: World) -> World:
    """A conversation: three angry messages, an acknowledgement, our answer, and one that is still to come; all read."""
    day, who = timedelta(days=1), world.customer.pk
    rows = [
        activity(who, 71, NOW - 4 * day, "message.in", None, text=ANGRY),
        activity(who, 72, NOW - 3 * day, "message.in", None, text="甲家的报价便宜，我们在对比"),
        activity(who, 73, NOW - 2 * day, "message.out", None, text="非常抱歉"),
        activity(who, 74, NOW - 2 * day, "message.in", None, text="收到"),
        activity(who, 75, NOW + day, "message.in", None, text=ANGRY),
    ]
    activities_write(world.warehouse, world.workspace, rows, "talk")
    reread(workspace=world.workspace, warehouse=world.warehouse, told=lambda *_: None)
    return world


def found(page: dict[str, Any], activity_id: str = "a71") -> dict[str, Any]:
    """The text of that id on a page."""
    item: dict[str, Any] = next(one for one in page["items"] if one["activity_id"] == activity_id)
    return item


def test_SIG_33_the_queue_holds_texts_over_65_with_the_words_that_show_it(talk: World) -> None:
    page = talk.get("manager", "/text/review")
    item = found(page)
    assert page["open"] == len(page["items"])
    assert (item["text"], item["masked"], item["verdict"]) == (ANGRY, False, None)
    assert item["reading"]["negative"] > 65
    assert {span["shows"] for span in item["reading"]["spans"]} >= {"negative"}
    assert all(0 <= span["start"] < span["end"] <= len(ANGRY) for span in item["reading"]["spans"])
    assert "a75" not in [one["activity_id"] for one in page["items"]], "nothing from after the clock"
    assert [one["activity_id"] for one in talk.get("manager", "/text/review", over=100)["items"]] == []


def test_a_reader_without_the_right_sees_scores_and_no_words(talk: World) -> None:
    item = found(talk.get("analyst", "/text/review"))
    assert (item["masked"], item["text"]) == (True, f"***({len(ANGRY)})")
    assert (item["reading"]["negative"] > 65, item["reading"]["spans"]) == (True, [])
    around = talk.get("analyst", "/text/around", **OF)
    assert all(ANGRY not in one["text"] and "抱歉" not in one["text"] for one in around)


def test_the_queue_shows_nothing_of_customers_that_the_asker_does_not_see(talk: World) -> None:
    page = talk.get("other_manager", "/text/review")
    assert (page["items"], page["open"]) == ([], 0)


def test_the_conversation_around_a_text_has_our_answers_and_ends_at_the_clock(talk: World) -> None:
    around = talk.get("manager", "/text/around", **OF)
    ids = [one["activity_id"] for one in around]
    assert ids[-4:] == ["a71", "a72", "a73", "a74"]
    assert [one["from_us"] for one in around][-2:] == [True, False]
    assert around[-1]["reading"]["acknowledgement"] is True


def test_SIG_33_one_tap_corrects_the_text_moves_on_and_can_be_taken_back(talk: World) -> None:
    client = talk.client("manager")
    before = talk.get("manager", "/text/review")["open"]
    answer = client.post(talk.url("/text/verdict"), {**OF, "said": 0}, content_type="application/json").json()
    assert (answer["reading"]["negative"], answer["verdict"]["said"], answer["verdict"]["agreed"]) == (0, 0, False)
    page = talk.get("manager", "/text/review")
    assert (page["open"], page["done"]) == (before - 1, 1)
    assert found(talk.get("manager", "/text/review", status="done"))["verdict"]["by"]["id"] == talk.members["manager"].pk
    back = client.post(talk.url("/text/verdict/undo"), OF, content_type="application/json").json()
    assert (back["verdict"], back["reading"]["negative"] > 65) == (None, True)


def test_pages_of_the_queue_go_on_where_they_ended(talk: World) -> None:
    rows = [activity(talk.customer.pk, 80 + at, NOW - timedelta(hours=at + 1), "message.in", None, text=ANGRY) for at in range(5)]
    activities_write(talk.warehouse, talk.workspace, rows, "more")
    reread(workspace=talk.workspace, warehouse=talk.warehouse, told=lambda *_: None)
    seen: list[str] = []
    cursor = ""
    for _ in range(4):
        page = talk.get("manager", "/text/review", limit=2, cursor=cursor)
        seen += [one["activity_id"] for one in page["items"]]
        cursor = page["next_cursor"] or ""
        if not cursor:
            break
    assert len(seen) == len(set(seen)) == page["open"]
    assert seen[:5] == ["a80", "a81", "a82", "a83", "a84"]


def test_the_timeline_marks_the_words_and_keeps_the_machinery_to_itself(talk: World) -> None:
    items = talk.get("manager", f"/customers/{talk.customer.pk}/timeline")["items"]
    (item,) = [one for one in items if one["id"] == "erp:a71"]
    assert item["reading"]["negative"] > 65
    assert not {"spans", "text_read", "text_version", "negative"} & set(item["attrs"])
    masked = talk.get("analyst", f"/customers/{talk.customer.pk}/timeline")["items"]
    (item,) = [one for one in masked if one["id"] == "erp:a71"]
    assert (item["text"], item["reading"]["spans"]) == (f"***({len(ANGRY)})", [])


RIVAL = {
    "competitors": [{"name": "友商甲", "aliases": ["甲家"]}],
    "topics": [{"code": "slow", "label": "等太久", "words": ["等了"], "team": "客服"}],
}


def test_the_test_box_says_what_a_sentence_yields_by_the_lists_being_edited_and_keeps_nothing(talk: World) -> None:
    client = talk.client("manager")
    asked = {"text": "甲家更便宜，我们在对比，等了三天", "lists": RIVAL}
    edited = client.post(talk.url("/text/try"), asked, content_type="application/json").json()
    live = client.post(talk.url("/text/try"), {"text": asked["text"]}, content_type="application/json").json()
    assert (edited["competitor"], live["competitor"]) == ("友商甲", "")
    assert {"code": "slow", "label": "等太久", "team": "客服"} in edited["topics"]
    assert talk.get("manager", "/text/lists")["number"] == 0


def test_what_edited_lists_would_find_is_counted_before_they_are_saved(talk: World) -> None:
    answer = talk.client("manager").post(talk.url("/text/lists/hits"), RIVAL, content_type="application/json").json()
    hits = {(one["shows"], one["which"]): (one["before"], one["after"]) for one in answer["hits"]}
    assert hits["competitor", "友商甲"] == (0, 1)
    assert hits["topic", "slow"][1] >= 1
    assert answer["changed"] >= 1
    assert any("甲家" in one["text"] for one in answer["examples"])
    masked = talk.client("analyst").post(talk.url("/text/lists/hits"), RIVAL, content_type="application/json").json()
    assert all(one["text"].startswith("***") for one in masked["examples"])


def test_saved_lists_are_a_version_with_a_job_and_wrong_ones_are_told_all_at_once(talk: World) -> None:
    client = talk.client("operations")
    saved = client.put(talk.url("/text/lists"), {"lists": RIVAL, "note": "加竞品", "based_on": 0}, content_type="application/json").json()
    assert (saved["number"], saved["versions"][0]["note"], saved["stale"] > 0, saved["job"]["kind"]) == (1, "加竞品", True, "reread")
    assert Job.objects.filter(kind="reread").count() == 1
    late = client.put(talk.url("/text/lists"), {"lists": {}, "based_on": 0}, content_type="application/json")
    assert (late.status_code, late.json()["code"]) == (409, "text_lists_moved")
    wrong = {"lists": {"leave_phrases": ["{x}"], "topics": [{"code": ""}]}}
    refused = client.put(talk.url("/text/lists"), wrong, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (422, "text_lists")


def test_SIG_33_the_rate_of_loss_is_measured_or_said_to_be_unknown(talk: World) -> None:
    rate = talk.get("admin", "/text/rate")
    assert rate["over"] == 65
    assert (rate["rate"] is None) == (rate["customers"] == 0)


def test_settings_tell_no_key_and_the_map_as_shipped(talk: World) -> None:
    told = talk.get("admin", "/text/settings")
    assert (told["model"]["enabled"], told["model"]["has_key"], told["retention_days"]) == (False, False, None)
    assert (told["calibration"]["own"], told["calibration"]["points"]) == (False, [[0.0, 0.0], [100.0, 100.0]])
    assert "key" not in told["model"]
