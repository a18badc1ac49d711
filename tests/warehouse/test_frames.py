"""The frame of a workspace, on both engines."""

from __future__ import annotations

import pyarrow as pa

from liuke.base.times import from_us
from liuke.warehouse.domain.steps import Warehouse
from liuke.warehouse.frames import frame_moment, frame_schema, frame_write


def test_a_frame_takes_the_place_of_the_one_before_whatever_its_columns(warehouse: Warehouse, ws: int) -> None:
    assert frame_moment(warehouse, ws) is None
    first = pa.table({"customer_id": [2, 1], "attr.country": ["UK", None], "tags": [["vip"], []]})
    assert frame_write(warehouse, ws, as_of_us=5, frame=first) == 2
    assert frame_schema(warehouse, ws) == {
        "customer_id": "BIGINT",
        "attr.country": "VARCHAR",
        "tags": "VARCHAR[]",
        "as_of_us": "BIGINT",
    }
    assert frame_write(warehouse, ws, as_of_us=7_000_000, frame=pa.table({"customer_id": [1], "signal.SIG-08": [True]})) == 1
    assert frame_moment(warehouse, ws) == from_us(7_000_000)
    assert warehouse.query(ws, 'SELECT customer_id, "signal.SIG-08" AS fired FROM frame').to_pylist() == [{"customer_id": 1, "fired": True}]


def test_an_empty_frame_has_no_moment(warehouse: Warehouse, ws: int) -> None:
    assert frame_write(warehouse, ws, as_of_us=5, frame=pa.table({"customer_id": pa.array([], pa.int64())})) == 0
    assert frame_moment(warehouse, ws) is None
