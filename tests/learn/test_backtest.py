"""What flags of the past were worth (BEY-01): alerts with a repeat interval, hits, losses, lead time, intervals by customer."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liuke.base.times import DAY_US
from liuke.learn.domain.backtest import Asked, Found, Snapshot, found_in

MONTH = 30
ASKED = Asked(repeat_days=90, churn_days=60, times=50)
Row = tuple[int, int, bool, bool]
"""Customer, day of the last sign of life, lost, flagged."""


def shot(day: int, rows: list[Row]) -> Snapshot:
    """A snapshot on a day counted from 0."""
    rows = sorted(rows)
    return Snapshot(
        day * DAY_US,
        np.array([row[0] for row in rows], dtype=np.int64),
        np.array([row[1] * DAY_US for row in rows], dtype=np.int64),
        np.array([row[2] for row in rows], dtype=np.bool_),
        np.array([row[3] for row in rows], dtype=np.bool_),
    )


def counts(found: Found) -> tuple[int, int, int, int]:
    """Alerts, caught, missed, false alarms."""
    return found.figures.flagged, len(found.caught), len(found.missed), len(found.false_alarms)


def test_a_customer_flagged_again_within_the_repeat_interval_is_one_alert() -> None:
    shots = [shot(day, [(1, day - 5, False, True)]) for day in (0, 30, 60, 90)]
    assert [one.flagged for one in found_in(shots, ASKED).by_origin] == [1, 0, 0, 1]


def test_a_loss_is_one_silence_however_many_origins_see_it() -> None:
    shots = [shot(30, [(1, 20, True, False)]), shot(60, [(1, 20, True, True)])]
    found = found_in(shots, ASKED)
    assert counts(found) == (1, 1, 0, 0)
    assert (found.caught[0].first_flagged_us, found.caught[0].lost_us, found.caught[0].lead_days) == (60 * DAY_US, 80 * DAY_US, 20)


def test_lead_time_counts_from_the_first_flag_within_the_silence() -> None:
    shots = [shot(30, [(1, 29, True, True)]), shot(60, [(1, 29, True, True)])]
    assert found_in(shots, ASKED).figures.lead_days.value == 59


def test_a_flag_that_stands_since_before_the_silence_still_catches_the_loss() -> None:
    shots = [shot(0, [(1, -3, False, True)]), shot(30, [(1, 10, True, True)])]
    found = found_in(shots, ASKED)
    assert counts(found) == (1, 1, 0, 1)
    assert found.caught[0].lead_days == 40


def test_a_loss_without_a_flag_is_missed_and_a_flag_without_a_loss_a_false_alarm() -> None:
    found = found_in([shot(0, [(1, -3, True, False), (2, -3, False, True), (3, -3, False, False)])], ASKED)
    assert counts(found) == (1, 0, 1, 1)
    assert (found.missed[0].customer_id, found.false_alarms[0].customer_id) == (1, 2)
    assert found.figures.recall.value == 0
    assert found.figures.lead_days.value is None


def test_two_silences_of_one_customer_are_two_losses() -> None:
    shots = [shot(0, [(1, -3, True, True)]), shot(300, [(1, 290, True, False)])]
    assert counts(found_in(shots, ASKED))[1:3] == (1, 1)


def test_precision_is_compared_with_drawing_at_random_at_the_same_origins() -> None:
    """All alerts fall on an origin where half are lost; the other origin, where nobody is, does not count."""
    early = [(nth, -3, nth < 5, nth < 4) for nth in range(10)]
    late = [(nth, 299, False, False) for nth in range(10)]
    figures = found_in([shot(0, early), shot(300, late)], ASKED).figures
    assert (figures.base_rate.value, figures.precision.value, figures.lift.value) == (0.5, 1.0, 2.0)


def test_alerts_per_week_leave_out_the_stock_of_the_first_origin() -> None:
    shots = [shot(0, [(nth, -3, False, True) for nth in range(70)]), shot(70, [(nth, 60, False, nth >= 70) for nth in range(90)])]
    figures = found_in(shots, ASKED).figures
    assert (figures.flagged, figures.alerts_per_week) == (90, 2.0)


def test_nobody_flagged_gives_no_precision_rather_than_zero() -> None:
    figures = found_in([shot(0, [(1, -3, True, False), (2, -3, False, False)])], ASKED).figures
    assert (figures.precision.value, figures.precision.low, figures.lift.value, figures.flagged) == (None, None, None, 0)
    assert (figures.recall.value, figures.recall.n) == (0.0, 1)


def test_intervals_draw_customers_so_that_repeated_alerts_of_few_customers_stay_uncertain() -> None:
    """Forty alerts: of forty customers, or twenty each of two. The two say much less."""
    many = [shot(0, [(nth, -3, nth % 2 == 0, True) for nth in range(40)])]
    few = [shot(100 * nth, [(1, 100 * nth - 3, True, True), (2, 100 * nth - 3, False, True)]) for nth in range(20)]
    wide, narrow = (found_in(shots, Asked(90, 60, times=400)).figures.precision for shots in (few, many))
    assert wide.n == narrow.n == 40
    assert wide.value == narrow.value == 0.5
    assert None not in {wide.low, wide.high, narrow.low, narrow.high}
    assert (wide.high or 0) - (wide.low or 0) > 2 * ((narrow.high or 0) - (narrow.low or 0))


rows = st.lists(
    st.tuples(st.integers(1, 6), st.integers(-50, -1), st.booleans(), st.booleans()), unique_by=lambda row: row[0], min_size=1, max_size=6
)


@settings(deadline=None)
@given(st.lists(rows, min_size=1, max_size=6))
def test_the_counts_add_up_whatever_happened(plain: list[list[Row]]) -> None:
    shots = [shot(nth * MONTH, [(who, nth * MONTH + last, lost, flag) for who, last, lost, flag in one]) for nth, one in enumerate(plain)]
    found = found_in(shots, ASKED)
    figures, hits = found.figures, sum(one.hits for one in found.by_origin)
    assert figures.flagged == sum(one.flagged for one in found.by_origin) == hits + len(found.false_alarms)
    assert figures.recall.n == len(found.caught) + len(found.missed)
    assert figures.flagged <= sum(int(one.flagged.sum()) for one in shots)
    for one in (figures.precision, figures.recall, figures.base_rate):
        assert one.value is None or (one.low is not None and one.high is not None and 0 <= one.low <= one.high <= 1)


@settings(deadline=None)
@given(st.lists(rows, min_size=1, max_size=4), st.integers(1, 1000))
def test_who_a_customer_is_called_changes_no_figure(plain: list[list[Row]], shift: int) -> None:
    shots = [shot(nth * MONTH, one) for nth, one in enumerate(plain)]
    renamed = [Snapshot(one.as_of_us, one.ids + shift, one.last_us, one.lost, one.flagged) for one in shots]
    assert found_in(shots, ASKED).figures == found_in(renamed, ASKED).figures


@pytest.mark.parametrize("flag", [True, False])
def test_flagging_everybody_catches_every_loss_at_the_base_rate_and_nobody_none(flag: bool) -> None:
    shots = [shot(0, [(nth, -3, nth % 4 == 0, flag) for nth in range(40)])]
    figures = found_in(shots, ASKED).figures
    assert figures.recall.value == float(flag)
    assert figures.lift.value == (1.0 if flag else None)
