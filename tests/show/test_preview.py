"""SCR-04: what a draft would change, on the customers of the last scoring, before anything is published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from liuke.base.errors import Conflict, Forbidden, Invalid
from liuke.score.store.models import ScoreRun, ScoreVersion
from liuke.show.api.schemas.insight import ScorePreviewOut
from liuke.show.queries import scoring
from liuke.show.queries.reader import Reader
from liuke.show.service import cards_refresh
from liuke.show.store.models import CustomerCard
from tests.factories import actor_of, make_customer
from tests.show.world import NOW, World, activities_write, activity

pytestmark = pytest.mark.django_db
SHOPPERS = 8
DAY = timedelta(days=1)
BOLD: Mapping[str, Any] = {"base": 75}
"""Everybody more dangerous."""


@pytest.fixture
def shoppers(world: World) -> World:
    """Eight customers: number n bought every ten days until n × 12 days ago; the last is followed by an order after the clock."""
    made = [make_customer(world.workspace, name=f"买家{number}") for number in range(SHOPPERS)]
    cards_refresh(workspace=world.workspace, customer_ids=[customer.pk for customer in made])
    rows = [
        activity(customer.pk, 1_000 * number + turn, NOW - (number * 12 + turn * 10 + 1) * DAY, "order.placed", 500.0)
        for number, customer in enumerate(made, 1)
        for turn in range(15)
    ]
    rows.append(activity(made[-1].pk, 99_999, NOW + DAY, "order.placed", 500.0))
    activities_write(world.warehouse, world.workspace, rows, "shoppers")
    return world


def reader(world: World, asker: str = "operations") -> Reader:
    """The one who tunes the score."""
    return Reader(actor_of(world.members[asker]), world.members[asker].workspace, NOW, "zh-CN")


def preview(world: World, config: Mapping[str, Any]) -> ScorePreviewOut:
    """What the draft would change."""
    return scoring.preview(reader=reader(world), config=config)


def test_a_draft_like_the_live_version_changes_nothing(shoppers: World) -> None:
    found = preview(shoppers, {})
    assert found.customers >= SHOPPERS
    assert (found.changed, found.moves, found.sample, found.is_sample) == (0, [], [], False)
    assert found.levels_before == found.levels_after


def test_SCR_04_moves_levels_sample_and_histogram_add_up(shoppers: World) -> None:
    found = preview(shoppers, BOLD)
    assert found.changed > 0
    assert sum(move.count for move in found.moves) == found.changed
    assert sum(found.levels_before.values()) == sum(found.levels_after.values()) == found.customers
    assert sum(bin_.count for bin_ in found.histogram_after) == found.customers
    for level, count in found.levels_after.items():
        came = sum(move.count for move in found.moves if move.after == level)
        left = sum(move.count for move in found.moves if move.before == level)
        assert found.levels_before[level] + came - left == count
    assert all(move.before != move.after for move in found.moves)


def test_the_sample_names_those_who_move_with_both_scores_the_furthest_first(shoppers: World) -> None:
    found = preview(shoppers, BOLD)
    assert len(found.sample) == found.changed
    assert Counter((row.level_before, row.level_after) for row in found.sample) == {(m.before, m.after): m.count for m in found.moves}
    ways = [abs(row.after - row.before) for row in found.sample]
    assert ways == sorted(ways, reverse=True)
    assert all(row.after > row.before for row in found.sample)
    names = dict(CustomerCard.objects.values_list("customer_id", "name"))
    assert all(names[row.customer.id] == row.customer.name for row in found.sample)


def test_a_large_workspace_is_previewed_on_every_nth_customer_and_says_so(shoppers: World, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = preview(shoppers, BOLD)
    monkeypatch.setattr(scoring, "SAMPLE", CustomerCard.objects.filter(workspace=shoppers.workspace).count() - 1)
    half = preview(shoppers, BOLD)
    assert (whole.is_sample, half.is_sample) == (False, True)
    assert 0 < half.customers < whole.customers
    assert half.sample
    assert all(row.customer.id % 2 == 0 for row in half.sample)
    assert sum(move.count for move in half.moves) == half.changed


def test_a_preview_changes_nothing_that_is_kept(shoppers: World) -> None:
    before = list(CustomerCard.objects.order_by("pk").values()), list(ScoreVersion.objects.order_by("pk").values())
    preview(shoppers, BOLD)
    assert (list(CustomerCard.objects.order_by("pk").values()), list(ScoreVersion.objects.order_by("pk").values())) == before


def test_the_past_of_the_preview_ends_at_the_last_scoring_up_to_the_clock(shoppers: World) -> None:
    """A run after the clock, as a clock set back leaves behind, would count an order that is still to come."""
    before = preview(shoppers, BOLD)
    late = NOW + 2 * DAY
    live = ScoreVersion.objects.get(workspace=shoppers.workspace, status="published")
    ScoreRun.objects.create(workspace=shoppers.workspace, as_of=late, version=live, kind="nightly", started_at=late, finished_at=late)
    assert preview(shoppers, BOLD) == before


def test_before_the_first_scoring_there_is_nothing_to_compare(world: World) -> None:
    ScoreRun.objects.filter(workspace=world.workspace).update(finished_at=None)
    with pytest.raises(Conflict, match="not_scored_yet"):
        preview(world, BOLD)


@pytest.mark.parametrize("asker", ["manager", "supervisor", "it"])
def test_only_who_may_publish_previews(world: World, asker: str) -> None:
    with pytest.raises(Forbidden):
        scoring.preview(reader=reader(world, asker), config={})


FAULTY: Mapping[str, Any] = {
    "base": 500,
    "bands": {"early": 80, "medium": 40},
    "signals": {"SIG-20": {"points": -5, "enabled": "yes"}, "SIG-NONE": {}},
    "tiers": [],
    "colour": "red",
}
PLACES = {"base", "bands", "signals.SIG-20.points", "signals.SIG-20.enabled", "signals.SIG-NONE", "tiers", "colour"}


@pytest.mark.parametrize(("language", "base", "rising"), [
    ("zh-CN", "base:500 不在允许范围 0–100 内", "须满足"),
    ("en", "500", "early < medium < high"),
])  # fmt: skip
def test_all_faults_of_a_draft_are_told_at_once_in_the_language_of_the_reader(world: World, language: str, base: str, rising: str) -> None:
    user = world.members["operations"].user
    user.language = language
    user.save()
    answer = world.client("operations").post(
        world.url("/scoring/preview"), data={"config": FAULTY}, content_type="application/json", headers={"accept-language": "de"}
    )
    told = answer.json()
    faults = {fault["where"]: fault["message"] for fault in told["faults"]}
    assert (answer.status_code, told["code"]) == (422, "score_config")
    assert set(faults) == PLACES
    assert base in faults["base"]
    assert rising in faults["bands"]
    is_chinese = [any("\u4e00" <= sign <= "\u9fff" for sign in message) for message in [*faults.values(), told["message"]]]
    assert set(is_chinese) == {language == "zh-CN"}


def test_the_first_fault_does_not_hide_the_last(world: World) -> None:
    with pytest.raises(Invalid, match="score_config") as caught:
        preview(world, FAULTY)
    faults: Any = caught.value.params["faults"]
    assert {fault["at"] for fault in faults} == PLACES
