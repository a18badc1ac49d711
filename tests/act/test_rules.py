"""What rules write: items, titles and notices, each match once (RUL-01)."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from liuke.act import service as act
from liuke.act.store.models import Notice, WorkItem
from liuke.alert.domain.changes import ReviewKind
from liuke.alert.domain.scored import RuleMatch
from liuke.base.words import render
from liuke.facts.store.models import Customer
from liuke.score.domain.levels import Level
from liuke.signals.service.rules import hits_record
from liuke.signals.store.models import Rule, RuleHit, RuleVersion
from tests.alert.test_rules import ruled
from tests.alert.world import Company, at, scored

pytestmark = pytest.mark.django_db


def live(acme: Company, effects: Mapping[str, object], name: str = "沉默大客户") -> RuleVersion:
    rule = Rule.objects.create(workspace=acme.workspace, code=f"r{Rule.objects.count()}", name=name)
    return RuleVersion.objects.create(rule=rule, version=1, status="published", document={}, effects=effects)


def night(acme: Company, day: int, hits: Mapping[RuleVersion, list[str]], kind: ReviewKind = ReviewKind.NIGHTLY) -> None:
    """Record who matches and review, as a scoring does."""
    found = {version.pk: {acme.customers[name].pk for name in names} for version, names in hits.items()}
    hits_record(workspace=acme.workspace, as_of=at(day), hits=found)
    act.customers_review(workspace=acme.workspace, as_of=at(day), kind=kind, scored=[])


def items(acme: Company) -> list[tuple[str, str, str]]:
    names = {row.pk: name for name, row in acme.customers.items()}
    return [(names[row.customer_id], row.title, row.status) for row in WorkItem.objects.order_by("id")]


def test_a_rule_without_a_level_writes_an_item_once_per_match(acme: Company) -> None:
    rule = live(acme, {"work_item": True, "title": "电话回访"})
    night(acme, 0, {rule: ["wang1", "li1"]})
    night(acme, 0, {rule: ["wang1", "li1"]})
    night(acme, 1, {rule: ["wang1", "li1"]})
    assert sorted(items(acme)) == [("li1", "电话回访", "todo"), ("wang1", "电话回访", "todo")]
    assert WorkItem.objects.get(customer=acme.customers["wang1"]).owner == acme.wang


def test_an_untouched_item_goes_with_the_match_and_a_new_match_is_a_new_item(acme: Company) -> None:
    rule = live(acme, {"work_item": True})
    night(acme, 0, {rule: ["wang1"]})
    night(acme, 1, {rule: []})
    assert items(acme) == [("wang1", "沉默大客户", "cancelled")]
    night(acme, 2, {rule: ["wang1"]})
    assert items(acme)[1:] == [("wang1", "沉默大客户", "todo")]


def test_what_somebody_works_on_stays_when_the_match_ends(acme: Company) -> None:
    rule = live(acme, {"work_item": True})
    night(acme, 0, {rule: ["wang1"]})
    WorkItem.objects.update(status=WorkItem.Status.DOING)
    night(acme, 1, {rule: []})
    assert [status for _, _, status in items(acme)] == ["doing"]


@pytest.mark.parametrize("change", [{"status": "trial"}, {"effects": {"level": "high", "work_item": True}}, {"effects": {}}])
def test_trials_rules_with_a_level_and_silent_rules_write_no_item_of_their_own(acme: Company, change: dict[str, object]) -> None:
    rule = live(acme, {"work_item": True})
    RuleVersion.objects.update(**change)
    night(acme, 0, {rule: ["wang1"]})
    assert items(acme) == []


def test_a_disabled_rule_and_a_customer_who_is_gone_get_no_item(acme: Company) -> None:
    rule, off = live(acme, {"work_item": True}), live(acme, {"work_item": True}, "停用")
    Rule.objects.filter(pk=off.rule_id).update(enabled=False)
    Customer.objects.filter(pk=acme.customers["li1"].pk).update(status="lost")
    night(acme, 0, {rule: ["li1"], off: ["wang1"]})
    assert items(acme) == []


def test_the_item_of_an_alert_is_called_what_the_rule_calls_it(acme: Company) -> None:
    match = RuleMatch(7, "沉默大客户", Level.HIGH, work_item=True, title="回访沉默大客户")
    customer = ruled(scored(acme.customers["wang1"], 10), match)
    act.customers_review(workspace=acme.workspace, as_of=at(0), kind=ReviewKind.NIGHTLY, scored=[customer])
    assert items(acme) == [("wang1", "回访沉默大客户", "todo")]
    notice = Notice.objects.get(recipient=acme.wang)
    assert render(notice.key, notice.params, language="zh-CN", currency="CNY") == "回访沉默大客户：客户wang1，预计损失 ¥100"


def told(acme: Company) -> list[tuple[str, str]]:
    rows = Notice.objects.filter(key__startswith="notices.rule").order_by("id").select_related("recipient__user")
    return [(row.recipient.user.name, render(row.key, row.params, language="zh-CN", currency="CNY")) for row in rows]


def test_owners_hear_once_of_what_began_to_match(acme: Company) -> None:
    rule = live(acme, {"notify": True, "title": "请关注"})
    night(acme, 0, {rule: ["wang1", "wang2", "li1"]})
    night(acme, 0, {rule: ["wang1", "wang2", "li1"]})
    night(acme, 1, {rule: ["wang1", "wang2", "wang3"]})
    assert told(acme) == [("wang", "请关注：客户wang1 等 2 位客户"), ("li", "请关注：客户li1"), ("wang", "请关注：客户wang3")]


def test_on_days_off_nobody_is_told_and_on_monday_everything(acme: Company) -> None:
    rule = live(acme, {"notify": True})
    night(acme, 5, {rule: ["wang1"]})
    assert told(acme) == []
    night(acme, 7, {rule: ["wang1"]})
    assert told(acme) == [("wang", "沉默大客户：客户wang1")]


@pytest.mark.parametrize("kind", [ReviewKind.FIRST, ReviewKind.REPLAY])
def test_the_past_is_no_news(acme: Company, kind: ReviewKind) -> None:
    rule = live(acme, {"notify": True})
    night(acme, 0, {rule: ["wang1"]}, kind)
    night(acme, 1, {rule: ["wang1"]})
    assert told(acme) == []
    assert RuleHit.objects.get().told_at == at(0)


def test_whose_alert_is_pushed_in_the_same_review_is_not_told_twice(acme: Company) -> None:
    version = live(acme, {"notify": True, "level": "high"})
    customer = acme.customers["wang1"]
    hits_record(workspace=acme.workspace, as_of=at(0), hits={version.pk: {customer.pk}})
    match = RuleMatch(version.rule_id, "沉默大客户", Level.HIGH, notify=True)
    act.customers_review(workspace=acme.workspace, as_of=at(0), kind=ReviewKind.NIGHTLY, scored=[ruled(scored(customer, 10), match)])
    assert told(acme) == []
    assert list(Notice.objects.filter(recipient=acme.wang).values_list("key", flat=True)) == ["notices.alert_high"]
