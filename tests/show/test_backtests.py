"""Backtests as readers get them: figures for all who see customers, names only of their own (BEY-01)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from liuke.base.times import utc_now
from liuke.jobs.store.models import Job
from liuke.learn.store.models import BacktestRun
from tests.show.world import World

pytestmark = pytest.mark.django_db
ESTIMATE = {"value": 0.5, "low": 0.4, "high": 0.6, "n": 10}
FIGURES = {
    **dict.fromkeys(("base_rate", "precision", "recall", "lift", "lead_days"), ESTIMATE),
    "alerts_per_week": 1.5, "alerts_per_owner_week": 0.5, "flagged": 10,
}  # fmt: skip


def finished(world: World) -> BacktestRun:
    """A run that caught the world's customer and one that nobody knows."""
    case = {"first_flagged": "2026-06-01", "lost_on": "2026-07-01", "lead_days": 30}
    run = BacktestRun.objects.get(pk=world.ids["backtest"])
    run.result = {
        "origins": 2, "start": "2026-05-01", "end": "2026-06-01", "horizon_days": 90, "churn_days": 180, "repeat_days": 90,
        "figures": FIGURES, "live": None,
        "by_origin": [{"as_of": "2026-05-01", "eligible": 9, "flagged": 5, "lost": 4, "hits": 3}],
        "caught": [{"customer_id": world.customer.pk, **case}, {"customer_id": 10**9, **case}],
        "missed": [], "false_alarms": [], "counts": {"caught": 2, "missed": 0, "false_alarms": 0},
        "without_history": ["attr.region"], "notes": ["backtest.notes.never_live"],
    }  # fmt: skip
    run.finished_at = utc_now()
    run.save()
    return run


def got(world: World, asker: str, run: BacktestRun) -> dict[str, Any]:
    """The run as an asker sees it."""
    answer: dict[str, Any] = world.get(asker, f"/backtests/{run.pk}")
    return answer


def test_a_waiting_backtest_has_the_state_of_its_job_and_no_figures(world: World) -> None:
    run = BacktestRun.objects.get(pk=world.ids["backtest"])
    assert (got(world, "admin", run)["status"], got(world, "admin", run)["figures"]) == ("queued", None)
    Job.objects.filter(pk=run.job_id).update(status="running", progress=0.4)
    assert (got(world, "admin", run)["status"], got(world, "admin", run)["progress"]) == ("running", 0.4)
    Job.objects.filter(pk=run.job_id).update(status="failed", error={"code": "backtest_gone", "params": {}})
    failed = got(world, "admin", run)
    assert (failed["status"], failed["error"]["code"]) == ("failed", "backtest_gone")


def test_a_finished_backtest_tells_figures_counts_notes_and_who_was_caught(world: World) -> None:
    found = got(world, "operations", finished(world))
    assert (found["status"], found["progress"], found["figures"]["precision"]) == ("done", 1.0, ESTIMATE)
    assert [case["customer_id"] for case in found["caught"]] == [world.customer.pk]
    assert found["counts"]["caught"] == 2
    assert found["without_history"] == ["attr.region"]
    assert len(found["notes"]) == 3
    assert not any(note.startswith("backtest.") for note in found["notes"])


def test_names_are_of_customers_that_the_reader_sees(world: World) -> None:
    run = finished(world)
    assert [case["key"] for case in got(world, "manager", run)["caught"]] == [world.customer.key]
    other = got(world, "other_manager", run)
    assert (other["caught"], other["figures"]["flagged"]) == ([], 10)


def test_the_list_has_figures_and_no_customers_and_can_be_narrowed(world: World) -> None:
    finished(world)
    (one,) = world.get("admin", "/backtests?subject=threshold")
    assert (one["figures"]["flagged"], one["caught"]) == (10, [])
    assert world.get("admin", "/backtests?subject=rule") == []


def test_starting_one_gives_the_job_to_follow(world: World) -> None:
    body = {"subject": {"kind": "threshold", "threshold": 60}, "every": "week", "horizon_days": 30}
    answer = world.client("analyst").post(world.url("/backtests"), data=json.dumps(body), content_type="application/json")
    assert answer.status_code == 200
    run = BacktestRun.objects.get(pk=answer.json()["id"])
    assert answer.json()["job"]["status"] == "queued"
    assert (run.every, run.horizon_days, run.subject) == ("week", 30, {"kind": "threshold", "threshold": 60.0})
    assert run.job is not None
    assert run.job.payload == {"run": run.pk}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"subject": {"kind": "rule", "rule": {"when": {"column": "nix", "op": "missing"}}}}, "rule"),
        ({"subject": {"kind": "rule"}}, "backtest_subject_lacks"),
        ({"subject": {"kind": "signal", "signal": "SIG-99"}}, "signal"),
        ({"subject": {"kind": "threshold", "threshold": 101}}, "invalid_input"),
        ({"subject": {"kind": "threshold", "threshold": 50}, "every": "day"}, "invalid_input"),
        ({"subject": {"kind": "rules", "rule_ids": [10**9]}}, "rule_unknown"),
    ],
)
def test_a_faulty_question_is_refused_in_words(world: World, body: dict[str, Any], code: str) -> None:
    answer = world.client("admin").post(world.url("/backtests"), data=json.dumps(body), content_type="application/json")
    assert answer.status_code in {404, 422}
    assert answer.json()["code"] == code
    assert not answer.json()["message"].startswith("errors.")


def test_the_review_names_each_live_rule_and_claims_no_effect(world: World) -> None:
    (one,) = world.get("operations", "/rules/review")
    assert one["rule_id"] == world.ids["rule"]
    assert (one["proposed"], one["handled"], one["not_lost"]["value"]) == (False, 0, None)
    assert not one["text"].startswith("review.")
