"""JSON text built a column at a time is the JSON that Python reads back."""

from __future__ import annotations

import json
import math

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from liuke.align.domain.jsontext import json_objects

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters='\n\t\r"\\'), max_size=12)


@given(st.lists(st.tuples(st.one_of(st.none(), texts), st.one_of(st.none(), st.floats()), st.one_of(st.none(), st.booleans())), max_size=9))
def test_every_value_reads_back_and_empty_ones_are_left_out(rows: list[tuple[str | None, float | None, bool | None]]) -> None:
    columns = {
        'a"b': pa.array([row[0] for row in rows], pa.string()),
        "number": pa.array([row[1] for row in rows], pa.float64()),
        "yes": pa.array([row[2] for row in rows], pa.bool_()),
    }
    for text, row in zip(json_objects(columns).to_pylist(), rows, strict=True):
        expected = {name: value for name, value in zip(columns, row, strict=True) if value not in (None, "")}
        if isinstance(row[1], float) and not math.isfinite(row[1]):
            expected.pop("number")
        assert json.loads(text) == expected


def test_control_characters_are_dropped() -> None:
    assert json_objects({"a": pa.array(["x\x00\x1fy"])}).to_pylist() == ['{"a":"xy"}']
