"""待验证 by the API: what waits, in whose scope, what a word does and that it can be taken back."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from liuke.segments.service.members import members_by_hand
from liuke.segments.service.tags import tags_ensure
from liuke.signals.store.models import VerificationCase
from tests.show.world import NOW, World

pytestmark = pytest.mark.django_db


def post(world: World, asker: str, path: str, status: int = 200, **body: object) -> Any:
    """The JSON of a POST."""
    answer = world.client(asker).post(world.url(path), data=json.dumps(body), content_type="application/json")
    assert answer.status_code == status, answer.content
    return answer.json()


def decide(world: World, decision: str, asker: str = "manager", **more: object) -> Any:
    """A word on the world's case."""
    return post(world, asker, "/verification/decide", case_ids=[world.ids["case"]], decision=decision, **more)


def source_case(world: World) -> VerificationCase:
    """A silent source, a day later."""
    params = {"since": "2026-11-01T00:00:00+00:00", "days": 9.0, "usual": 1.0}
    at = {"opened_at": NOW - timedelta(days=1), "seen_at": NOW}
    return VerificationCase.objects.create(
        workspace=world.workspace, kind="source", about="erp", key="verification.source", params=params, **at
    )


def test_what_waits_comes_with_customer_score_and_a_sentence(world: World) -> None:
    answer = world.get("manager", "/verification")
    (case,) = answer["items"]
    assert case["customer"]["id"] == world.customer.pk
    assert (case["score"], case["level"], case["kind"]) == (82, "medium", "drop")
    assert "90%" in case["text"]
    assert answer["counts"]["drop"] == 1


def test_a_silent_source_is_shown_to_those_who_see_everybody(world: World) -> None:
    source_case(world)
    assert [case["kind"] for case in world.get("admin", "/verification")["items"]] == ["drop", "source"]
    assert [case["kind"] for case in world.get("manager", "/verification")["items"]] == ["drop"]
    assert "erp" in world.get("admin", "/verification", kind="source")["items"][0]["text"]


def test_the_other_team_sees_and_decides_nothing(world: World) -> None:
    assert world.get("other_manager", "/verification")["items"] == []
    assert decide(world, "wrong", "other_manager")["changed"] == 0


def test_a_word_takes_the_case_off_the_list_and_undo_brings_it_back(world: World) -> None:
    tags_ensure(world.workspace)
    assert decide(world, "confirmed", note="客户停产")["changed"] == 1
    assert world.get("manager", "/verification")["items"] == []
    (done,) = world.get("manager", "/verification", status="confirmed")["items"]
    assert (done["note"], done["decided_by"]["id"]) == ("客户停产", world.members["manager"].pk)
    assert members_by_hand(world.workspace) == {"confirmed_drop": {world.customer.pk}}
    assert post(world, "manager", "/verification/reopen", case_ids=[world.ids["case"]])["changed"] == 1
    assert len(world.get("manager", "/verification")["items"]) == 1
    assert members_by_hand(world.workspace) == {}


def test_later_is_listed_apart_until_its_day(world: World) -> None:
    decide(world, "later", until=(NOW + timedelta(days=3)).isoformat())
    assert world.get("manager", "/verification")["items"] == []
    (later,) = world.get("manager", "/verification", status="later")["items"]
    assert later["later_until"][:10] == (NOW + timedelta(days=3)).date().isoformat()
    assert world.get("manager", "/verification")["counts"]["drop"] == 0


def test_pages_go_on_by_cursor(world: World) -> None:
    source_case(world)
    first = world.get("admin", "/verification", limit=1)
    second = world.get("admin", "/verification", limit=1, cursor=first["next_cursor"])
    assert [page["items"][0]["kind"] for page in (first, second)] == ["drop", "source"]
    assert (first["total"], second["next_cursor"]) == (2, None)


@pytest.mark.parametrize("query", ["kind=odd", "status=odd"])
def test_an_unknown_filter_is_refused(world: World, query: str) -> None:
    assert world.client("admin").get(world.url(f"/verification?{query}")).status_code == 422


def test_a_decision_that_does_not_exist_is_refused(world: World) -> None:
    refused = post(world, "manager", "/verification/decide", status=422, case_ids=[world.ids["case"]], decision="maybe")
    assert refused["faults"]
