"""Rows are rejected one by one, with the first thing that is wrong."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.align.domain.clean import Clean, clean_chunk
from liuke.align.domain.mapping import ColumnMapping, plan_import
from liuke.connect.domain.chunk import BrokenRow, Chunk
from liuke.connect.domain.detected import Column

ORDER = ("order_id", "customer_key", "ordered_at", "amount")


def clean(entity: str, fields: tuple[str, ...], *rows: tuple[str, ...], broken: tuple[BrokenRow, ...] = ()) -> Clean:
    table = list(zip(*rows, strict=True)) or [()] * len(fields)
    columns = [Column(name, place, table[place][:5]) for place, name in enumerate(fields)]
    plan = plan_import(ColumnMapping(entity, {name: name for name in fields if name != "rest"}), columns, "UTC")
    lines = np.arange(2, 2 + len(rows))
    return clean_chunk(Chunk(lines, [pa.array(cells, pa.string()) for cells in table], broken), plan)


def codes(result: Clean) -> list[tuple[int, str]]:
    return [(reject.line, reject.code) for reject in result.rejects]


def test_every_row_ends_either_clean_or_rejected() -> None:
    result = clean(
        "orders", ORDER, ("1", "K", "2024-01-01", "5"), ("2", "", "2024-01-01", "5"), ("3", "K", "x", "y"), ("", "K", "2024-01-01", "5")
    )
    assert codes(result) == [(3, "missing"), (4, "not_a_date"), (5, "missing")]
    assert result.rows["order_id"].to_pylist() == ["1"]


def test_a_row_with_two_faults_is_rejected_once_and_both_count_against_the_match_rate() -> None:
    result = clean("orders", ORDER, ("1", "K", "x", "y"))
    assert len(result.rejects) == 1
    assert (result.cells, result.wrong, result.readable) == (4, 2, 0.5)


def test_broken_rows_stand_in_line_with_the_others() -> None:
    broken = BrokenRow(2, ["1", "2", "3", "4", "5"], "too_many_cells", {"cells": 5, "columns": 4})
    result = clean("orders", ORDER, ("1", "", "2024-01-01", "5"), ("1", "", "2024-01-01", "5"), broken=(broken,))
    assert [line for line, _ in codes(result)] == [2, 2, 3]


def test_a_reject_names_field_and_value() -> None:
    (reject,) = clean("orders", ORDER, ("1", "K", "2024-13-01", "5")).rejects
    assert (reject.params["field"], reject.params["value"]) == ("ordered_at", "2024-13-01")
    assert list(reject.cells) == ["1", "K", "2024-13-01", "5"]


@pytest.mark.parametrize(
    ("entity", "fields", "row", "code"),
    [
        ("orders", ("order_id", "customer_key", "ordered_at", "quantity", "price"), ("1", "K", "2024-01-01", "2", ""), "no_amount"),
        ("payments", ("payment_id", "customer_key", "amount", "due_on", "paid_at"), ("1", "K", "5", "", ""), "no_date"),
        ("payments", ("payment_id", "customer_key", "amount", "due_on"), ("1", "K", "-5", "2024-01-01"), "too_small"),
        (
            "contracts",
            ("contract_id", "customer_key", "amount", "starts_on", "ends_on"),
            ("1", "K", "5", "2024-02-01", "2024-01-01"),
            "ends_before_start",
        ),
        ("tickets", ("ticket_id", "customer_key", "opened_at", "closed_at"), ("1", "K", "2024-02-01", "2024-01-01"), "ends_before_start"),
        ("messages", ("customer_key", "sent_at", "text"), ("K", "2024-01-01", "x" * 20_001), "too_long"),
        ("messages", ("customer_key", "sent_at", "text", "direction"), ("K", "2024-01-01", "x", "sideways"), "not_a_choice"),
        ("contacts", ("customer_key", "name", "is_key"), ("K", "Ann", "perhaps"), "not_yes_or_no"),
    ],
)
def test_what_is_wrong_between_or_inside_cells_is_coded(entity: str, fields: tuple[str, ...], row: tuple[str, ...], code: str) -> None:
    assert codes(clean(entity, fields, row)) == [(2, code)]


def test_kept_columns_stay_with_their_rows() -> None:
    result = clean("orders", (*ORDER, "rest"), ("1", "", "2024-01-01", "5", "lost"), ("2", "K", "2024-01-01", "5", "kept"))
    assert result.rows["attr:rest"].to_pylist() == ["kept"]


cell = st.one_of(st.sampled_from(["", "K", "2024-01-01", "5", "-1", "NULL", "x"]), st.text(max_size=4))


@given(st.lists(st.tuples(cell, cell, cell, cell), min_size=1, max_size=20))
def test_no_row_is_lost_or_doubled_whatever_it_holds(rows: list[tuple[str, str, str, str]]) -> None:
    result = clean("orders", ORDER, *rows)
    rejected = [reject.line for reject in result.rejects]
    assert len(set(rejected)) == len(rejected)
    assert result.rows.num_rows + len(rejected) == len(rows)
    assert 0 <= result.readable <= 1
    assert result.rows["customer_key"].null_count == 0
