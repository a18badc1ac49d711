"""The frame: metrics, attributes, tags, signals, score and rules of every customer as of a moment."""

from __future__ import annotations

import json

import pyarrow as pa
import pytest

from liuke.base.times import DAY_US
from liuke.features.domain.churn import ChurnDefinition
from liuke.features.domain.metric import Aggregate, Baseline, Metric
from liuke.features.service import Source
from liuke.rules.columns import Catalogue, Column, ColumnType, Stratum
from liuke.rules.read import rule_from_plain
from liuke.rules.syntax import Rule
from liuke.score.domain.basis import Basis
from liuke.score.domain.templates import default
from liuke.score.service.frame import Asked, Frame, RuleAsked, Then, frame_at
from liuke.segments.domain.active import ActiveTag
from liuke.segments.domain.tag import TagKind
from liuke.segments.domain.tiers import TierRule
from tests.features.stream import AS_OF, NOW, Did, regular, runner, stream

ORDERS = Metric("orders_30", Aggregate.COUNT, ("order.placed",), days=30)
COLUMNS: Catalogue = {
    column.name: column
    for column in (
        Column("orders_30", ColumnType.NUMBER, Stratum.METRIC),
        Column("attr.country", ColumnType.TEXT, Stratum.METRIC),
        Column("last_order_at", ColumnType.MOMENT, Stratum.METRIC),
        Column("tags", ColumnType.TAGS, Stratum.TAG),
        Column("signal.SIG-08", ColumnType.FLAG, Stratum.SIGNAL),
        Column("score", ColumnType.NUMBER, Stratum.SCORE),
    )
}


def rule(**when: object) -> Rule:
    return rule_from_plain({"when": when, "exclude": None}, COLUMNS, highest=Stratum.PREDICTION)


SILENT = rule(column="signal.SIG-08", op="is_true")
BUYS = rule(column="orders_30", op="ge", value=1)
SHOP = [*regular(1, 10, 6, since=2), *regular(2, 10, 6, since=200), Did(3, 5, "message.in", None), Did(4, -1)]
PEOPLE = pa.table({"customer_id": [2, 1, 9], "attr.country": ["FR", "UK", "DE"]})


def frame(asked: Asked, *, did: list[Did] = SHOP, then: Then | None = None) -> Frame:
    return frame_at(
        source=Source(runner(stream(did))),
        as_of=AS_OF,
        zone="UTC",
        config=default("retail"),
        churn=ChurnDefinition(),
        asked=asked,
        then=then or Then(PEOPLE, pa.table({"customer_id": [1, 2], "score": [10.0, 20.0]})),
    )


def by_customer(found: Frame) -> dict[int, dict[str, object]]:
    return {row["customer_id"]: row for row in found.table.to_pylist()}


def test_a_row_has_metrics_attributes_and_the_score_with_its_change() -> None:
    rows = by_customer(frame(Asked(metrics=[ORDERS])))
    assert set(rows) == {1, 2, 3}
    assert (rows[1]["orders_30"], rows[1]["attr.country"], rows[3]["attr.country"]) == (3.0, "UK", None)
    assert rows[1]["last_order_at"] == NOW - 2 * DAY_US
    assert rows[1]["score_change_7d"] == pytest.approx(rows[1]["score"] - 10.0)
    assert (rows[3]["score_before"], rows[3]["score_change_7d"], rows[3]["last_order_at"]) == (None, None, None)


def test_a_signal_that_cannot_be_computed_is_neither_true_nor_false() -> None:
    rows = by_customer(frame(Asked()))
    assert (rows[2]["signal.SIG-08"], rows[1]["signal.SIG-08"], rows[1]["signal.SIG-24"]) == (True, False, None)


def test_a_tag_is_found_before_the_score_and_its_weight_is_a_line_of_it() -> None:
    tag = ActiveTag("buyer", "常购", TagKind.BEHAVIOUR, -5, BUYS)
    plain, weighed = frame(Asked(metrics=[ORDERS])), frame(Asked(metrics=[ORDERS], tags=[tag]))
    before, after = by_customer(plain), by_customer(weighed)
    assert (after[1]["tags"], after[2]["tags"]) == (["buyer"], [])
    assert after[1]["score"] == max(before[1]["score"] - 5, 0)
    assert after[2]["score"] == before[2]["score"]
    reasons = json.loads(weighed.scored.table.to_pylist()[0]["reasons"])
    line = next(reason for reason in reasons if reason["signal"] == "tag:buyer")
    assert line == {"signal": "tag:buyer", "family": "rule", "points": -5, "key": "reasons.tag", "params": {"name": "常购"}}


def test_the_lines_of_a_score_still_add_up_with_tags_and_rules() -> None:
    asked = Asked(
        [ORDERS], [ActiveTag("buyer", "常购", TagKind.BEHAVIOUR, -30, BUYS)], [RuleAsked(70, 7, "静默", SILENT, points=30)]
    )  # fmt: skip
    for row in frame(asked).scored.table.to_pylist():
        assert row["base"] + sum(reason["points"] for reason in json.loads(row["reasons"])) == row["score"]


def test_members_by_hand_bear_the_tag_too() -> None:
    tag = ActiveTag("vip", "重点", TagKind.ATTRIBUTE, 0, rule(column="attr.country", op="eq", value="UK"))
    found = frame(Asked(tags=[tag], by_hand={"vip": [3, 77]}))
    assert found.tags["vip"].tolist() == [True, False, True]


def test_a_rule_before_the_score_adds_points_and_one_after_it_reads_the_score() -> None:
    high = rule(column="score", op="ge", value=50)
    asked = Asked(rules=[RuleAsked(1, 7, "静默", SILENT, points=10), RuleAsked(2, 8, "高分", high, before_score=False)])
    plain, found = frame(Asked()), frame(asked)
    scores = [plain.scored.table["score"].to_pylist(), found.scored.table["score"].to_pylist()]
    assert scores[1][1] == min(scores[0][1] + 10, 100)
    assert found.rules[1].tolist() == [False, True, False]
    assert found.rules[2].tolist() == [score >= 50 for score in scores[1]]


def test_a_predictive_tag_reads_the_score_and_shows_among_the_tags() -> None:
    early = ActiveTag("uk", "英国", TagKind.ATTRIBUTE, 0, rule(column="attr.country", op="eq", value="UK"))
    late = ActiveTag("danger", "危险", TagKind.PREDICTIVE, 0, rule(column="score", op="ge", value=0))
    rows = by_customer(frame(Asked(tags=[early, late])))
    assert (rows[1]["tags"], rows[2]["tags"]) == (["danger", "uk"], ["danger"])


def test_a_sequence_is_answered_from_the_activities() -> None:
    asked_price = {"follow": {"first": ["quote.requested"], "then": ["order.placed"], "within_days": 14, "happens": False, "last_days": 90}}
    never = rule_from_plain({"when": asked_price}, COLUMNS, highest=Stratum.SIGNAL)
    did = [*SHOP, Did(1, 20, "quote.requested", None), Did(2, 30, "quote.requested", None)]
    assert frame(Asked(rules=[RuleAsked(1, 7, "询价未单", never)]), did=did).rules[1].tolist() == [False, True, False]


def test_nothing_after_the_moment_changes_the_frame() -> None:
    """BEY-01: a backtest sees what could be seen then."""
    asked = Asked(metrics=[ORDERS], rules=[RuleAsked(1, 7, "静默", SILENT, points=5)])
    later = [Did(1, -1), Did(2, -3, "ticket.opened", None), Did(3, 2, known=-5)]
    assert frame(asked, did=[*SHOP, *later]).table.equals(frame(asked).table)


def test_DAT_13_a_metric_compares_customers_of_the_same_value_tier_in_a_run_over_all_and_over_one() -> None:
    orders, peers = Metric("orders_30", Aggregate.COUNT, ("order.placed",), days=30), Baseline("peers", "orders_30", "tier", least=2)
    big = [Did(one, day, value=60_000.0) for one in (1, 2) for day in (3, 9)]
    small = [Did(one, day, value=10.0) for one in (3, 4) for day in (3, 9, 12, 15)]
    did = [*big, Did(2, 4, value=60_000.0), *small]

    def made(customers: list[int] | None = None, basis: Basis | None = None) -> Frame:
        return frame_at(
            source=Source(runner(stream(did))), as_of=AS_OF, zone="UTC", config=default("retail"), churn=ChurnDefinition(),
            asked=Asked(metrics=(orders, peers)), tiers=TierRule("amount", 50_000, 1_000), customers=customers, basis=basis,
        )  # fmt: skip

    everybody = made()
    assert {row["customer_id"]: (row["tier"], row["peers"]) for row in everybody.table.to_pylist()} == {
        1: ("high", pytest.approx(2 / 2.5)), 2: ("high", pytest.approx(3 / 2.5)), 3: ("low", 1.0), 4: ("low", 1.0),
    }  # fmt: skip
    one = made([2], everybody.scored.basis)
    assert [(row["tier"], row["peers"]) for row in one.table.to_pylist()] == [("high", pytest.approx(3 / 2.5))]
