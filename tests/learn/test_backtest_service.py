"""Backtests on a workspace's own past (BEY-01): as of each day then, nothing from later, compared with what is live."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from liuke.accounts.domain.roles import Role
from liuke.base.errors import Forbidden, Invalid, NotFound
from liuke.facts.store.models import AttributeVersion, Customer
from liuke.jobs.domain.contract import Cancelled, PlainContext
from liuke.jobs.store.models import Job
from liuke.learn.domain.backtest import Case
from liuke.learn.domain.subject import subject_of
from liuke.learn.service.backtest import Question, Report, backtest
from liuke.learn.service.backtest_runs import backtest_cancel, backtest_run, backtest_start
from liuke.learn.store.models import BacktestRun
from liuke.rules.columns import Catalogue
from liuke.score.store.versions import version_config, version_live
from liuke.signals.service.columns import catalogue_of
from liuke.signals.service.editing import RuleText, draft_save, rule_create, rule_publish
from liuke.signals.store.models import Rule
from tests.factories import actor_of, make_member
from tests.learn.conftest import NOW, Past

pytestmark = pytest.mark.django_db
SILENT: dict[str, Any] = {"when": {"column": "order_since", "op": "ge", "value": 25}, "exclude": None}
EVERYBODY: dict[str, Any] = {"when": {"column": "order_since", "op": "ge", "value": 0}, "exclude": None}


def asked(past: Past, plain: Mapping[str, object], **question: Any) -> Report:
    """The report of a subject."""
    wanted = Question(subject_of(plain), **question)
    return backtest(workspace=past.workspace, warehouse=past.warehouse, question=wanted, progress=lambda _share, _day: None)


def about(rule: object) -> dict[str, object]:
    """A rule document as a subject."""
    return {"kind": "rule", "rule": rule}


def who(past: Past, cases: tuple[Case, ...]) -> list[str]:
    """The customers of cases, by key."""
    keys = dict(Customer.objects.filter(workspace=past.workspace).values_list("pk", "key"))
    return sorted({keys[case.customer_id] for case in cases})


def test_a_rule_of_silence_catches_who_fades_and_who_stops(past: Past) -> None:
    report = asked(past, about(SILENT))
    assert who(past, report.subject.caught) == ["fades", "stops"]
    assert report.subject.missed == ()
    assert report.live is None


def test_the_customer_who_stays_is_no_loss_and_flagging_everybody_makes_it_a_false_alarm(past: Past) -> None:
    report = asked(past, about(EVERYBODY))
    assert who(past, report.subject.false_alarms) == ["fades", "steady", "stops"]
    assert report.subject.figures.recall.value == 1.0
    assert (report.subject.figures.precision.value or 1) < 1


def test_the_lead_is_from_the_flag_to_the_day_that_counts_as_lost(past: Past) -> None:
    """`stops` ordered last 200 days before now and is lost 60 days later; it is first flagged on the first of a month between."""
    (case,) = [case for case in asked(past, about(SILENT)).subject.caught if case.customer_id == past.id_of("stops")]
    assert case.lead_days is not None
    assert 0 <= case.lead_days <= 60 - 25


def test_every_origin_is_mature_and_the_last_one_lies_a_horizon_before_now(past: Past) -> None:
    report = asked(past, about(SILENT))
    assert report.horizon_days == 60
    assert report.origins[-1] == date(2025, 12, 1)
    assert (NOW.date() - report.origins[-1]).days >= 60


def test_weeks_give_more_origins_than_months_and_dates_narrow_them(past: Past) -> None:
    narrowed = asked(past, about(SILENT), every="week", start=date(2025, 6, 2), end=date(2025, 6, 30))
    assert narrowed.origins == tuple(date(2025, 6, day) for day in (2, 9, 16, 23, 30))


LATER = 150
"""Days before now: what happens after it must not show at the origins before it."""


def until(past: Past, rule: object) -> Report:
    """A report whose outcomes end before `LATER`."""
    return asked(past, about(rule), end=date(2025, 7, 1), horizon_days=60)


@pytest.mark.parametrize(
    "rule",
    [
        SILENT,
        {"when": {"column": "score", "op": "ge", "value": 50}},
        {"when": {"column": "signal.SIG-20", "op": "is_true"}},
        {"when": {"column": "annual_value", "op": "lt", "value": 1500}},
        {"when": {"follow": {"first": ["order.placed"], "then": ["order.placed"], "within_days": 15, "happens": False, "last_days": 90}}},
    ],
)
def test_activities_after_the_outcomes_change_nothing(past: Past, rule: dict[str, Any]) -> None:
    before = until(past, rule)
    assert before.subject.figures.recall.n > 0
    past.write("later", [past.order(key, LATER - nth, 5_000) for key in ("fades", "stops", "steady", "new") for nth in range(0, 140, 3)])
    after = until(past, rule)
    assert replace(after, owners=before.owners) == before


def test_what_became_known_only_later_is_not_known_at_the_origins_before(past: Past) -> None:
    """`stops` orders every ten days, but from 260 days ago on its orders arrive 100 days late: then it looks silent."""
    plain = asked(past, about(SILENT), start=date(2025, 7, 1), end=date(2025, 8, 1))
    late = [past.order("late", 200 + 10 * nth, known_later=100.0 if nth < 10 else 0.0) for nth in range(30)]
    past.write("late", late, ("late",))
    found = asked(past, about(SILENT), start=date(2025, 7, 1), end=date(2025, 8, 1))
    assert "late" in who(past, found.subject.false_alarms) + who(past, found.subject.caught)
    assert "stops" not in who(past, plain.subject.false_alarms)


def test_a_published_rule_is_compared_with_its_live_version_in_the_same_run(past: Past) -> None:
    rule = _published(past, SILENT)
    report = asked(past, {"kind": "rule", "rule": EVERYBODY, "rule_id": rule.pk})
    assert report.live is not None
    assert report.live == asked(past, about(SILENT)).subject
    assert report.subject.figures.flagged > report.live.figures.flagged


def test_a_rule_that_never_was_live_is_said_to_have_nothing_to_compare_with(past: Past) -> None:
    catalogue = catalogue_of(past.workspace)
    rule = rule_create(actor=past.actor, workspace=past.workspace, text=_text(SILENT), catalogue=catalogue)
    report = asked(past, {"kind": "rule", "rule": SILENT, "rule_id": rule.pk})
    assert report.live is None
    assert "backtest.notes.never_live" in report.notes


def test_several_rules_flag_whom_any_of_them_matches(past: Past) -> None:
    first, second = _published(past, SILENT), _published(past, {"when": {"column": "order_amount_90", "op": "lt", "value": 1}})
    both = asked(past, {"kind": "rules", "rule_ids": [first.pk, second.pk]})
    assert both.live == both.subject
    assert both.subject.figures.flagged >= asked(past, about(SILENT)).subject.figures.flagged


def test_a_rule_being_edited_stands_against_the_one_that_is_live(past: Past) -> None:
    rule, catalogue = _published(past, SILENT), catalogue_of(past.workspace)
    draft_save(actor=past.actor, workspace=past.workspace, rule_id=rule.pk, text=_text(EVERYBODY), catalogue=catalogue, as_of=NOW)
    report = asked(past, {"kind": "rules", "rule_ids": [rule.pk]})
    assert report.live is not None
    assert report.subject.figures.flagged > report.live.figures.flagged


def test_a_lower_threshold_flags_no_fewer_than_a_higher_one(past: Past) -> None:
    low, high = (asked(past, {"kind": "threshold", "threshold": at}).subject for at in (30.0, 70.0))
    assert low.figures.flagged >= high.figures.flagged
    assert len(low.caught) >= len(high.caught)
    everybody = asked(past, {"kind": "threshold", "threshold": 0.0})
    assert everybody.subject.figures.recall.value == 1.0


def test_the_live_configuration_as_a_subject_is_exactly_the_live_version(past: Past) -> None:
    config = version_config(past.workspace, version_live(past.workspace)).to_plain()
    report = asked(past, {"kind": "score", "config": config})
    assert report.subject == report.live
    bands = config["bands"]
    assert isinstance(bands, dict)
    wider = asked(past, {"kind": "score", "config": config | {"bands": bands | {"early": 20}}})
    assert wider.live is not None
    assert wider.subject.figures.flagged >= wider.live.figures.flagged


def test_a_signal_is_tested_as_it_is_configured(past: Past) -> None:
    report = asked(past, {"kind": "signal", "signal": "SIG-08"})
    assert {"fades", "stops"} >= set(who(past, report.subject.caught))
    assert report.subject.figures.flagged > 0
    assert report.live is None


@pytest.mark.parametrize(
    "condition",
    [
        {"column": "order_amount_365_peers", "op": "lt", "value": 1},
        {"column": "order_amount_90_change", "op": "lt", "value": 0.8},
        {"column": "interaction_streak_3_8_400", "op": "ge", "value": 1},
        {"column": "tier", "op": "in", "value": ["low", "mid", "high"]},
        {"column": "rfm.r", "op": "le", "value": 5},
        {"column": "tags", "op": "present"},
        {"column": "signal.SIG-08", "op": "is_true"},
        {"column": "score", "op": "ge", "value": 0},
        {"column": "level", "op": "ne", "value": "normal"},
        {"column": "score_change_7d", "op": "missing"},
        {"column": "is_lost", "op": "is_false"},
        {"column": "last_order_at", "op": "older_than", "value": 20},
        {"column": "contract.ends_on", "op": "missing"},
        {"swing": {"kinds": ["order.placed"], "weeks": 13, "rise": 0.5, "drop": 0.5}},
    ],
)
def test_rules_over_every_stratum_can_be_looked_back_with(past: Past, condition: dict[str, Any]) -> None:
    found = asked(past, about({"when": condition})).subject
    assert found.figures.recall.n == len(found.caught) + len(found.missed) == 2
    assert found.figures.flagged == sum(one.hits for one in found.by_origin) + len(found.false_alarms)


def test_contracts_are_named_because_their_past_is_not_kept(past: Past) -> None:
    assert asked(past, about({"when": {"column": "contract.ends_on", "op": "missing"}})).without_history == ("contract.ends_on",)


def test_an_attribute_without_history_is_named_and_one_with_history_is_not(past: Past) -> None:
    rule = {"when": {"column": "attr.region", "op": "eq", "value": "east"}}
    AttributeVersion.objects.filter(customer__workspace=past.workspace).delete()
    assert asked(past, about(rule)).without_history == ("attr.region",)
    customer = Customer.objects.get(workspace=past.workspace, key="steady")
    AttributeVersion.objects.create(customer=customer, name="region", value="east", valid_from=NOW.replace(year=2020), valid_to=None)
    assert asked(past, about(rule)).without_history == ()
    assert asked(past, about(SILENT)).without_history == ()


def test_a_workspace_without_orders_is_told_so(past: Past) -> None:
    past.workspace.churn = {"kinds": ["login"], "days": 60}
    with pytest.raises(Invalid, match="backtest_no_history"):
        asked(past, about(SILENT))


def _started(past: Past, plain: Mapping[str, object]) -> BacktestRun:
    return backtest_start(actor=past.actor, workspace=past.workspace, question=Question(subject_of(plain)))


def test_the_job_keeps_the_report_once_and_tells_each_origin(past: Past) -> None:
    run = _started(past, about(SILENT))
    context = PlainContext(past.workspace.pk, {"run": run.pk})
    backtest_run(workspace=past.workspace, warehouse=past.warehouse, context=context)
    run.refresh_from_db()
    assert run.result is not None
    assert run.result["counts"] == {"caught": 2, "missed": 0, "false_alarms": len(run.result["false_alarms"])}
    assert {case["customer_id"] for case in run.result["caught"]} == {past.id_of("fades"), past.id_of("stops")}
    told = [step for step in context.steps if step[1] == "stages.backtest"]
    assert len(told) == run.result["origins"] == len(run.result["by_origin"])
    again = dict(run.result)
    backtest_run(workspace=past.workspace, warehouse=past.warehouse, context=context)
    run.refresh_from_db()
    assert run.result == again


def test_a_faulty_rule_is_refused_before_anything_is_kept(past: Past) -> None:
    with pytest.raises(Invalid, match="unknown_column"):
        _started(past, about({"when": {"column": "nix", "op": "missing"}}))
    assert not BacktestRun.objects.exists()
    assert not Job.objects.filter(kind="backtest").exists()


def test_a_cancelled_backtest_stops_between_origins_and_writes_nothing(past: Past) -> None:
    run = _started(past, about(SILENT))

    class Stopped(PlainContext):
        """Cancelled after two origins."""

        def check_cancelled(self) -> None:
            """Raises from the third on."""
            if len(self.steps) >= 2:
                raise Cancelled

    with pytest.raises(Cancelled):
        backtest_run(workspace=past.workspace, warehouse=past.warehouse, context=Stopped(past.workspace.pk, {"run": run.pk}))
    run.refresh_from_db()
    assert run.result is None


def test_cancelling_reaches_the_job_and_only_of_ones_own(past: Past) -> None:
    run = _started(past, about(SILENT))
    other = actor_of(make_member(past.workspace, Role.ANALYST))
    with pytest.raises(NotFound):
        backtest_cancel(actor=other, run_id=run.pk)
    cancelled = backtest_cancel(actor=past.actor, run_id=run.pk)
    assert cancelled.job is not None
    assert cancelled.job.status == Job.Status.CANCELLED


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SUPERVISOR, Role.IT])
def test_only_who_sees_all_customers_may_run_one(past: Past, role: Role) -> None:
    actor = actor_of(make_member(past.workspace, role))
    with pytest.raises(Forbidden, match="backtest_scope"):
        backtest_start(actor=actor, workspace=past.workspace, question=Question(subject_of(about(SILENT))))


def test_a_backtest_of_elsewhere_does_not_exist(past: Past) -> None:
    with pytest.raises(NotFound, match="backtest_gone"):
        backtest_run(workspace=past.workspace, warehouse=past.warehouse, context=PlainContext(past.workspace.pk, {"run": 0}))


def _text(document: Mapping[str, object]) -> RuleText:
    return RuleText(name="silent", about="", document=document, effects={"level": "early"}, note="")


def _published(past: Past, document: Mapping[str, object]) -> Rule:
    catalogue: Catalogue = catalogue_of(past.workspace)
    rule = rule_create(actor=past.actor, workspace=past.workspace, text=_text(document), catalogue=catalogue)
    return rule_publish(actor=past.actor, workspace=past.workspace, rule_id=rule.pk, catalogue=catalogue, as_of=NOW)
