"""Rules beside the score: the level of an alert, its reasons, its life, and whom its verdicts judge (RUL-01, BEY-03)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.alert import service as alert
from liuke.alert.domain.changes import AlertChanges, ReviewKind
from liuke.alert.domain.lifecycle import Action, AlertState, Occasion, decide
from liuke.alert.domain.scored import RuleMatch, ScoredCustomer, speaking
from liuke.alert.domain.silence import Mute, Past
from liuke.alert.store.models import Alert
from liuke.base.errors import Invalid
from liuke.score.domain.levels import Level
from tests.alert.world import Company, at, reason, scored

SILENT = RuleMatch(7, "沉默大客户", Level.HIGH, title="回访沉默大客户", work_item=True)
MILD = RuleMatch(8, "询价未下单", Level.EARLY)
NOTE = RuleMatch(9, "只通知", notify=True)


def ruled(customer: ScoredCustomer, *rules: RuleMatch) -> ScoredCustomer:
    return replace(customer, rules=rules)


def lines(customer: ScoredCustomer) -> list[str]:
    return [line["signal"] for line in json.loads(customer.alert_reasons())]


def review(acme: Company, day: int, *customers: ScoredCustomer) -> AlertChanges:
    return alert.alerts_review(workspace=acme.workspace, as_of=at(day), kind=ReviewKind.NIGHTLY, scored=customers)


# the level and the reasons


def test_RUL_01_the_alert_has_the_higher_level_of_score_and_rules() -> None:
    assert ruled(scored(1, 10), SILENT).alert_level is Level.HIGH
    assert ruled(scored(1, 95), MILD).alert_level is Level.HIGH
    assert ruled(scored(1, 10), NOTE).alert_level is Level.NORMAL


@given(st.floats(0, 100), st.lists(st.sampled_from(list(Level)), max_size=4))
def test_no_rule_ever_lowers_an_alert(score: float, levels: list[Level]) -> None:
    customer = ruled(scored(1, score), *(RuleMatch(number, "x", level) for number, level in enumerate(levels)))
    assert customer.alert_level.rank == max([customer.level.rank, *(level.rank for level in levels)])


def test_a_rule_that_lifts_the_alert_is_its_first_reason_and_points_still_add_up_to_the_score() -> None:
    customer = ruled(scored(1, 55, reasons=[reason(points=18)]), MILD, SILENT)
    assert lines(customer) == ["rule:7", "SIG-20", "rule:8"]
    assert sum(line["points"] for line in json.loads(customer.alert_reasons())) == 18


def test_a_rule_that_does_not_lift_stands_after_the_score_s_reasons_and_before_the_clipping() -> None:
    clip = {"signal": "clip", "family": "clip", "points": -5, "key": "reasons.clip", "params": {}}
    assert lines(ruled(scored(1, 95, reasons=[reason(), clip]), SILENT)) == ["SIG-20", "rule:7", "clip"]


def test_a_rule_whose_points_are_in_the_score_has_one_line() -> None:
    counted = {"signal": "rule:7", "family": "rule", "points": 12.0, "key": "reasons.rule", "params": {"name": "沉默大客户"}}
    customer = ruled(scored(1, 40, reasons=[reason(), counted]), SILENT)
    assert lines(customer) == ["rule:7", "SIG-20"]
    assert customer.points()[0] == ("rule:7", "rule:7", 12.0)


def test_the_fingerprint_changes_when_a_rule_begins_to_match() -> None:
    assert scored(1, 60).fingerprint() != ruled(scored(1, 60), SILENT).fingerprint()
    assert scored(1, 60).fingerprint() == ruled(scored(1, 60), NOTE).fingerprint()


def test_the_title_is_that_of_the_highest_rule_that_writes_something() -> None:
    assert ruled(scored(1, 10), MILD, SILENT).title == "回访沉默大客户"
    assert ruled(scored(1, 10), MILD).title == ""


# the life


def on(day: int) -> Occasion:
    return Occasion(at(day), "UTC")


def lived(days: list[tuple[float, tuple[RuleMatch, ...]]]) -> list[str]:
    state: AlertState | None = None
    told = []
    for day, (score, rules) in enumerate(days):
        decision = decide(state, None, ruled(scored(1, score), *rules), status="active", on=on(day))
        state = None if decision.action is Action.CLOSE else decision.state or state
        told.append(decision.action.value)
    return told


def test_a_rule_alone_raises_holds_and_lets_calm_for_three_days() -> None:
    days = [(10.0, (SILENT,)), (10.0, (SILENT,)), (10.0, ()), (10.0, ()), (10.0, ()), (10.0, ())]
    assert lived(days) == ["raise", "nothing", "update", "nothing", "nothing", "close"]


def test_a_rule_that_ends_lowers_the_alert_to_what_the_score_holds() -> None:
    days = [(55.0, (SILENT,)), (55.0, ()), (55.0, ()), (55.0, ()), (55.0, ())]
    assert lived(days)[-1] == "lower"


def test_a_rule_lifts_an_open_alert_and_is_remembered_as_what_lifted_it() -> None:
    opened = decide(None, None, scored(1, 55), status="active", on=on(0)).state
    assert opened is not None
    assert opened.raised_by == ()
    lifted = decide(opened, None, ruled(scored(1, 55), SILENT), status="active", on=on(1))
    assert lifted.action is Action.ESCALATE
    assert lifted.state is not None
    assert (lifted.state.level, lifted.state.raised_by) == (Level.HIGH, (7,))


def test_a_score_that_reaches_the_level_by_itself_raised_the_alert_not_the_rule() -> None:
    state = decide(None, None, ruled(scored(1, 95), SILENT), status="active", on=on(0)).state
    assert state is not None
    assert state.raised_by == ()


@pytest.mark.parametrize("status", ["lost", "paused", "closed"])
def test_a_customer_with_an_outcome_is_not_alerted_by_rules_either(status: str) -> None:
    assert decide(None, None, ruled(scored(1, 10), SILENT), status=status, on=on(0)).action is Action.NOTHING


def test_the_repeat_interval_holds_for_rules_by_the_level_of_the_alert() -> None:
    handled = Past(Level.MEDIUM, at(0), "handled")
    assert decide(None, handled, ruled(scored(1, 10), MILD), status="active", on=on(3)).action is Action.NOTHING
    assert decide(None, handled, ruled(scored(1, 10), SILENT), status="active", on=on(3)).action is Action.RAISE


def test_BEY_03_a_known_rule_is_silent_and_another_rule_speaks() -> None:
    known = Past(Level.HIGH, at(0), "known", (Mute("rule:7", at(30), 0, 10, frozenset({"rule:7", "consumption"})),))
    assert decide(None, known, ruled(scored(1, 10), SILENT), status="active", on=on(3)).action is Action.NOTHING
    assert decide(None, known, ruled(scored(1, 10), SILENT, MILD), status="active", on=on(3)).action is Action.RAISE


def test_what_speaks_for_an_alert_is_what_raises_the_score_and_rules() -> None:
    soothing, clip = reason("growth", -4), {**reason(), "signal": "clip", "points": 3}
    told = speaking([reason(), soothing, clip, {**reason(), "signal": "rule:7", "family": "rule", "points": 0}])
    assert told == [("SIG-20", "consumption", 18.0), ("rule:7", "rule:7", 0.0)]


# in the database


@pytest.mark.django_db
def test_an_alert_raised_by_a_rule_keeps_its_reasons_and_who_raised_it(acme: Company) -> None:
    customer = acme.customers["wang1"]
    changes = review(acme, 0, ruled(scored(customer, 10), SILENT))
    row = Alert.objects.get(customer=customer)
    assert (row.level, row.raised_by, row.reasons[0]["signal"]) == ("high", [7], "rule:7")
    assert [ref.title for ref in changes.raised] == ["回访沉默大客户"]
    assert review(acme, 0, ruled(scored(customer, 10), SILENT)).is_empty


@pytest.mark.django_db
def test_an_alert_of_the_score_is_nobody_s_rule(acme: Company) -> None:
    review(acme, 0, scored(acme.customers["wang1"], 95))
    assert Alert.objects.get().raised_by == []


def judge(acme: Company, name: str, verdict: str, **asked: str) -> None:
    row = Alert.objects.get(customer=acme.customers[name])
    alert.alert_verdict(actor=acme.actor(acme.wang), alert_id=row.pk, verdict=verdict, **asked)


@pytest.mark.django_db
def test_RUL_01_verdicts_count_for_the_rules_that_raised_the_alert(acme: Company) -> None:
    people = {name: acme.customers[name] for name in ("wang1", "wang2", "wang3")}
    both = RuleMatch(11, "另一条", Level.HIGH)
    review(
        acme, 0, ruled(scored(people["wang1"], 10), SILENT, both), ruled(scored(people["wang2"], 10), SILENT), scored(people["wang3"], 95)
    )
    judge(acme, "wang1", "valid")
    judge(acme, "wang2", "false_alarm", reason="seasonal")
    judge(acme, "wang3", "false_alarm", reason="seasonal")
    span = {"since": at(-1), "until": at(0) + timedelta(seconds=1)}
    found = alert.rule_precision(actor=acme.actor(acme.admin), **span)
    assert {rule: (line.valid, line.false_alarm, line.precision) for rule, line in found.items()} == {7: (1, 1, 0.5), 11: (1, 0, 1.0)}
    assert alert.rule_precision(actor=acme.actor(acme.outsider), **span) == {}


@pytest.mark.django_db
def test_a_verdict_taken_back_counts_for_no_rule(acme: Company) -> None:
    review(acme, 0, ruled(scored(acme.customers["wang1"], 10), SILENT))
    judge(acme, "wang1", "valid")
    alert.verdict_undo(actor=acme.actor(acme.wang), alert_id=Alert.objects.get().pk)
    assert alert.rule_precision(actor=acme.actor(acme.admin), since=at(-1), until=at(1)) == {}


@pytest.mark.django_db
def test_a_verdict_may_name_the_rule_and_no_reason_that_is_not_there(acme: Company) -> None:
    review(acme, 0, ruled(scored(acme.customers["wang1"], 10), SILENT))
    row = Alert.objects.get()
    with pytest.raises(Invalid):
        alert.alert_verdict(actor=acme.actor(acme.wang), alert_id=row.pk, verdict="valid", signal="rule:8")
    effect = alert.alert_verdict(actor=acme.actor(acme.wang), alert_id=row.pk, verdict="known", signal="rule:7", until=at(20))
    assert effect.closed
    row.refresh_from_db()
    assert row.muted[0]["signal"] == "rule:7"
    assert review(acme, 1, ruled(scored(acme.customers["wang1"], 10), SILENT)).raised == ()
