"""Origins roll and are purged; stages say what is missing (ML-02)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from liuke.learn.domain.snapshots import learnable, out_of_time, purged_splits, training_origins
from liuke.learn.domain.stage import Counted, Stage, counted_origins, standing_of

FIRST = date(2020, 1, 1)
days = st.integers(0, 1200).map(lambda after: FIRST + timedelta(days=after))


@given(first=days, last=days, mature=st.integers(7, 200))
def test_every_origin_has_a_past_and_a_known_outcome(first: date, last: date, mature: int) -> None:
    found = training_origins(first=first, last=last, mature_days=mature)
    assert all(day - first >= timedelta(days=61) and last - day >= timedelta(days=mature) for day in found)
    assert all((later - earlier).days == 30 for earlier, later in pairwise(found))
    assert len(found) <= 16


def test_origins_lie_on_one_grid_whenever_they_are_asked_for() -> None:
    ask = [training_origins(first=FIRST, last=date(2022, 3, 1) + timedelta(days=later), mature_days=90) for later in (0, 11, 29)]
    assert set(ask[0][2:]) <= set(ask[1]) and set(ask[1][2:]) <= set(ask[2])  # noqa: PT018 - one statement about three


@given(count=st.integers(1, 20), mature=st.integers(7, 200))
def test_ML_02_nobody_learns_from_an_outcome_that_was_not_known_yet(count: int, mature: int) -> None:
    origins = [FIRST + timedelta(days=30 * at) for at in range(count)]
    for fold in out_of_time(origins, mature):
        newest = max(origins[at] for at in fold.learn)
        assert all(origins[at] - newest >= timedelta(days=mature) for at in fold.judge)
    rows = np.repeat(np.arange(count), 3)
    for split in purged_splits(rows, origins, mature):
        assert min(origins[at] for at in rows[split.test]) - max(origins[at] for at in rows[split.train]) >= timedelta(days=mature)


def test_each_origin_that_can_be_judged_is_judged_once() -> None:
    origins = [FIRST + timedelta(days=30 * at) for at in range(12)]
    folds = out_of_time(origins, 90)
    assert sorted(at for fold in folds for at in fold.judge) == list(range(3, 12))
    assert len(folds) == 4
    assert folds[0].learn == (0,)
    assert learnable(origins, origins[0], 90) == ()
    assert out_of_time(origins[:2], 90) == ()


def test_too_short_a_history_has_no_origin() -> None:
    assert training_origins(first=FIRST, last=FIRST + timedelta(days=120), mature_days=90) == []


def test_the_stage_rises_with_outcomes_and_says_what_is_missing() -> None:
    assert standing_of(Counted(lost=49, stayed=100, origins=3, judged=1)).stage is Stage.RULES
    some = standing_of(Counted(lost=50, stayed=100, origins=1, judged=0))
    assert (some.stage, some.next) == (Stage.CALIBRATED, Stage.MODEL)
    assert [(one.what, one.have, one.need) for one in some.missing] == [("lost", 50, 200), ("origins", 1, 2), ("judged", 0, 1)]
    enough = standing_of(Counted(lost=200, stayed=20, origins=5, judged=1))
    assert (enough.stage, enough.next, enough.missing) == (Stage.MODEL, None, ())


def test_two_origins_too_close_together_judge_nothing() -> None:
    origins = [FIRST, FIRST + timedelta(days=30)]
    assert counted_origins(origins, 90) == (2, 0)
    assert counted_origins([FIRST, FIRST + timedelta(days=90)], 90) == (2, 1)
