"""`liuke.score` on the frames people have: Arrow, pandas, polars; any customer id; clear answers to faulty ones."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import liuke
from liuke.base.errors import Invalid, NotFound

AS_OF = datetime(2026, 6, 1, tzinfo=UTC)


def bought(customers: list[object]) -> dict[str, list[object]]:
    """Monthly orders; the n-th customer has been silent for n × 15 days."""
    rows = [(who, AS_OF - timedelta(days=15 * at + 30 * month + 1)) for at, who in enumerate(customers) for month in range(8)]
    return {
        "customer_id": [who for who, _ in rows],
        "ts": [when for _, when in rows],
        "kind": ["order.placed"] * len(rows),
        "value": [100.0] * len(rows),
    }


NAMES = [f"c{number:02d}" for number in range(30)]


def test_arrow_pandas_and_polars_give_the_same_table() -> None:
    data = bought(NAMES)
    arrow = liuke.score(pa.table(data), as_of=AS_OF)
    assert arrow["customer_id"].to_pylist() == NAMES
    assert liuke.score(pd.DataFrame(data), as_of=AS_OF).to_pylist() == arrow.to_pylist()
    assert liuke.score(pl.DataFrame(data), as_of=AS_OF).to_pylist() == arrow.to_pylist()


def test_points_of_the_reasons_add_up_and_silence_costs() -> None:
    table = liuke.score(pa.table(bought(NAMES)), as_of=AS_OF, industry="retail")
    for row in table.to_pylist():
        assert row["base"] + sum(reason["points"] for reason in json.loads(row["reasons"])) == row["score"]
    scores = table["score"].to_pylist()
    assert scores[0] < scores[15]


@pytest.mark.parametrize("ids", [list(range(100, 130)), [float(n) + 0.5 for n in range(30)], NAMES])
def test_a_customer_id_keeps_its_type(ids: list[object]) -> None:
    frame = pa.table(bought(ids))
    table = liuke.score(frame, as_of=AS_OF)
    assert table.schema.field("customer_id").type == frame.schema.field("customer_id").type
    assert table["customer_id"].to_pylist() == ids


def test_categories_of_pandas_are_read_as_what_they_stand_for() -> None:
    frame = pd.DataFrame(bought(NAMES)).astype({"customer_id": "category", "kind": "category"})
    assert liuke.score(frame, as_of=AS_OF)["customer_id"].to_pylist() == NAMES


def test_listed_customers_who_did_nothing_get_the_base_score_without_confidence() -> None:
    table = liuke.score(pa.table(bought(NAMES)), pd.DataFrame({"customer_id": ["zz", "c00"]}), as_of=AS_OF)
    last = table.to_pylist()[-1]
    assert table.num_rows == 31
    assert (last["customer_id"], last["score"], last["confidence"], last["reasons"]) == ("zz", last["base"], 0.0, "[]")


def test_naive_times_are_local_to_the_zone() -> None:
    data = bought(NAMES)
    local = pa.table({**data, "ts": [when.replace(tzinfo=None) + timedelta(hours=8) for when in data["ts"]]})
    scored = liuke.score(local, as_of="2026-06-01T08:00", zone="Asia/Shanghai")
    assert scored["last_order_us"].to_pylist() == liuke.score(pa.table(data), as_of=AS_OF)["last_order_us"].to_pylist()


def test_rows_known_only_later_do_not_count() -> None:
    data = bought(["a"])
    data["known_at"] = [AS_OF + timedelta(days=1), *data["ts"][1:]]
    assert (
        liuke.score(pa.table(data), as_of=AS_OF)["last_order_us"].to_pylist()
        != liuke.score(pa.table(bought(["a"])), as_of=AS_OF)["last_order_us"].to_pylist()
    )


def test_all_faults_of_a_frame_are_told_at_once() -> None:
    frame = pa.table({"customer_id": [1, None], "ts": ["2026-01-01", "soon"], "amount": [1.0, 2.0]})
    with pytest.raises(Invalid) as caught:
        liuke.score(frame, as_of=AS_OF)
    faults = " | ".join(caught.value.params["faults"])
    for part in (
        "'kind' is missing",
        "'value' is missing",
        "'amount' is unknown",
        "'ts' must be timestamps",
        "'customer_id' is empty in 1 rows",
    ):
        assert part in faults


@pytest.mark.parametrize(
    ("change", "part"), [({"zone": "Mars/Base"}, "IANA"), ({"as_of": "soon"}, "ISO"), ({"activities": [1]}, "frame, not list")]
)
def test_other_faulty_arguments_say_what_is_allowed(change: dict[str, object], part: str) -> None:
    arguments = {"activities": pa.table(bought(["a"])), "as_of": AS_OF} | change
    with pytest.raises(Invalid, match=part):
        liuke.score(arguments.pop("activities"), **arguments)


def test_an_unknown_industry_lists_the_known_ones() -> None:
    with pytest.raises(NotFound, match="ecommerce"):
        liuke.score(pa.table(bought(["a"])), as_of=AS_OF, industry="space")


def test_a_configuration_as_plain_data_changes_the_score() -> None:
    frame = pa.table(bought(NAMES))
    plain = {"base": 40, "signals": {"SIG-21": {"enabled": False}}}
    table = liuke.score(frame, as_of=AS_OF, config=plain)
    assert set(table["base"].to_pylist()) == {40.0}
    assert "SIG-21" not in "".join(table["reasons"].to_pylist())


def test_an_empty_frame_gives_an_empty_table() -> None:
    empty = pa.table(bought(NAMES)).slice(0, 0)
    assert liuke.score(empty, as_of=AS_OF).num_rows == 0


def test_scoring_a_frame_needs_no_django_and_importing_liuke_loads_no_engine() -> None:
    code = """
import sys, liuke
assert not {"ibis", "duckdb", "numpy", "django"} & set(sys.modules)
import pyarrow as pa, datetime as d
now = d.datetime(2026, 6, 1, tzinfo=d.UTC)
frame = pa.table({"customer_id": ["a"], "ts": [now - d.timedelta(days=9)], "kind": ["order.placed"], "value": [1.0]})
assert liuke.score(frame, as_of=now).num_rows == liuke.score(frame, as_of=now).num_rows == 1
assert not any(name.split(".")[0] == "django" for name in sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], check=True)
