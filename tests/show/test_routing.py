"""Routing, absences, hand-overs and the watch, as the browser sees them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from liuke.accounts.store.models import Absence, Membership
from liuke.act.store.models import Watch
from liuke.alert.store.models import AlertPush, Escalation
from liuke.facts.store.models import Customer
from tests.show.world import NOW, World

pytestmark = pytest.mark.django_db


def post(world: World, path: str, body: dict[str, Any], asker: str = "admin") -> Any:
    answer = world.client(asker).post(world.url(path), data=body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_preview_says_which_of_today_s_alerts_would_go_where(world: World) -> None:
    plan = {"routes": [{"levels": ["high"]}, {"levels": ["medium"], "tell": ["owner", "supervisors"]}, {}]}
    found = post(world, "/routing/preview", {"plan": plan})
    assert [row["alerts"] for row in found["rows"]] == [0, 1, 0]
    told = [person["id"] for person in found["rows"][1]["sample"][0]["told"]]
    assert told == [world.members["manager"].pk, world.members["supervisor"].pk]
    assert found["rows"][1]["channels"] == ["hook"]


def test_what_would_reach_nobody_is_counted(world: World) -> None:
    found = post(world, "/routing/preview", {"plan": {"routes": [{"tell": [f"team:{world.ids['team']}"]}]}})
    assert (found["total"], found["rows"][0]["nobody"]) == (1, 1)


def test_a_published_plan_is_read_back_with_who_and_when(world: World) -> None:
    before = world.get("admin", "/routing")
    assert (before["number"], before["published_by"]) == (0, None)
    plan = before["plan"] | {"team_digest": False}
    after = post(world, "/routing/publish", {"plan": plan, "based_on": 0, "note": "试行"})
    assert (after["number"], after["published_by"]["id"], after["plan"]["team_digest"]) == (1, world.members["admin"].pk, False)
    assert [version["note"] for version in world.get("operations", "/routing/versions")] == ["试行"]
    answer = world.client("admin").post(world.url("/routing/publish"), data={"plan": plan, "based_on": 0}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (409, "routing_changed")


def test_a_faulty_plan_comes_back_with_every_fault(world: World) -> None:
    body = {"plan": {"routes": [{"levels": ["huge"], "tell": []}, {"levels": ["high"]}]}}
    answer = world.client("admin").post(world.url("/routing/preview"), data=body, content_type="application/json")
    assert answer.status_code == 422
    assert len(answer.json()["faults"]) >= 3


def test_ALT_04_an_alert_shows_how_far_up_it_went_and_who_was_told(world: World) -> None:
    manager = world.members["manager"]
    Escalation.objects.create(
        workspace=world.workspace, alert=world.alert, level="medium", step=2, due_at=NOW, at=NOW - timedelta(hours=1), told=[manager.pk]
    )
    AlertPush.objects.create(workspace=world.workspace, alert=world.alert, recipient=manager, kind="own", at=NOW - timedelta(hours=2))
    assert world.get("manager", "/alerts/{alert}")["escalation_step"] == 2
    assert world.get("manager", "/alerts")["items"][0]["escalation_step"] == 2
    trail = world.get("manager", "/alerts/{alert}/trail")
    assert [step["told"][0]["id"] for step in trail["escalations"]] == [manager.pk]
    assert [push["kind"] for push in trail["pushes"]] == ["own"]


def test_a_deputy_sees_the_work_of_who_is_away_and_only_then(world: World) -> None:
    deputy = world.members["other_manager"]
    assert world.get("other_manager", "/alerts")["items"] == []
    today = NOW.date()
    Absence.objects.create(workspace=world.workspace, member=world.members["manager"], deputy=deputy, starts_on=today, ends_on=today)
    row = world.get("other_manager", "/alerts")["items"][0]
    assert (row["stands_in"], row["owner"]["id"]) == (True, world.members["manager"].pk)
    assert [item["id"] for item in world.get("other_manager", "/customers")["items"]] == [world.customer.pk]
    assert len(world.get("other_manager", "/work-items")["items"]) >= 1
    Absence.objects.update(ends_on=today - timedelta(days=1), starts_on=today - timedelta(days=3))
    assert world.get("other_manager", "/alerts")["items"] == []


def test_a_hand_over_is_previewed_done_watched_and_taken_back(world: World) -> None:
    manager, heir = world.members["manager"], world.members["other_manager"]
    body, owned = {"team_id": heir.team_id}, Customer.objects.filter(owner=manager).count()
    before = post(world, "/people/{manager}/handover/preview", body)
    assert (before["customers"], before["shares"][0]["person"]["id"]) == (owned, heir.pk)
    made = post(world, "/people/{manager}/handover", body)
    assert Customer.objects.get(pk=world.customer.pk).owner == heir
    watch = world.get("admin", "/watch?reason=handed_over")["items"][0]
    assert (watch["days_left"], watch["owner"]["id"]) == (90, heir.pk)
    assert manager.user.name in watch["reason_text"]
    assert post(world, f"/handovers/{made['id']}/undo", {})["changed"] == owned
    assert Customer.objects.get(pk=world.customer.pk).owner == manager
    assert world.get("admin", "/watch/counts")["handed_over"] == 0


def test_a_filter_that_nobody_matches_moves_nobody(world: World) -> None:
    body = {"owner_id": world.members["other_manager"].pk, "tiers": ["low"]}
    found = post(world, "/people/{manager}/handover/preview", body)
    assert (found["customers"], found["left"]) == (0, Customer.objects.filter(owner=world.members["manager"]).count())


def test_nobody_leaves_with_customers_in_hand(world: World) -> None:
    client, url = world.client("admin"), world.url("/people/{manager}")
    answer = client.patch(url, data={"is_active": False}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (409, "handover_first")
    assert Membership.objects.get(pk=world.ids["manager"]).is_active


def test_a_customer_s_own_people_are_masked_in_the_watch(world: World) -> None:
    Watch.objects.create(
        workspace=world.workspace, customer=world.customer, reason="one_contact", since=NOW, detail={"who": "王小明", "n": 7}
    )
    assert "王小明" in world.get("manager", "/watch")["items"][0]["reason_text"]
    assert "王小明" not in world.get("analyst", "/watch")["items"][0]["reason_text"]
