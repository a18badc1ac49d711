"""What the promise was worth: intervals, base rate, lift, recall, lead time, curves, and what other targets would cost."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import precision_recall_curve, roc_auc_score, roc_curve

from liuke.base.times import DAY_US
from liuke.learn.domain.backtest import Estimate
from liuke.learn.domain.promise import Asked, Decision, Predictions, Refusal, sigmoid
from liuke.learn.domain.promise_figures import Figures, Verdict, curve, figures_of, reliability, shares_by, verdict_of
from liuke.learn.domain.promise_report import TARGETS, Option, reason_of, report_of, weekly_at
from liuke.learn.domain.promise_walk import Judged, Walk, past_of, walk
from tests.learn.promise_worlds import START_US, world

NOW_US = START_US + 12 * 30 * DAY_US
ASKED = Asked(0.8)


def lived(rows: list[tuple[int, int, bool, bool, int]]) -> Walk:
    """A walk of rows (customer, origin's day, lost, alerted, day of the loss)."""
    customer, day, lost, alert, lost_day = (np.array(column) for column in zip(*rows, strict=True))
    origin = START_US + day * DAY_US
    table = Predictions(
        customer, origin, np.zeros(len(rows)), lost, np.where(lost, START_US + lost_day * DAY_US, -1),
        np.ones(len(rows)), np.zeros(len(rows), dtype=np.bool_),
    )  # fmt: skip
    judged = tuple(
        Judged(int(at), int((origin == at).sum()), int(lost[origin == at].sum()), Decision(0.0, None, "mean"),
               int(alert[origin == at].sum()), int((alert & lost)[origin == at].sum()))
        for at in np.unique(origin)
    )  # fmt: skip
    return Walk(ASKED, table, alert, judged, 0)


def test_figures_of_a_case_reckoned_by_hand() -> None:
    found = figures_of(
        lived(
            [
                (1, 0, True, True, 20), (2, 0, True, False, 40), (3, 0, False, True, 0), (4, 0, False, False, 0),
                (1, 30, False, False, 0), (2, 30, True, True, 40), (5, 30, True, False, 50), (4, 30, False, False, 0),
            ]
        )
    )  # fmt: skip
    assert (found.alerts, found.hits) == (3, 2)
    assert found.precision.value == pytest.approx(2 / 3)
    assert found.base_rate.value == pytest.approx(0.5)
    assert found.lift.value == pytest.approx(4 / 3)
    assert (found.recall.value, found.recall.n) == (pytest.approx(2 / 3), 3)
    assert (found.lead_days.value, found.lead_days.low, found.lead_days.n) == (15, 12.5, 2)
    assert found.alerts_per_week == pytest.approx(7 / 30)
    assert found.wilson == pytest.approx((0.207660, 0.938510), abs=1e-5)


def test_a_loss_seen_at_two_origins_is_one_loss() -> None:
    found = figures_of(lived([(1, 0, True, True, 40), (1, 30, True, False, 40), (2, 0, False, False, 0)]))
    assert (found.recall.value, found.recall.n) == (1.0, 1)


def test_without_alerts_there_is_no_precision() -> None:
    found = figures_of(lived([(1, 0, True, False, 40), (2, 30, False, False, 0)]))
    assert found.precision == Estimate(None, None, None, 0)
    assert (found.wilson, found.recall.value, found.lead_days.value) == ((0.0, 1.0), 0.0, None)


def test_the_interval_draws_customers_so_that_repeated_rows_do_not_narrow_it() -> None:
    rows = world([0.0] * 6, customers=400)
    one = walk(past_of(rows, 90), ASKED, repeat=True)
    alone = figures_of(one, times=300)
    copied = figures_of(replace(one, rows=one.rows.take(np.tile(np.arange(len(one.rows)), 4)), alert=np.tile(one.alert, 4)), times=300)
    assert copied.alerts == 4 * alone.alerts
    assert copied.precision.low == pytest.approx(alone.precision.low)
    assert copied.wilson[0] > alone.wilson[0]


def test_curves_agree_with_scikit_learn() -> None:
    rows = world([0.0], customers=800)
    points = curve(rows, points=2_000)
    precision, recall, thresholds = precision_recall_curve(rows.lost, rows.logit)
    expected = dict(zip(thresholds.tolist(), zip(precision.tolist(), recall.tolist(), strict=False), strict=False))
    for point in points:
        assert (point.precision, point.recall) == pytest.approx(expected[point.threshold])
    false, true, at = roc_curve(rows.lost, rows.logit, drop_intermediate=False)
    theirs = dict(zip(at.tolist(), zip(false.tolist(), true.tolist(), strict=True), strict=True))
    assert all((point.false_rate, point.recall) == pytest.approx(theirs[point.threshold]) for point in points)
    assert figures_of(walk(past_of(world([0.0] * 5), 90), ASKED)).auc.value == pytest.approx(
        roc_auc_score(world([0.0] * 5).lost[-1_500:], world([0.0] * 5).logit[-1_500:])
    )


def test_a_curve_with_equal_logits_has_a_point_for_each_value() -> None:
    rows = world([0.0], customers=300)
    tied = replace(rows, logit=np.repeat([2.0, 0.0, -1.0], 100))
    points = curve(tied)
    assert [point.threshold for point in points] == [2.0, 0.0, -1.0]
    assert points[-1].recall == 1.0
    assert points[-1].precision == pytest.approx(rows.lost.mean())
    assert curve(replace(rows, lost=np.ones(300, dtype=np.bool_))) == ()


def test_reliability_is_said_against_happened_in_equal_tenths() -> None:
    rows = world([0.0], customers=5_000)
    bins = reliability(rows)
    assert [one.n for one in bins] == [500] * 10
    assert sum(one.happened * one.n for one in bins) == pytest.approx(rows.lost.sum())
    assert [one.said for one in bins] == sorted(one.said for one in bins)
    assert sum(one.low <= one.said <= one.high for one in bins) >= 8
    assert np.average([one.said for one in bins]) == pytest.approx(sigmoid(rows.logit).mean())


def test_parts_add_up_to_the_whole() -> None:
    one = walk(past_of(world([0.0] * 7), 90), ASKED)
    for name in ("tier", "origin"):
        parts = shares_by(one, name)
        assert sum(part.alerts for part in parts) == one.alert.sum()
        assert sum(part.lost for part in parts) == one.rows.lost.sum()
        assert all(part.low <= part.hits / part.alerts <= part.high for part in parts if part.alerts)
    assert [part.name for part in shares_by(one, "tier")] == ["low", "high"]


def figures(low: float | None, alerts: int) -> Figures:
    """Figures of which only the precision's lower end and the alerts matter."""
    nothing = Estimate(None, None, None, 0)
    return Figures(Estimate(0.85, low, 0.9, alerts), (0, 1), nothing, nothing, nothing, nothing, alerts, 0, 0.0, nothing)


@pytest.mark.parametrize(
    ("low", "alerts", "threshold", "verdict", "reason"),
    [
        (0.78, 400, 1.0, Verdict.HOLDS, "holds"),
        (0.76, 400, 1.0, Verdict.UNREACHABLE, "interval"),
        (0.78, 29, 1.0, Verdict.UNPROVEN, "unproven"),
        (None, 0, 1.0, Verdict.UNPROVEN, "unproven"),
        (0.95, 400, None, Verdict.UNREACHABLE, "probability"),
    ],
)
def test_the_verdict_needs_a_threshold_today_and_an_interval_that_held(
    low: float | None, alerts: int, threshold: float | None, verdict: Verdict, reason: str
) -> None:
    now = Decision(threshold, None if threshold else Refusal.PROBABILITY, "each")
    assert verdict_of(figures(low, alerts), now, ASKED) is verdict
    assert reason_of(Option(0.8, verdict, now, figures(low, alerts), 5, 4, 4, 1)) == reason


def test_the_report_sets_the_usual_targets_beside_the_one_asked_for() -> None:
    past = past_of(world([0.0] * 8, customers=600), 90)
    report = report_of(past, Asked(0.82), NOW_US)
    assert [option.target for option in report.options] == sorted([*TARGETS, 0.82])
    assert report.chosen in report.options
    recalls = [option.figures.recall.value or 0.0 for option in report.options]
    assert recalls == sorted(recalls, reverse=True)
    assert report.chosen.verdict is Verdict.HOLDS
    assert report.options[-1].target == 0.95
    assert set(report.by_group) == {"tier"}
    assert len(report.origins) == report.chosen.judged == 4
    assert [option.target for option in report_of(past, ASKED, NOW_US).options] == list(TARGETS)


def test_a_fixed_threshold_is_reckoned_at_every_origin_once_per_customer() -> None:
    past = past_of(world([0.0] * 5, customers=300), 90)
    everybody = weekly_at(past, -100.0, 90)
    assert everybody.stock == 300
    assert everybody.per_week == pytest.approx(300 / (120 / 7))
    assert everybody.precision == pytest.approx(np.mean([past.rows.lost[:300].mean(), past.rows.lost[900:1200].mean()]))
    nobody = weekly_at(past, None, 90)
    assert (nobody.per_week, nobody.stock, nobody.precision) == (0.0, 0, None)
    assert weekly_at(past_of(world([]), 90), 1.0, 90).per_week == 0.0


def test_a_report_of_an_empty_past_refuses_everything() -> None:
    report = report_of(past_of(world([]), 90), ASKED, NOW_US)
    assert {option.verdict for option in report.options} == {Verdict.UNREACHABLE}
    assert (report.rows, report.base_rate, report.curve, report.reliability) == (0, 0.0, (), ())
