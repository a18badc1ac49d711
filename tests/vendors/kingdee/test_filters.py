"""What gets into FilterString."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.vendors.kingdee.filters import after, among, compare, every, field, literal

PRINTABLE = st.text(st.characters(min_codepoint=32, exclude_categories=("Cs",)), max_size=40)


@pytest.mark.parametrize("name", ["FBillNo", "FCustId.FNumber", "FSaleOrderEntry_FEntryId", "F_PAEZ_Amount", "FA.FB.FC"])
def test_names_of_fields_pass(name: str) -> None:
    assert field(name) == name


@pytest.mark.parametrize("name", ["", "1=1", "FBillNo;", "FBillNo--", "F Bill", "F'x", "FA..FB", "A.B.C.D", "FBillNo)", "客户", "F" * 90])
def test_everything_else_is_no_name(name: str) -> None:
    with pytest.raises(ValueError, match="field name"):
        field(name)


@given(PRINTABLE)
def test_a_value_stays_one_value_whatever_quotes_it_holds(value: str) -> None:
    with sqlite3.connect(":memory:") as database:
        assert database.execute(f"SELECT {literal(value)}").fetchone() == (value,)


@pytest.mark.parametrize("value", ["a\nb", "\0", "x" * 201])
def test_control_characters_and_endless_values_are_refused(value: str) -> None:
    with pytest.raises(ValueError, match="plain value"):
        literal(value)


def test_only_known_operators() -> None:
    with pytest.raises(ValueError, match="operator"):
        compare("FDate", "LIKE", "x")


def test_conditions_join_and_blanks_fall_out() -> None:
    assert every("", "a = 1") == "a = 1"
    assert every("a = 1", "b = 2 OR c = 3") == "(a = 1) AND (b = 2 OR c = 3)"
    assert every() == ""


def test_no_value_is_met_by_nothing() -> None:
    assert among("FBillNo", []) == "1 = 0"
    assert among("FBillNo", ["A'1", "B"]) == "FBillNo IN ('A''1', 'B')"


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3)), unique=True, min_size=1), st.data())
def test_after_a_place_come_exactly_the_rows_behind_it_in_order(rows: list[tuple[int, int, int]], data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(rows))
    with sqlite3.connect(":memory:") as database:
        database.execute("CREATE TABLE t (a, b, c)")
        database.executemany("INSERT INTO t VALUES (?, ?, ?)", rows)
        found = database.execute(f"SELECT * FROM t WHERE {after(zip('abc', place, strict=True))} ORDER BY a, b, c").fetchall()
    assert found == sorted(row for row in rows if row > place)
