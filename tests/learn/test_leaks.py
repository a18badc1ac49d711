"""Leak checks: planted leaks are all caught by the check that is meant for them, clean tables pass."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liuke.base.words import render
from liuke.learn.domain.leaks import (
    Check,
    Finding,
    Level,
    blocking,
    findings_from_plain,
    leaks_check,
    leaks_names,
    leaks_replayed,
)
from liuke.learn.domain.leaks_columns import rows_again, single_auc
from liuke.learn.domain.leaks_fit import split_gap
from liuke.score.domain.model_metrics import MODEL_METRICS
from liuke.score.model.table import Column
from tests.learn.leaks_planted import CLEAN, PLANTED, honest, moments, table, with_column

BLOCKING = ("single:noisy_copy", "single:reason_given", "single:missing_after", "twice:listed", "ended:with_the_loss")
SMELLING = (
    "churn_score", "ChurnScore", "Cancel Reason", "cancellation-date", "exit_survey", "流失原因", "客户状态_注销", "剩余合同月数",
    "remaining contract", "retention_offer", "final_result", "Customer Status", "unregistered_at", "days_until_end", "下月消费", "lost",
    "win-back",
)  # fmt: skip
USUAL = (
    "tenure", "order_n_90", "cancelled_share_365", "cancelled_amount_365", "contract_left", "Contract", "PaymentMethod", "客户等级",
    "最近下单", "lost_baggage", "existing_products", "defects_n_90", "satisfaction", "last_login", "signal.SIG-42", "subscription_age",
    "closing_balance",
)  # fmt: skip


@pytest.mark.parametrize("name", PLANTED)
def test_every_planted_leak_is_caught_by_its_check(name: str) -> None:
    check = name.split(":", maxsplit=1)[0]
    assert check in {finding.check.value for finding in leaks_check(PLANTED[name]())}


@pytest.mark.parametrize("name", CLEAN)
def test_clean_tables_pass(name: str) -> None:
    assert leaks_check(CLEAN[name]()) == ()


@pytest.mark.parametrize("name", BLOCKING)
def test_what_cannot_be_honest_blocks(name: str) -> None:
    findings = leaks_check(PLANTED[name]())
    assert [finding.check.value for finding in blocking(findings)] == [name.split(":", maxsplit=1)[0]]
    assert findings[0].level is Level.BLOCK


def test_a_suspicious_name_makes_a_telling_column_block() -> None:
    suspect = honest()
    telling = suspect.lost + 0.42 * np.random.default_rng(1).normal(size=len(suspect.lost))
    assert 0.90 < single_auc(with_column(suspect, "x", telling).table, Column("x"), suspect.lost, 7) < 0.97
    levels = {
        name: next(one.level for one in leaks_check(with_column(suspect, name, telling)) if one.check is Check.SINGLE)
        for name in ("index", "churn_score")
    }
    assert levels == {"index": Level.WARN, "churn_score": Level.BLOCK}


@pytest.mark.parametrize("name", SMELLING)
def test_names_that_smell(name: str) -> None:
    assert leaks_names(["tenure", name])[0].columns == (name,)


@pytest.mark.parametrize("name", USUAL)
def test_usual_names_do_not_smell(name: str) -> None:
    assert leaks_names([name]) == ()


def test_names_of_the_models_own_columns_do_not_smell() -> None:
    assert leaks_names([metric.code for metric in MODEL_METRICS]) == ()


def test_columns_that_change_when_later_rows_go_are_named_and_block() -> None:
    whole = honest().table
    cut = whole.with_columns([Column("x2")], {"x2": whole.number("x2") + (np.arange(len(whole)) == 17)})
    shuffled = whole.with_columns([Column("x4")], {"x4": np.where(np.arange(len(whole)) == 3, np.nan, whole.number("x4"))})
    (finding,) = leaks_replayed(whole, cut, shuffled)
    assert (finding.check, finding.level, finding.columns) == (Check.FUTURE, Level.BLOCK, ("x2", "x4"))


def test_nothing_changes_but_the_last_digit_of_a_sum() -> None:
    whole = table(money=np.array([1e9, 2.0, np.nan]), kind=np.array(["a", "", "b"], dtype=object))
    other = whole.with_columns([Column("money")], {"money": np.array([1e9 + 1e-7, 2.0, np.nan])})
    assert leaks_replayed(whole, other, whole) == ()
    third = whole.with_columns([Column("kind", "category")], {"kind": np.array(["a", "b", "b"], dtype=object)})
    assert leaks_replayed(whole, whole, third)[0].columns == ("kind",)


def test_a_small_shift_of_a_money_sum_is_a_change() -> None:
    whole = table(money=np.array([1e6, 2.0]))
    assert leaks_replayed(whole, table(money=np.array([1e6 + 0.01, 2.0])), whole)[0].columns == ("money",)


def test_the_gap_compares_the_same_rows_and_is_none_for_one_moment() -> None:
    suspect = moments()
    assert suspect.customers is not None
    assert suspect.origin is not None
    gap = split_gap(suspect.table, suspect.lost, suspect.customers, suspect.origin)
    assert gap is not None
    assert abs(gap.difference) < 0.03
    assert gap.low <= gap.difference
    assert 400 < gap.n < 800
    assert split_gap(suspect.table, suspect.lost, suspect.customers, np.zeros(len(suspect.lost), dtype=np.int64)) is None


def test_too_few_losses_are_no_ground_for_a_gap() -> None:
    suspect = moments()
    few = suspect.lost & (np.arange(len(suspect.lost)) % 40 == 0)
    assert suspect.customers is not None
    assert suspect.origin is not None
    assert split_gap(suspect.table, few, suspect.customers, suspect.origin) is None


def test_splits_are_left_out_where_nobody_asks() -> None:
    assert leaks_check(replace(PLANTED["split:known_only_then"](), split=False)) == ()


def test_a_table_without_columns_or_of_one_class_says_nothing() -> None:
    suspect = honest()
    everybody = np.ones(len(suspect.lost), dtype=np.bool_)
    assert leaks_check(replace(suspect, lost=everybody)) == ()
    assert rows_again(table(), np.zeros(0, dtype=np.bool_), None) == 0.0


def test_the_same_row_at_two_moments_is_no_copy() -> None:
    x = np.random.default_rng(0).normal(size=(50, 6))
    twice = table(**{f"x{at}": np.tile(x[:, at], 2) for at in range(6)})
    lost, origin = np.zeros(100, dtype=np.bool_), np.repeat([0, 1], 50)
    assert rows_again(twice, lost, origin) == 0.0
    assert rows_again(twice, lost, None) == pytest.approx(0.5, abs=0.02)


def test_copies_are_found_beside_an_id_of_their_own() -> None:
    suspect = PLANTED["duplicates:oversampled"]()
    numbered = with_column(suspect, "id", np.random.default_rng(0).permutation(len(suspect.lost)).astype(np.float64))
    assert [finding.check for finding in leaks_check(numbered)] == [Check.DUPLICATES]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 40))
def test_noise_is_no_leak_whatever_its_kind(seed: int, groups: int) -> None:
    """A category's rates are learned on the other half: many small groups cannot praise themselves."""
    random = np.random.default_rng(seed)
    words = np.array([f"g{at}" for at in random.integers(0, groups * 10, 400)], dtype=object)
    lost = random.random(400) < 0.4
    noise = table(words=words, number=random.normal(size=400))
    assert max(single_auc(noise, column, lost, 7) for column in noise.columns) < 0.65


def test_findings_survive_being_kept() -> None:
    found = leaks_check(PLANTED["single:noisy_copy"]())
    assert findings_from_plain([finding.to_plain() for finding in found]) == found


@pytest.mark.parametrize("check", list(Check))
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_check_says_what_it_is_and_what_to_do(check: Check, language: str) -> None:
    finding = Finding(check, Level.WARN, ("a", "b"), 0.93, 0.9, 120)
    for part in ("title", "text", "todo"):
        key = f"leaks.{check.value}.{part}"
        assert render(key, finding.params, language=language) not in {"", key}
