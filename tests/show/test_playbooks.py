"""Playbooks by the API: counts of both arms, problems in words, why not, enrolling by hand, approvals (BEY-02, BEY-07)."""

from __future__ import annotations

from typing import Any

import pytest

from liuke.act.store.models import PlaybookApproval
from tests.show.world import World
from tests.show.world_playbooks import FLOW

pytestmark = pytest.mark.django_db
JSON = {"content_type": "application/json"}


def post(world: World, asker: str, path: str, body: dict[str, Any], status: int = 200) -> Any:
    answer = world.client(asker).post(world.url(path), body, **JSON)
    assert answer.status_code == status, answer.content
    return answer.json()


def test_BEY_02_both_arms_are_counted_of_the_customers_that_the_asker_sees(world: World) -> None:
    (found,) = world.get("manager", "/playbooks")
    assert (found["treated"]["entered"], found["treated"]["running"], found["holdout"]["entered"]) == (1, 1, 1)
    assert (found["live"]["number"], found["draft"]["number"]) == (1, 2)
    (other,) = world.get("other_manager", "/playbooks")
    assert (other["treated"]["entered"], other["holdout"]["entered"]) == (0, 0)


def test_problems_are_told_in_words_with_their_place(world: World) -> None:
    spec = {**FLOW, "nodes": [{"id": "call", "kind": "work_item", "params": {}, "next": {}}], "start": "call"}
    found = post(world, "analyst", "/playbooks/problems", {"spec": spec})["faults"]
    assert {"nodes.call.params.title", "nodes.call.next.done"} == {fault["where"] for fault in found}
    assert all(fault["message"] and not fault["message"].startswith("playbooks.") for fault in found)


def test_who_is_in_it_is_paged_by_arm_and_node(world: World) -> None:
    inside = world.get("manager", "/playbooks/{playbook}/enrolments", arm="treated", node="ask")
    assert [row["node_text"] for row in inside["items"]] == ["给优惠吗"]
    held = world.get("manager", "/playbooks/{playbook}/enrolments", arm="holdout")["items"]
    assert [row["end_text"] for row in held] == ["观察期结束"]
    counts = world.get("manager", "/playbooks/{playbook}/counts")
    assert counts == {"standing": {"ask": 1}, "left": {"call": 1}, "outlets": {"call": {"done": 1}}}


def test_a_customer_s_way_is_told_step_by_step(world: World) -> None:
    stays = world.get("manager", "/customers/{customer}/playbooks")
    assert [stay["enrolment"]["arm"] for stay in stays] == ["treated", "holdout"]
    assert "电话回访" in stays[0]["steps"][0]["text"]


def test_BEY_07_why_not_says_what_was_looked_at(world: World) -> None:
    found = world.get("manager", "/playbooks/{playbook}/why/{customer}")
    assert found["verdict"] == "entered"
    against = {check["name"] for check in found["checks"] if not check["ok"]}
    assert "already_in" in against
    assert all(not check["text"].startswith("playbooks.") for check in found["checks"])


def test_who_is_in_already_does_not_enter_twice_by_hand(world: World) -> None:
    found = post(world, "manager", "/playbooks/{playbook}/enrolments", {"customer_ids": [world.customer.pk]})
    assert (found["treated"], found["holdout"], [row["key"] for row in found["refused"]]) == (0, 0, ["already_in"])


def test_nobody_chosen_or_an_odd_filter_is_refused(world: World) -> None:
    assert post(world, "manager", "/playbooks/{playbook}/enrolments", {}, 422)["code"] == "playbook_enrol_nobody"
    odd = post(world, "manager", "/playbooks/{playbook}/enrolments", {"filter": "colour=red"}, 422)
    assert odd["code"] == "playbook_enrol_filter"


def test_an_approval_is_given_once_by_those_who_may_assign(world: World) -> None:
    assert [row["text"] for row in world.get("supervisor", "/playbooks/approvals")] == ["给优惠吗"]
    assert world.get("manager", "/playbooks/approvals") == []
    post(world, "supervisor", "/playbooks/approvals/{approval}", {"approved": True})
    assert PlaybookApproval.objects.get().approved is True
    again = post(world, "supervisor", "/playbooks/approvals/{approval}", {"approved": False}, 409)
    assert again["code"] == "approval_decided"


def test_a_ready_playbook_is_listed_with_the_copy_that_was_taken(world: World) -> None:
    made = post(world, "operations", "/playbooks/packs/recall/apply", {})
    (recall,) = (one for one in world.get("operations", "/playbooks/packs") if one["code"] == "recall")
    assert (recall["taken"], recall["kind"], made["live"]) == (made["id"], "recall", None)


def test_the_builder_is_offered_what_the_workspace_has(world: World) -> None:
    kinds = world.get("operations", "/playbooks/kinds")
    assert {"message", "work_item", "branch", "split", "approval"} <= {kind["name"] for kind in kinds["nodes"]}
    assert all(kinds["choices"][name] for name in ("tag", "channel", "member", "plan", "signals", "kinds"))
    assert any(template["body"] for template in kinds["templates"])
