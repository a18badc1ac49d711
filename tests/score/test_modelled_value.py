"""BEY-10: what is at stake, checked against generated customers who stayed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from liuke.score.domain.modelled_value import YEAR, Buying, Worth, at_stake, worth_of


def shop(size: int, seed: int = 5) -> tuple[Buying, np.ndarray]:
    """Customers who buy at rates of their own and stop after a purchase with a tenth's chance; also whose next year brings what."""
    random = np.random.default_rng(seed)
    rate, mean = random.gamma(1.5, 1 / 60, size), 50 / random.gamma(4, 1 / 3, size)
    rows, coming = [], []
    for customer in range(size):
        at, days, alive = 0.0, [0.0], True
        while alive and at < 720 + YEAR:
            at += random.exponential(1 / rate[customer])
            days.append(at)
            alive = random.random() > 0.1
        spent = random.gamma(6, mean[customer] / 6, len(days))
        seen = [(day, money) for day, money in zip(days, spent, strict=True) if day < 720]
        year = [money for day, money in seen if day >= 720 - YEAR]
        rows.append((len(seen), 720.0, 720 - seen[-1][0], len(year), sum(year)))
        lasts = days[-1] >= 720 + YEAR or alive
        coming.append(sum(money for day, money in zip(days, spent, strict=True) if 720 <= day < 720 + YEAR) if lasts else np.nan)
    return Buying(*np.array(rows).T), np.array(coming)


def test_BEY_10_the_value_at_stake_is_what_those_bring_who_stay() -> None:
    buying, coming = shop(3_000)
    worth = worth_of(buying)
    assert worth is not None
    found = worth.next_year(buying)
    stayed = ~np.isnan(coming)
    assert found[stayed].mean() == pytest.approx(coming[stayed].mean(), rel=0.15)
    busy = stayed & (buying.order_days >= 8)
    assert found[busy].mean() == pytest.approx(coming[busy].mean(), rel=0.15)


def test_a_contract_says_what_is_at_stake_and_others_go_by_their_purchases() -> None:
    buying, _ = shop(400)
    worth = worth_of(buying)
    contract = np.full(400, np.nan)
    contract[:2] = [12_000.0, 0.0]
    found = at_stake(contract=contract, buying=buying, worth=worth)
    alone = at_stake(contract=None, buying=buying, worth=worth)
    assert found[0] == 12_000.0
    assert (found[1:] == alone[1:]).all()


def test_few_customers_count_with_the_money_of_their_last_year() -> None:
    buying, _ = shop(60)
    assert worth_of(buying) is None
    assert (at_stake(contract=None, buying=buying, worth=None) == np.round(buying.year_amount, 2)).all()


def test_who_never_bought_has_nothing_at_stake() -> None:
    buying, _ = shop(300)
    nothing = np.zeros(1)
    never = Buying(nothing, np.full(1, np.nan), np.full(1, np.nan), nothing, nothing)
    worth = worth_of(buying)
    assert worth is not None
    assert worth.next_year(never).tolist() == [0.0]
    assert not never.bought.any()


def test_a_slice_is_worth_what_it_is_in_the_run_over_all_and_the_numbers_survive_being_kept() -> None:
    buying, _ = shop(300)
    worth = worth_of(buying)
    assert worth is not None
    kept = Worth(*worth.to_plain())
    some = Buying(*(getattr(buying, name)[:7] for name in Buying.__slots__))
    assert (kept.next_year(some) == worth.next_year(buying)[:7]).all()
    assert replace(kept) == worth
