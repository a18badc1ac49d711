"""Mining on made numbers whose truth is known: rules (BEY-12), clusters and associations (ML-03), missed losses (BEY-04)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liuke.learn.domain.mining_clusters import Leavers, clusters_of
from liuke.learn.domain.mining_links import Baskets, links_of
from liuke.learn.domain.mining_missed import Snapshot, missed_of
from liuke.learn.domain.mining_rules import Cut, Rows, document_of, holds, mine_rules, rounded


def _rows(seed: int, size: int = 3000, effect: float = 0.6) -> Rows:
    """Lost in one of ten; `effect` more where late and shrinking. Three columns say nothing."""
    random = np.random.default_rng(seed)
    columns = {name: random.normal(50, 20, size) for name in ("order_since", "order_n_90", "noise_a", "noise_b", "noise_c")}
    columns["noise_c"][::3] = np.nan
    columns["signal.SIG-05"] = (random.random(size) < 0.3).astype(float)
    planted = (columns["order_since"] >= 60) & (columns["order_n_90"] <= 40)
    lost = random.random(size) < 0.1 + effect * planted
    return Rows(columns, lost, np.arange(size), np.zeros(size, np.int64), frozenset({"signal.SIG-05"}))


def test_a_planted_rule_of_two_conditions_is_found_and_proved() -> None:
    mined = mine_rules(_rows(1), _rows(2))
    best = mined.rules[0]
    assert {(cut.column, cut.op) for cut in best.cuts} >= {("order_since", "ge"), ("order_n_90", "le")}
    assert len(best.cuts) <= 3
    assert best.low > best.base
    assert best.lift > 2
    assert best.rate == best.hits / best.n
    assert mined.tested >= len(mined.rules)


def test_where_nothing_is_planted_hardly_a_rule_stands() -> None:
    stood = [len(mine_rules(_rows(seed, effect=0.0), _rows(seed + 100, effect=0.0)).rules) for seed in range(6)]
    assert sum(count > 0 for count in stood) <= 1


def test_rules_that_name_the_same_customers_are_told_once() -> None:
    found, proof = _rows(1), _rows(2)
    for rows in (found, proof):
        rows.columns["copy"] = rows.columns["order_since"] + 0.5  # type: ignore[index]
    flags = [holds(rule.cuts, proof) for rule in mine_rules(found, proof).rules]
    for nth, one in enumerate(flags):
        assert all((one & other).sum() < 0.7 * (one | other).sum() for other in flags[:nth])


def test_a_customer_counts_once_however_many_origins_name_her() -> None:
    proof = _rows(2, size=600)
    twice = Rows(
        {name: np.tile(values, 2) for name, values in proof.columns.items()},
        np.tile(proof.lost, 2),
        np.tile(proof.customers, 2),
        np.repeat([0, 1], 600),
        proof.flags,
    )
    assert [rule.n for rule in mine_rules(_rows(1), twice).rules] == [rule.n for rule in mine_rules(_rows(1), proof).rules]


def test_an_unknown_value_never_meets_a_condition() -> None:
    rows = Rows({"a": np.array([np.nan, 1.0, 9.0])}, np.zeros(3, np.bool_), np.arange(3), np.zeros(3, np.int64))
    assert holds([Cut("a", "le", 5.0)], rows).tolist() == [False, True, False]
    assert holds([Cut("a", "ge", 5.0)], rows).tolist() == [False, False, True]


def test_a_rule_is_a_document_of_the_rule_language() -> None:
    assert document_of([Cut("order_since", "ge", 60.0), Cut("signal.SIG-05", "is_true", 1.0)]) == {
        "when": {"all": [{"column": "order_since", "op": "ge", "value": 60.0}, {"column": "signal.SIG-05", "op": "is_true"}]},
        "exclude": None,
    }


@given(st.floats(-1e9, 1e9, allow_nan=False, allow_subnormal=False))
def test_rounded_values_have_two_digits_and_stay_near(value: float) -> None:
    near = rounded(value)
    assert abs(near - value) <= 0.051 * abs(value) + 1e-12
    assert rounded(near) == pytest.approx(near)
    assert len(f"{abs(near):.12g}".replace(".", "").strip("0").split("e")[0]) <= 2


def _leavers(size: int = 240) -> Leavers:
    random = np.random.default_rng(4)
    big = np.arange(size) < size // 3
    money = np.where(big, 9000, 300) * random.uniform(0.8, 1.2, size)
    tickets = np.where(big, 0, random.poisson(4, size)).astype(float)
    columns = {"order_amount_365": money, "ticket_n_90": tickets, "constant": np.ones(size), "unknown": np.full(size, np.nan)}
    return Leavers(np.arange(size), columns, {"SIG-05": big.astype(float)}, money)


def test_two_kinds_of_leavers_are_told_apart_and_named_by_what_stands_out() -> None:
    found = clusters_of(_leavers())
    assert found is not None
    assert sum(cluster.customers for cluster in found.clusters) == 240
    assert found.silhouette > 0.3
    dear = found.clusters[0]
    assert "order_amount_365.high" in dear.name
    assert dear.signals[0].signal == "SIG-05"
    assert set(dear.examples) <= set(range(80))
    assert len({cluster.name for cluster in found.clusters}) == len(found.clusters)


def test_too_few_leavers_are_no_clusters() -> None:
    assert clusters_of(_leavers(20)) is None


def _baskets(seed: int, planted: bool) -> Baskets:
    random = np.random.default_rng(seed)
    did = random.random((2000, 12)) < 0.2
    together = did[:, 0] & did[:, 1]
    lost = random.random(2000) < np.where(together & planted, 0.7, 0.15)
    return Baskets(("bought:Teapot", "did:order.cancelled", *(f"bought:{n}" for n in range(10))), did, lost)


def test_who_bought_a_and_returned_it_is_found_with_its_rate_and_interval() -> None:
    found = links_of(_baskets(1, planted=True))
    best = found.links[0]
    assert set(best.items) == {"bought:Teapot", "did:order.cancelled"}
    assert best.low < best.confidence < best.high
    assert best.lift == pytest.approx(best.confidence / best.base)
    assert best.support == pytest.approx(best.n / 2000)


def test_chance_alone_gives_no_association() -> None:
    assert sum(bool(links_of(_baskets(seed, planted=False)).links) for seed in range(6)) <= 1


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1000))
def test_apriori_counts_every_combination_as_a_plain_count_does(seed: int) -> None:
    random = np.random.default_rng(seed)
    did = random.random((200, 5)) < 0.5
    lost = did[:, 0] & did[:, 2]
    found = links_of(Baskets(tuple("abcde"), did, lost), most=100)
    for link in found.links:
        who = did[:, ["abcde".index(item) for item in link.items]].all(axis=1)
        assert (link.n, link.lost) == (who.sum(), lost[who].sum())
        assert link.n >= 25


def test_nobody_is_no_association() -> None:
    assert links_of(Baskets((), np.zeros((0, 0), np.bool_), np.zeros(0, np.bool_))).links == ()


def _shot(at: int, score: list[float], strength: list[float], lost: list[bool]) -> Snapshot:
    size = len(score)
    flags = np.array(lost)
    return Snapshot(
        at, np.arange(size), flags, np.where(flags, 99, -1), np.array(score) >= 50, np.array(score), np.arange(size) * 10.0,
        {"SIG-05": np.array(strength), "SIG-08": np.zeros(size)},
    )  # fmt: skip


def test_each_missed_loss_says_what_spoke_and_which_threshold_would_have_caught_it_at_which_price() -> None:
    # customers: 0 lost with alert, 1 lost and missed (a signal spoke), 2 lost and silent, 3 and 4 stayed
    early = _shot(1, [60, 45, 10, 46, 20], [0.9, 0.3, 0.0, 0.5, 0.0], [False] * 5)
    late = _shot(2, [70, 40, 12, 30, 20], [0.9, 0.1, 0.0, 0.0, 0.2], [True, True, True, False, False])
    found = missed_of([early, late], watch_score=50, replayed=True)
    assert (found.losses, found.alerted, found.silent) == (3, 1, 1)
    assert [loss.customer_id for loss in found.listed] == [2, 1]
    spoken = found.listed[1]
    assert (spoken.score, spoken.score_at_us, spoken.more_alerts) == (45, 1, 1)  # only customer 3 scored as high
    assert [(each.signal, each.strength, each.more_alerts) for each in spoken.signals] == [("SIG-05", 0.3, 1)]
    assert found.money == 30.0
    summary = {each.signal: each for each in found.by_signal}
    assert set(summary) == {"SIG-05"}
    assert [(step.strength, step.caught, step.more_alerts) for step in summary["SIG-05"].thresholds[:2]] == [(0.2, 1, 2), (0.4, 0, 1)]
    assert [(step.score, step.caught, step.more_alerts) for step in found.by_score[:2]] == [(45, 1, 1), (40, 1, 1)]


def test_no_snapshot_is_no_loss() -> None:
    found = missed_of([], watch_score=50, replayed=False)
    assert (found.losses, found.listed, found.by_signal) == (0, (), ())
