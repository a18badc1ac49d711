"""Profiles, seasons and people's adjustments in a real scoring, and what moved a score between two of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from liuke.accounts.store.models import AuditEntry
from liuke.alert.domain.changes import ReviewKind
from liuke.alert.store.models import Alert
from liuke.base.errors import Conflict, Forbidden, Invalid, NotFound
from liuke.facts.store.models import Customer
from liuke.pipeline.scoring import workspace_score
from liuke.score.store.models import ScoreOverride, ScoreVersion
from liuke.score.store.overrides import override_end, override_set, overrides_at, overrides_of
from liuke.score.store.versions import draft_publish, draft_save
from liuke.show.api.schemas.scoring import ScoreChangeOut
from liuke.show.queries.kept import forget
from liuke.show.queries.reader import Reader
from liuke.show.queries.score_change import score_change_out
from liuke.show.store.models import CustomerCard
from liuke.signals.service.columns import catalogue_of
from liuke.warehouse.scores import scores_at
from tests.factories import make_actor
from tests.pipeline.conftest import OPENS, Shop

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
BIG = {"when": {"column": "annual_value", "op": "ge", "value": 40_000}, "exclude": None}
"""`fading` buys for 2,000 a time."""


def score(shop: Shop, at: datetime = OPENS) -> dict[str, dict[str, Any]]:
    """Score everybody; the rows by customer key."""
    workspace_score(workspace=shop.workspace, warehouse=shop.warehouse, as_of=at, kind=ReviewKind.NIGHTLY)
    keys = dict(Customer.objects.filter(workspace=shop.workspace).values_list("pk", "key"))
    rows = scores_at(shop.warehouse, shop.workspace.pk, as_of=at).to_pylist()
    return {keys[row["customer_id"]]: row | {"reasons": json.loads(row["reasons"])} for row in rows}


def publish(shop: Shop, at: datetime, **config: object) -> ScoreVersion:
    """A new live configuration from `at` on."""
    actor = make_actor(shop.workspace)
    draft_save(actor=actor, workspace=shop.workspace, config=config)
    return draft_publish(actor=actor, workspace=shop.workspace, now=at, as_of=at)


def adjust(shop: Shop, customer: str, *, fixed: bool, value: float, until: datetime, now: datetime = OPENS - DAY) -> ScoreOverride:
    """A person's word on a customer's score."""
    found = Customer.objects.get(workspace=shop.workspace, key=customer)
    actor = make_actor(shop.workspace)
    return override_set(
        actor=actor, workspace=shop.workspace, customer=found, fixed=fixed, value=value, reason="刚签了新合同", until=until, now=now
    )


def adds_up(row: Mapping[str, Any]) -> bool:
    """Base and all lines are the score."""
    return abs(row["base"] + sum(line["points"] for line in row["reasons"]) - row["score"]) < 1e-9


def test_SCR_03_a_profile_gives_its_customers_their_own_base_bands_and_points(shop: Shop) -> None:
    before = score(shop)
    profile = {"name": "大客户", "when": BIG, "base": 0, "bands": {"early": 5, "medium": 6, "high": 7}}
    publish(shop, OPENS, profiles=[profile])
    after = score(shop)
    assert (after["fading"]["base"], after["fading"]["level"]) == (0, "high")
    assert after["steady"] == before["steady"] | {"version": after["steady"]["version"]}
    assert all(adds_up(row) for row in after.values())


def test_SCR_03_an_alert_is_held_by_the_bands_of_its_customers_profile(shop: Shop) -> None:
    publish(shop, OPENS, profiles=[{"name": "大客户", "when": BIG, "base": 0, "bands": {"early": 5, "medium": 6, "high": 7}}])
    score(shop)
    for days in range(1, 6):
        score(shop, OPENS + days * DAY)
    assert Alert.objects.get(customer__key="fading").status != Alert.Status.CLOSED


def test_SCR_04_a_profile_over_an_unknown_column_or_over_the_score_is_refused_with_its_place(shop: Shop) -> None:
    actor = make_actor(shop.workspace)
    profiles = [
        {"name": "a", "when": {"when": {"column": "no_such", "op": "ge", "value": 1}}},
        {"name": "b", "when": {"when": {"column": "score", "op": "ge", "value": 1}}},
    ]
    with pytest.raises(Invalid) as caught:
        draft_save(actor=actor, workspace=shop.workspace, config={"profiles": profiles})
    faults: Any = caught.value.params["faults"]
    assert [fault["at"] for fault in faults] == ["profiles.0.when.when.column", "profiles.1.when.when.column"]


def test_SCR_06_a_season_multiplies_the_points_on_its_days_only(shop: Shop) -> None:
    plain = score(shop)["fading"]["score"]
    season = {"name": "淡季", "from": "03-02", "to": "03-02", "multipliers": {"consumption": 0, "interaction": 0}}
    publish(shop, OPENS, seasons=[season])
    assert score(shop)["fading"]["score"] < plain
    assert score(shop, OPENS + DAY)["fading"]["score"] >= plain


def test_an_adjusted_score_shows_as_the_first_reason_adds_up_and_ends_by_itself(shop: Shop) -> None:
    plain = score(shop)["fading"]
    adjust(shop, "fading", fixed=True, value=10, until=OPENS + DAY)
    adjusted = score(shop)["fading"]
    assert (adjusted["score"], adjusted["level"], adjusted["reasons"][0]["signal"]) == (10, "normal", "override")
    assert adjusted["reasons"][0]["points"] == 10 - plain["score"]
    assert adds_up(adjusted)
    assert CustomerCard.objects.get(key="fading").reasons[0]["signal"] == "override"
    assert score(shop, OPENS + DAY)["fading"]["score"] >= 50


def test_another_adjustment_takes_the_place_of_the_first_and_all_is_audited(shop: Shop) -> None:
    adjust(shop, "fading", fixed=False, value=-10, until=OPENS + WEEK)
    adjust(shop, "fading", fixed=False, value=-20, until=OPENS + WEEK, now=OPENS)
    customer = Customer.objects.get(workspace=shop.workspace, key="fading")
    assert overrides_at(shop.workspace, OPENS - DAY)[customer.pk].value == -10
    assert overrides_at(shop.workspace, OPENS)[customer.pk].value == -20
    assert [row.value for row in overrides_of(customer)] == [-20, -10]
    assert AuditEntry.objects.filter(action="score_override_set", object_id=str(customer.pk)).count() == 2


def test_an_adjustment_can_be_ended_once(shop: Shop) -> None:
    made = adjust(shop, "fading", fixed=False, value=-10, until=OPENS + WEEK)
    actor = make_actor(shop.workspace)
    override_end(actor=actor, workspace=shop.workspace, override_id=made.pk, now=OPENS)
    assert overrides_at(shop.workspace, OPENS) == {}
    with pytest.raises(Conflict, match="score_override_gone"):
        override_end(actor=actor, workspace=shop.workspace, override_id=made.pk, now=OPENS)


def test_a_faulty_adjustment_is_refused_with_every_fault_and_by_who_may_not_publish(shop: Shop) -> None:
    customer = Customer.objects.get(workspace=shop.workspace, key="fading")
    wrong: dict[str, Any] = {"customer": customer, "fixed": True, "value": 120, "reason": " ", "until": OPENS - DAY, "now": OPENS}
    with pytest.raises(Invalid) as caught:
        override_set(actor=make_actor(shop.workspace), workspace=shop.workspace, **wrong)
    faults: Any = caught.value.params["faults"]
    assert {fault["at"] for fault in faults} == {"value", "reason", "until"}
    with pytest.raises(Forbidden):
        override_set(actor=make_actor(shop.workspace, "manager"), workspace=shop.workspace, **wrong)  # type: ignore[arg-type]


@pytest.fixture
def reader(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Reader:
    """Somebody who may see everything, over the shop's warehouse, two weeks later."""
    forget()
    for place in ("warehouse", "score_change"):
        monkeypatch.setattr(f"liuke.show.queries.{place}.warehouse", lambda: shop.warehouse)
    return Reader(make_actor(shop.workspace), shop.workspace, OPENS + 2 * WEEK, "zh-CN")


def change_of(reader: Reader, customer: str, start: datetime = OPENS, end: datetime = OPENS + WEEK) -> ScoreChangeOut:
    """The split of a customer's change."""
    found = Customer.objects.get(workspace=reader.workspace, key=customer)
    return score_change_out(reader=reader, customer_id=found.pk, start=start, end=end)


def parts(change: ScoreChangeOut) -> dict[str, float]:
    """Points by cause; they must add up."""
    found = {str(part.key): part.points for part in change.parts}
    assert sum(found.values()) == pytest.approx(change.after - change.before, abs=1e-9)
    return found


def test_BEY_05_another_base_is_configuration_and_nothing_else(shop: Shop, reader: Reader) -> None:
    score(shop)
    publish(shop, OPENS + DAY, base=38)
    score(shop, OPENS + WEEK)
    change = change_of(reader, "steady")
    assert (change.version_before, change.version_after) == (1, 2)
    assert parts(change)["version"] == 0
    assert ("configuration", "base", 28, 38) in [(line.part, line.code, line.before, line.after) for line in change.lines]


def test_BEY_05_the_same_settings_and_an_order_more_or_less_are_behaviour(shop: Shop, reader: Reader) -> None:
    score(shop)
    score(shop, OPENS + WEEK)
    found = parts(change_of(reader, "fading"))
    assert (found["configuration"], found["version"]) == (0, 0)


def test_BEY_05_a_season_that_begins_in_between_is_configuration(shop: Shop, reader: Reader) -> None:
    season = {"name": "淡季", "from": "03-09", "to": "03-09", "multipliers": {"consumption": 0, "interaction": 0}}
    publish(shop, OPENS - DAY, seasons=[season])
    score(shop)
    score(shop, OPENS + WEEK)
    found = parts(change_of(reader, "fading"))
    assert found["configuration"] < 0
    assert found["version"] == 0


def test_BEY_05_a_persons_adjustment_is_configuration(shop: Shop, reader: Reader) -> None:
    score(shop)
    adjust(shop, "fading", fixed=True, value=10, until=OPENS + 3 * WEEK, now=OPENS + DAY)
    score(shop, OPENS + WEEK)
    change = change_of(reader, "fading")
    assert parts(change)["configuration"] < 0
    assert "override" in [line.code for line in change.lines]


def test_a_change_needs_two_scorings_in_order(shop: Shop, reader: Reader) -> None:
    score(shop)
    with pytest.raises(Invalid, match="score_dates"):
        change_of(reader, "fading", OPENS, OPENS)
    with pytest.raises(NotFound, match="score_not_at"):
        change_of(reader, "fading", OPENS - WEEK, OPENS)


def test_SCR_08_who_is_off_the_own_baseline_is_a_column_that_a_rule_can_notify_by(shop: Shop) -> None:
    score(shop)
    found = shop.warehouse.query(shop.workspace.pk, "SELECT customer_id, off_baseline, under_usual FROM frame").to_pylist()
    keys = dict(Customer.objects.filter(workspace=shop.workspace).values_list("pk", "key"))
    told = {keys[row["customer_id"]]: (row["off_baseline"], row["under_usual"]) for row in found}
    assert told["fading"] == (True, 1.0)
    assert told["steady"][0] is False
    assert {"off_baseline", "under_usual"} <= set(catalogue_of(shop.workspace))
