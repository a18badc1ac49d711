"""Scoring customers from the stream: one row each, points that add up, nothing from after the moment."""

from __future__ import annotations

import json
from datetime import UTC

import pyarrow as pa
import pytest

from liuke.base.errors import Invalid
from liuke.features.domain.churn import ChurnDefinition
from liuke.features.service import Source
from liuke.score.domain.basis import basis_from_plain
from liuke.score.domain.levels import Bands
from liuke.score.domain.table import SCORE_SCHEMA
from liuke.score.domain.templates import default
from liuke.score.service import score_customers, score_run, score_sql
from tests.features.stream import AS_OF, Did, regular, runner, stream

CHURN = ChurnDefinition()


def shop() -> list[Did]:
    """Forty buyers: the higher the number, the longer silent; 41 never ordered, 42 cancels; 43 comes tomorrow."""
    buyers = [did for number in range(1, 41) for did in regular(number, 20, 6, since=7.0 * number, value=50.0 + number)]
    others = [Did(41, 12, "message.in", None), Did(42, 30), Did(42, 20, "order.cancelled", 250), Did(43, -1)]
    return [*buyers, *others]


def scored(did: list[Did], **changes: object) -> pa.Table:
    """The default retail scoring of a stream."""
    settings = {"as_of": AS_OF, "zone": "UTC", "config": default("retail"), "churn": CHURN} | changes
    return score_customers(run=runner(stream(did)), **settings)


def row(table: pa.Table, customer: object) -> dict[str, object]:
    """One customer's row."""
    return next(line for line in table.to_pylist() if line["customer_id"] == customer)


def test_every_customer_known_before_the_moment_has_one_row_in_the_declared_shape() -> None:
    table = scored(shop())
    assert table.schema == SCORE_SCHEMA
    assert table["customer_id"].to_pylist() == list(range(1, 43))


def test_SCR_01_base_and_points_add_up_to_the_score_exactly() -> None:
    for line in scored(shop()).to_pylist():
        points = sum(reason["points"] for reason in json.loads(line["reasons"]))
        assert line["base"] + points == pytest.approx(line["score"], abs=1e-9)
        assert 0 <= line["score"] <= 100


def test_SCR_02_the_level_follows_the_bands_of_the_configuration() -> None:
    for line in scored(shop()).to_pylist():
        assert line["level"] == Bands().level_of(line["score"]).value


def test_reasons_come_largest_first_with_the_numbers_of_their_sentence() -> None:
    reasons = json.loads(row(scored(shop()), 20)["reasons"])
    raising = [reason["points"] for reason in reasons if reason["signal"] != "clip"]
    assert raising == sorted(raising, reverse=True)
    overdue = next(reason for reason in reasons if reason["signal"] == "SIG-21")
    assert overdue["params"] == {"silent": 140, "usual": 20, "over": 6}


def test_a_customer_without_orders_for_the_days_of_the_churn_definition_is_lost_but_one_who_never_ordered_is_not() -> None:
    table = scored(shop())
    assert [row(table, customer)["is_lost"] for customer in (1, 25, 26, 40, 41)] == [False, False, True, True, False]


def test_the_yearly_value_deducts_cancellations_and_is_never_negative() -> None:
    table = scored([*shop(), Did(1, 3, "order.cancelled", 51)])
    assert row(table, 42)["annual_value"] == 0
    assert row(table, 1)["annual_value"] == 6 * 51 - 51


def test_a_slice_scores_exactly_as_a_run_over_all_when_the_cuts_are_frozen() -> None:
    source = Source(runner(stream(shop())))
    everything = {"source": source, "as_of": AS_OF, "zone": "UTC", "config": default("retail"), "churn": CHURN}
    full = score_run(**everything)
    basis = basis_from_plain(json.loads(json.dumps(full.basis.to_plain())))
    few = score_run(**everything, customers=[3, 17, 41], basis=basis)
    assert few.table.to_pylist() == [line for line in full.table.to_pylist() if line["customer_id"] in {3, 17, 41}]


def test_a_slice_without_the_basis_of_a_full_run_is_refused() -> None:
    with pytest.raises(Invalid, match="basis_missing"):
        scored(shop(), customers=[3])


def test_an_empty_workspace_gives_an_empty_table() -> None:
    assert scored([]).num_rows == 0


def test_what_happens_after_the_moment_changes_nothing() -> None:
    later = [Did(number, -number) for number in range(1, 41)] + [Did(3, 5, known=-1)]
    assert scored(shop()).equals(scored([*later, *reversed(shop())]))


def test_a_signal_without_data_is_said_to_be_not_computable_rather_than_silent() -> None:
    line = row(scored(shop()), 1)
    assert json.loads(str(line["not_computable"]))["SIG-24"] == "missing.no_tickets"


def test_stale_data_and_a_short_past_lower_the_confidence() -> None:
    fresh = row(scored([*shop(), Did(41, 0.1, "page.viewed", None)]), 1)["confidence"]
    stale = row(scored([did for did in shop() if did.ago > 40]), 40)["confidence"]
    young = row(scored([*shop(), Did(44, 1)]), 44)["confidence"]
    assert fresh > young
    assert fresh > stale


def test_the_sql_behind_a_scoring_can_be_printed() -> None:
    source = Source(runner(stream(shop())))
    basis = score_run(source=source, as_of=AS_OF, zone="UTC", config=default(), churn=CHURN).basis
    sql = score_sql(source=source, as_of=AS_OF.astimezone(UTC), zone="UTC", config=default(), churn=CHURN, basis=basis)
    assert sql.startswith(("SELECT", "WITH"))
    assert '"order_amount_365"' in sql
