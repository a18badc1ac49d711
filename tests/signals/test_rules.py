"""Rules in the product: written, tried, published, rolled back, switched off, put away; who matched when (RUL-02..04)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from liuke.accounts.store.models import AuditEntry
from liuke.base.errors import Conflict, Forbidden, Invalid, NotFound
from liuke.rules.columns import Catalogue, Column, ColumnType, Stratum
from liuke.signals.domain.active import ActiveRule
from liuke.signals.service import editing
from liuke.signals.service.editing import RuleText
from liuke.signals.service.rules import hits_record, rule_get, rules_active, version_draft, version_live
from liuke.signals.store.models import Rule, RuleHit, RuleVersion
from tests.alert.world import Company, at, company

pytestmark = pytest.mark.django_db

CATALOGUE: Catalogue = {
    column.name: column
    for column in (
        Column("order_amount_90", ColumnType.NUMBER, Stratum.METRIC, "money"),
        Column("score", ColumnType.NUMBER, Stratum.SCORE),
    )
}


def below(value: float, column: str = "order_amount_90") -> dict[str, object]:
    return {"when": {"all": [{"column": column, "op": "lt", "value": value}]}, "exclude": None}


def text(value: float = 500, **changes: Any) -> RuleText:
    return replace(RuleText("沉默大客户", "三个月买得少", below(value), {"level": "medium"}), **changes)


@pytest.fixture
def acme() -> Company:
    return company(simulated=True)


class Desk:
    """Somebody who edits rules of a workspace."""

    def __init__(self, acme: Company) -> None:
        self.acme, self.actor = acme, acme.actor(acme.admin)
        self.who: dict[str, Any] = {"actor": self.actor, "workspace": acme.workspace}

    def create(self, written: RuleText | None = None) -> Rule:
        return editing.rule_create(**self.who, text=written or text(), catalogue=CATALOGUE)

    def save(self, rule: Rule, written: RuleText) -> Rule:
        return editing.draft_save(**self.who, rule_id=rule.pk, text=written, catalogue=CATALOGUE, as_of=at(0))

    def publish(self, rule: Rule, day: int = 0) -> Rule:
        return editing.rule_publish(**self.who, rule_id=rule.pk, catalogue=CATALOGUE, as_of=at(day))

    def active(self) -> list[ActiveRule]:
        return rules_active(self.acme.workspace, CATALOGUE)

    def statuses(self, rule: Rule) -> dict[int, str]:
        return dict(RuleVersion.objects.filter(rule=rule).values_list("version", "status"))

    def record(self, day: int, hits: Mapping[int, set[str]], customers: set[str] | None = None) -> Any:
        ids = {name: row.pk for name, row in self.acme.customers.items()}
        found = {version: {ids[name] for name in names} for version, names in hits.items()}
        only = None if customers is None else {ids[name] for name in customers}
        return hits_record(workspace=self.acme.workspace, as_of=at(day), hits=found, customers=only)


@pytest.fixture
def desk(acme: Company) -> Desk:
    return Desk(acme)


# versions


def test_a_new_rule_is_a_draft_and_does_not_run(desk: Desk) -> None:
    rule = desk.create()
    assert (rule.name, desk.statuses(rule), desk.active()) == ("沉默大客户", {1: "draft"}, [])
    assert rule.code


def test_a_faulty_rule_is_not_kept_and_every_fault_is_told(desk: Desk) -> None:
    written = text(name=" ", document=below(500, "turnover"), effects={"level": "urgent"})
    with pytest.raises(Invalid) as fault:
        desk.create(written)
    assert {entry["at"] for entry in fault.value.params["faults"]} == {"name", "when.all.0.column", "effects.level"}
    assert not Rule.objects.exists()


def test_a_rule_over_the_score_gives_no_points(desk: Desk) -> None:
    with pytest.raises(Invalid) as fault:
        desk.create(text(document=below(50, "score"), effects={"points": 5}))
    assert [entry["at"] for entry in fault.value.params["faults"]] == ["effects.points"]


def test_RUL_03_draft_trial_publish_and_the_next_version_retires_it(desk: Desk) -> None:
    rule = desk.create()
    editing.rule_try(**desk.who, rule_id=rule.pk)
    assert [(one.trial, one.rule_id) for one in desk.active()] == [(True, rule.pk)]
    desk.publish(rule)
    assert [one.trial for one in desk.active()] == [False]
    desk.save(rule, text(300))
    assert desk.statuses(rule) == {1: "published", 2: "draft"}
    desk.publish(rule, 1)
    assert desk.statuses(rule) == {1: "retired", 2: "published"}
    live = RuleVersion.objects.get(rule=rule, status="published")
    assert (live.published_as_of, live.document["when"]["all"][0]["value"]) == (at(1), 300)


def test_saving_again_changes_the_one_draft(desk: Desk) -> None:
    rule = desk.create()
    saved = desk.save(rule, text(200, name="更名", note="改小"))
    draft = version_draft(saved.versions)  # type: ignore[attr-defined] - prefetched
    assert (saved.name, draft.version, draft.note, draft.document["when"]["all"][0]["value"]) == ("更名", 1, "改小", 200)
    assert RuleVersion.objects.count() == 1


def test_editing_a_version_on_trial_keeps_what_was_tried(desk: Desk) -> None:
    rule = desk.create()
    editing.rule_try(**desk.who, rule_id=rule.pk)
    desk.record(0, {RuleVersion.objects.get().pk: {"wang1"}})
    editing.draft_save(**desk.who, rule_id=rule.pk, text=text(100), catalogue=CATALOGUE, as_of=at(1))
    assert desk.statuses(rule) == {1: "retired", 2: "draft"}
    assert RuleHit.objects.get().until == at(1)


def test_a_draft_can_be_thrown_away_and_what_is_live_stays(desk: Desk) -> None:
    rule = desk.create()
    desk.publish(rule)
    desk.save(rule, text(100))
    found = editing.draft_discard(**desk.who, rule_id=rule.pk, as_of=at(0))
    assert (version_live(found.versions).version, version_draft(found.versions)) == (1, None)  # type: ignore[attr-defined] - prefetched


def test_RUL_04_rolling_back_is_a_new_version_with_the_old_words(desk: Desk) -> None:
    rule = desk.create()
    desk.publish(rule)
    desk.save(rule, text(300))
    desk.publish(rule)
    editing.version_restore(**desk.who, rule_id=rule.pk, version=1, as_of=at(1))
    desk.publish(rule)
    assert desk.statuses(rule) == {1: "retired", 2: "retired", 3: "published"}
    live = RuleVersion.objects.get(rule=rule, version=3)
    assert (live.document["when"]["all"][0]["value"], live.note) == (500, "v1")


def test_RUL_04_enabling_is_apart_from_versions(desk: Desk) -> None:
    rule = desk.create()
    desk.publish(rule)
    editing.rule_enable(**desk.who, rule_id=rule.pk, enabled=False)
    assert (desk.active(), desk.statuses(rule)) == ([], {1: "published"})
    editing.rule_enable(**desk.who, rule_id=rule.pk, enabled=True)
    assert len(desk.active()) == 1


def test_an_archived_rule_does_not_run_cannot_be_edited_and_comes_back(desk: Desk) -> None:
    rule = desk.create()
    desk.publish(rule)
    editing.rule_archive(**desk.who, rule_id=rule.pk, archived=True)
    assert desk.active() == []
    with pytest.raises(Conflict) as fault:
        desk.save(rule, text(1))
    assert fault.value.code == "rule_archived"
    editing.rule_archive(**desk.who, rule_id=rule.pk, archived=False)
    assert len(desk.active()) == 1


def test_two_people_who_edit_the_same_rule_do_not_overwrite_each_other(desk: Desk) -> None:
    rule = desk.create()
    seen = rule.updated_at
    desk.save(rule, text(300, seen=seen))
    with pytest.raises(Conflict) as fault:
        desk.save(rule, text(100, seen=seen))
    assert (fault.value.code, fault.value.params["by"]) == ("rule_changed", "admin")
    assert RuleVersion.objects.get().document["when"]["all"][0]["value"] == 300


@pytest.mark.parametrize("what", ["rule_try", "rule_publish", "version_restore"])
def test_what_is_not_there_is_told(desk: Desk, what: str) -> None:
    rule = desk.create()
    desk.publish(rule)
    asked: dict[str, dict[str, Any]] = {
        "rule_publish": {"catalogue": CATALOGUE, "as_of": at(0)}, "version_restore": {"version": 9, "as_of": at(0)}
    }  # fmt: skip
    with pytest.raises(NotFound):
        getattr(editing, what)(**desk.who, rule_id=rule.pk, **asked.get(what, {}))


def test_a_draft_that_asks_about_what_is_gone_is_not_published_and_a_live_one_does_not_run(desk: Desk) -> None:
    rule = desk.create()
    with pytest.raises(Invalid):
        editing.rule_publish(**desk.who, rule_id=rule.pk, catalogue={}, as_of=at(0))
    desk.publish(rule)
    assert rules_active(desk.acme.workspace, {}) == []
    assert len(desk.active()) == 1


@pytest.mark.parametrize("name", ["wang", "supervisor", "analyst", "it"])
def test_only_who_may_publish_edits_rules(acme: Company, desk: Desk, name: str) -> None:
    rule = desk.create()
    other = Desk(acme)
    other.who["actor"] = acme.actor(getattr(acme, name))
    for attempt in (other.create, lambda: other.save(rule, text(1)), lambda: other.publish(rule)):
        with pytest.raises(Forbidden):
            attempt()


def test_another_workspace_s_rule_does_not_exist(desk: Desk) -> None:
    rule = desk.create()
    stranger = Desk(company("other"))
    with pytest.raises(NotFound):
        stranger.publish(rule)
    with pytest.raises(NotFound):
        rule_get(workspace=stranger.acme.workspace, rule_id=rule.pk)


def test_who_changed_what_is_in_the_trail(desk: Desk) -> None:
    rule = desk.create()
    desk.publish(rule)
    editing.rule_enable(**desk.who, rule_id=rule.pk, enabled=False)
    trail = AuditEntry.objects.filter(object_type="rule", object_id=str(rule.pk)).order_by("id")
    assert list(trail.values_list("action", "actor_name")) == [
        ("rule_create", "admin"), ("rule_publish", "admin"), ("rule_enable", "admin")
    ]  # fmt: skip


def test_points_are_given_before_the_score_but_not_on_trial(desk: Desk) -> None:
    rule = desk.create(text(effects={"points": 7}))
    editing.rule_try(**desk.who, rule_id=rule.pk)
    assert [(one.before_score, one.effects.points) for one in desk.active()] == [(False, 7)]
    desk.publish(rule)
    assert [one.before_score for one in desk.active()] == [True]


# who matched when


def spans(desk: Desk) -> list[tuple[str, int, int | None]]:
    names = {row.pk: name for name, row in desk.acme.customers.items()}
    day = timedelta(days=1)
    rows = RuleHit.objects.order_by("since", "customer_id")
    return [(names[hit.customer_id], (hit.since - at(0)) // day, hit.until and (hit.until - at(0)) // day) for hit in rows]


@pytest.fixture
def live(desk: Desk) -> int:
    rule = desk.create()
    desk.publish(rule)
    return RuleVersion.objects.get().pk


def test_matches_are_kept_as_intervals(desk: Desk, live: int) -> None:
    changes = desk.record(0, {live: {"wang1", "li1"}})
    assert len(changes.entered[live]) == 2
    desk.record(1, {live: {"li1"}})
    desk.record(2, {live: {"li1", "wang1"}})
    assert spans(desk) == [("wang1", 0, 1), ("li1", 0, None), ("wang1", 2, None)]


def test_recording_twice_changes_nothing_and_another_answer_for_the_moment_replaces_it(desk: Desk, live: int) -> None:
    desk.record(0, {live: {"wang1"}})
    again = desk.record(0, {live: {"wang1"}})
    assert (again.entered, again.left) == ({}, {})
    desk.record(0, {live: {"li1"}})
    assert spans(desk) == [("li1", 0, None)]


def test_a_scoring_of_a_few_leaves_the_others(desk: Desk, live: int) -> None:
    desk.record(0, {live: {"wang1", "li1"}})
    desk.record(1, {live: set()}, {"wang1"})
    assert spans(desk) == [("wang1", 0, 1), ("li1", 0, None)]


def test_a_rule_that_runs_no_more_matches_nobody(desk: Desk, live: int) -> None:
    desk.record(0, {live: {"wang1"}})
    desk.record(1, {})
    assert spans(desk) == [("wang1", 0, 1)]


def test_who_matched_goes_on_with_the_next_version(desk: Desk, live: int) -> None:
    desk.record(0, {live: {"wang1", "li1"}})
    rule = Rule.objects.get()
    desk.save(rule, text(300))
    desk.publish(rule, 1)
    new = RuleVersion.objects.get(status="published").pk
    desk.record(1, {new: {"wang1"}})
    assert spans(desk) == [("wang1", 0, None), ("li1", 0, 1)]


def test_a_trial_s_log_ends_when_it_goes_live(desk: Desk) -> None:
    rule = desk.create()
    editing.rule_try(**desk.who, rule_id=rule.pk)
    version = RuleVersion.objects.get().pk
    desk.record(0, {version: {"wang1"}})
    desk.publish(rule, 1)
    assert desk.record(1, {version: {"wang1"}}).entered == {version: frozenset({desk.acme.customers["wang1"].pk})}
    assert spans(desk) == [("wang1", 0, 1), ("wang1", 1, None)]


def test_matches_of_customers_and_versions_that_are_gone_are_left_out(desk: Desk, live: int) -> None:
    gone = desk.acme.customers.pop("wang1")
    ids = {gone.pk, desk.acme.customers["li1"].pk}
    gone.delete()
    hits_record(workspace=desk.acme.workspace, as_of=at(0), hits={live: ids, live + 99: ids})
    assert spans(desk) == [("li1", 0, None)]
