"""Tiers and quintiles: by amount or percentile, equal values alike, frozen for a slice."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from liuke.segments.domain.cuts import LEAST_BUYERS, rfm_cuts, rfm_of, tier_cuts, tiers_of
from liuke.segments.domain.tiers import TierRule

VALUES = np.arange(0.0, 101.0)


def test_SCR_09_three_tiers_by_amount_with_the_cut_in_the_upper_tier() -> None:
    cuts = tier_cuts(TierRule("amount", 100_000, 10_000), VALUES)
    assert tiers_of(np.array([9_999.99, 10_000, 100_000]), cuts).tolist() == ["low", "mid", "high"]


def test_SCR_09_by_percentile_customers_without_money_do_not_count() -> None:
    cuts = tier_cuts(TierRule("percentile", 0.9, 0.5), np.r_[np.zeros(500), VALUES[1:]])
    tiers = tiers_of(VALUES[1:], cuts).tolist()
    assert (tiers.count("high"), tiers.count("mid"), tiers.count("low")) == (10, 40, 50)


def test_without_any_buyer_everybody_is_in_the_low_tier() -> None:
    cuts = tier_cuts(TierRule("percentile", 0.9, 0.5), np.zeros(3))
    assert set(tiers_of(np.zeros(3), cuts)) == {"low"}


def test_SIG_23_quintiles_hold_a_fifth_each_and_recent_buyers_are_best() -> None:
    days, times, money = VALUES[:100], VALUES[1:], VALUES[1:]
    rfm = rfm_of(days, times, money, rfm_cuts(days, times, money))
    assert np.bincount(rfm["r"].astype(int)).tolist() == [0, 20, 20, 20, 20, 20]
    assert (rfm["r"][0], rfm["r"][-1], rfm["f"][-1], rfm["m"][0]) == (5, 1, 5, 1)


def test_few_buyers_and_customers_without_orders_have_no_quintiles() -> None:
    few = np.ones(LEAST_BUYERS - 1)
    assert set(rfm_of(few, few, few, rfm_cuts(few, few, few))["r"]) == {0.0}
    many = np.r_[np.nan, np.arange(1.0, 60.0)]
    ones = np.ones(60)
    assert rfm_of(many, ones, ones, rfm_cuts(many, ones, ones))["f"][0] == 0


@given(st.lists(st.integers(1, 30), min_size=LEAST_BUYERS, max_size=80), st.data())
def test_equal_customers_get_equal_quintiles_and_a_slice_the_same_as_all(times: list[int], data: st.DataObject) -> None:
    values = np.array(times, dtype=float)
    cuts = rfm_cuts(values, values, values)
    full = rfm_of(values, values, values, cuts)
    rows = np.array(data.draw(st.lists(st.integers(0, len(times) - 1), min_size=1)))
    for name in "rfm":
        part = rfm_of(values[rows], values[rows], values[rows], cuts)[name]
        assert part.tolist() == full[name][rows].tolist()
        assert len({(value, quintile) for value, quintile in zip(times, full[name], strict=True)}) == len(set(times))
