"""分群标签 (SEG-01..04): tags by the API, with counts at once, members in scope, history, chips and filter in 客户."""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa
import pytest

from liuke.base.times import to_us
from liuke.jobs.store.models import Job
from liuke.segments.domain.builtin import BUILT_IN
from liuke.segments.service.members import tags_record
from liuke.segments.store.models import Tag
from liuke.warehouse.frames import frame_write
from tests.show.world import NOW, World

pytestmark = pytest.mark.django_db
RICH = {"when": {"column": "annual_value", "op": "ge", "value": 1000}, "exclude": None}
FOLLOWED = {
    "when": {"follow": {"first": ["ticket.opened"], "then": ["order.placed"], "within_days": 3, "happens": False, "last_days": 30}},
    "exclude": None,
}


def plain(**change: object) -> dict[str, object]:
    """A behaviour tag as the browser sends it."""
    return {"name": "大客户", "kind": "behaviour", "rule": RICH, "weight": 0, "colour": "gold", "about": ""} | change


def send(world: World, asker: str, method: str, path: str, body: object = None, *, status: int = 200) -> Any:
    """The JSON of a call."""
    answer = getattr(world.client(asker), method)(world.url(path), data=json.dumps(body), content_type="application/json")
    assert answer.status_code == status, answer.content
    return answer.json()


@pytest.fixture
def framed(world: World) -> World:
    """The last scoring's frame: the world's customer buys for 5000 a year, the other one for 200."""
    table = pa.table(
        {
            "customer_id": pa.array([world.customer.pk, world.ids["unowned"]], pa.int64()),
            "annual_value": pa.array([5000.0, 200.0]),
            "score": pa.array([82.0, 20.0]),
            "level": pa.array(["medium", "normal"]),
        }
    )
    frame_write(world.warehouse, world.workspace.pk, as_of_us=to_us(NOW), frame=table)
    return world


class TestList:
    """The tags there are."""

    def test_built_in_tags_are_there_with_names_and_rules_in_words(self, world: World) -> None:
        tags = world.get("manager", "/tags")
        assert {tag.code for tag in BUILT_IN} <= {tag["code"] for tag in tags}
        for tag in tags:
            assert tag["name"]
            assert tag["built_in"] == (tag["code"] != "loyal")
            by_hand = tag["rule"] is None
            assert by_hand or not tag["built_in"] or tag["sentences"] or tag["faults"]

    def test_a_tag_whose_column_is_gone_says_so(self, world: World) -> None:
        rule = {"when": {"column": "attr.gone", "op": "eq", "value": "x"}, "exclude": None}
        Tag.objects.filter(pk=world.ids["tag"]).update(rule=rule)
        found = world.get("admin", "/tags/{tag}")
        assert [fault["where"] for fault in found["faults"]] == ["when.column"]
        assert found["faults"][0]["message"]

    def test_the_trend_is_oldest_first(self, world: World) -> None:
        for day, members in enumerate([{world.customer.pk}, set()]):
            tags_record(workspace=world.workspace, as_of=NOW.replace(day=NOW.day - 1 + day), members={"loyal": members})
        points = world.get("admin", "/tags/{tag}")["trend"]
        assert [(point["members"], point["entered"], point["left"]) for point in points] == [(1, 1, 0), (0, 0, 1)]


class TestEditing:
    """Make, edit, put away."""

    def test_the_count_comes_before_anything_is_kept(self, framed: World) -> None:
        counted = send(framed, "admin", "post", "/tags/count", {"kind": "behaviour", "rule": RICH})
        assert (counted["matched"], counted["total"]) == (1, 2)
        assert [match["customer_id"] for match in counted["sample"]] == [framed.customer.pk]
        assert counted["sentences"][0]["text"]

    def test_an_account_manager_counts_among_their_own(self, framed: World) -> None:
        counted = send(framed, "other_manager", "post", "/tags/count", {"kind": "behaviour", "rule": RICH})
        assert (counted["matched"], counted["total"]) == (0, 0)

    def test_members_are_known_as_soon_as_the_tag_is_kept(self, framed: World) -> None:
        made = send(framed, "operations", "post", "/tags", plain())
        assert (made["members"], made["recorded_as_of"][:10]) == (1, NOW.date().isoformat())
        members = framed.get("admin", f"/tags/{made['id']}/members")
        assert [member["customer"]["id"] for member in members["items"]] == [framed.customer.pk]
        assert Job.objects.filter(kind="score", key__contains=":tags:").count() == 0

    def test_editing_the_rule_moves_the_members(self, framed: World) -> None:
        made = send(framed, "operations", "post", "/tags", plain())
        less = {"when": {"column": "annual_value", "op": "ge", "value": 100}, "exclude": None}
        assert send(framed, "operations", "put", f"/tags/{made['id']}", plain(rule=less))["members"] == 2

    def test_a_weight_scores_everybody_anew(self, framed: World) -> None:
        send(framed, "operations", "post", "/tags", plain(weight=8))
        assert Job.objects.filter(kind="score", key__contains=":tags:").count() == 1

    def test_a_sequence_that_no_frame_has_yet_waits_for_the_next_scoring(self, framed: World) -> None:
        made = send(framed, "operations", "post", "/tags", plain(rule=FOLLOWED))
        assert (made["members"], made["recorded_as_of"]) == (0, None)
        assert Job.objects.filter(kind="score", key__contains=":tags:").count() == 1

    def test_a_rule_over_the_score_is_refused_with_its_place(self, world: World) -> None:
        rule = {"when": {"all": [RICH["when"], {"column": "score", "op": "ge", "value": 50}]}, "exclude": None}
        refused = send(world, "admin", "post", "/tags", plain(rule=rule), status=422)
        assert [fault["where"] for fault in refused["faults"]] == ["when.all.1.column"]
        assert "errors." not in refused["message"]

    def test_a_predictive_tag_with_a_weight_is_refused_in_words(self, world: World) -> None:
        refused = send(world, "admin", "post", "/tags", plain(kind="predictive", weight=3), status=422)
        assert [fault["where"] for fault in refused["faults"]] == ["weight"]
        assert "0" in refused["faults"][0]["message"]

    def test_an_archived_tag_is_listed_apart_and_comes_back(self, world: World) -> None:
        assert send(world, "admin", "delete", "/tags/{tag}")["archived"]
        assert "loyal" not in {tag["code"] for tag in world.get("admin", "/tags")}
        assert "loyal" in {tag["code"] for tag in world.get("admin", "/tags", archived=True)}
        assert not send(world, "admin", "post", "/tags/{tag}/unarchive")["archived"]

    def test_a_disabled_tag_is_on_no_customer(self, world: World) -> None:
        send(world, "manager", "post", "/tags/{tag}/members", {"customer_ids": [world.customer.pk]})
        send(world, "admin", "post", "/tags/{tag}/enabled", {"enabled": False})
        assert world.get("manager", "/customers/{customer}")["tags"] == []


class TestMembers:
    """Who carries a tag."""

    def test_who_was_put_in_by_hand_is_a_chip_and_a_filter(self, world: World) -> None:
        assert send(world, "manager", "post", "/tags/{tag}/members", {"customer_ids": [world.customer.pk]})["changed"] == 1
        chip = {"code": "loyal", "name": "老客户", "colour": "blue"}
        assert world.get("manager", "/customers/{customer}")["tags"] == [chip]
        assert has_built_in(world)
        (row,) = world.get("admin", "/customers", scope="all", tag="loyal,high_value")["items"]
        assert row["tags"] == [chip]
        assert world.get("admin", "/tags/{tag}")["by_hand"] == 1

    def test_taking_out_and_in_again_is_an_undo(self, world: World) -> None:
        body = {"customer_ids": [world.customer.pk]}
        send(world, "manager", "post", "/tags/{tag}/members", body)
        assert send(world, "manager", "post", "/tags/{tag}/members/remove", body)["changed"] == 1
        assert send(world, "manager", "post", "/tags/{tag}/members", body)["changed"] == 1
        assert world.get("manager", "/tags/{tag}/members")["total"] == 1

    def test_another_teams_customer_is_not_put_in(self, world: World) -> None:
        assert send(world, "other_manager", "post", "/tags/{tag}/members", {"customer_ids": [world.customer.pk]})["changed"] == 0

    def test_members_show_who_put_them_in_and_since_when(self, world: World) -> None:
        send(world, "manager", "post", "/tags/{tag}/members", {"customer_ids": [world.customer.pk]})
        (member,) = world.get("supervisor", "/tags/{tag}/members")["items"]
        assert member["by_hand"]
        assert member["set_by"]["id"] == world.members["manager"].pk
        assert member["since"][:10] == NOW.date().isoformat()

    def test_the_other_team_sees_no_members_and_no_history(self, world: World) -> None:
        send(world, "manager", "post", "/tags/{tag}/members", {"customer_ids": [world.customer.pk]})
        assert world.get("other_manager", "/tags/{tag}/members")["items"] == []
        assert world.get("other_manager", "/tags/{tag}/history")["items"] == []

    def test_the_history_tells_who_came_and_went_newest_first(self, world: World) -> None:
        other = world.ids["unowned"]
        days = [NOW.replace(day=NOW.day - back) for back in (3, 2, 1)]
        for day, members in zip(days, [{world.customer.pk}, {world.customer.pk, other}, {other}], strict=True):
            tags_record(workspace=world.workspace, as_of=day, members={"loyal": members})
        stays = world.get("admin", "/tags/{tag}/history")["items"]
        assert [(stay["customer"]["id"], stay["until"] is None) for stay in stays] == [(world.customer.pk, False), (other, True)]
        first = world.get("admin", "/tags/{tag}/history", limit=1)
        second = world.get("admin", "/tags/{tag}/history", limit=1, cursor=first["next_cursor"])
        assert [page["items"][0]["id"] for page in (first, second)] == [stay["id"] for stay in stays]

    def test_an_unknown_tag_in_the_filter_is_refused(self, world: World) -> None:
        assert world.client("admin").get(world.url("/customers?tag=nobody")).status_code == 422

    def test_an_unknown_tag_does_not_exist(self, world: World) -> None:
        assert world.client("admin").get(world.url("/tags/999999")).status_code == 404


def has_built_in(world: World) -> bool:
    """The list makes the built-in tags; their codes may then be filtered by."""
    return "high_value" in {tag["code"] for tag in world.get("admin", "/tags")}
