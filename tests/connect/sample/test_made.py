"""Made rows: reproducible, and never dependent on what a customer did later."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from liuke.connect.sources.sample import names
from liuke.connect.sources.sample.chance import Chance
from liuke.connect.sources.sample.lines import sample_lines
from liuke.connect.sources.sample.made import made_tables

CUT = int(datetime(2011, 5, 1, tzinfo=UTC).timestamp() * 1e6)


@pytest.fixture(scope="module")
def lines() -> pa.Table:
    return sample_lines()


def test_the_same_seed_makes_the_same_rows(lines: pa.Table) -> None:
    few = lines.slice(0, 30_000)
    assert made_tables(few, CUT) == made_tables(few, CUT)
    assert made_tables(few, CUT, seed=1)["messages"] != made_tables(few, CUT)["messages"]


@pytest.mark.parametrize("entity", ["messages", "tickets", "surveys", "payments", "contracts", "opportunities"])
def test_later_orders_change_nothing_that_was_made_before(lines: pa.Table, entity: str) -> None:
    whole = made_tables(lines, CUT)[entity]
    past = made_tables(lines.filter(pc.less(lines["ts_us"], CUT)), CUT)[entity]
    if entity == "opportunities":
        assert whole == past
        return
    if entity == "contracts":
        assert past == whole.filter(pc.is_in(whole["contract_id"], value_set=past["contract_id"].combine_chunks()))
        return
    key = f"{entity.removesuffix('s')}_id"
    known = set(past[key].to_pylist())
    assert past.sort_by(key).to_pylist() == [row for row in whole.sort_by(key).to_pylist() if row[key] in known]


def test_company_names_of_neighbouring_numbers_never_meet() -> None:
    assert len({names.company_name(number) for number in range(12_000, 42_000)}) == 30_000


def test_made_addresses_lead_nowhere() -> None:
    assert names.email_address("Kate Hill", "Swan Barn & Co.") == "kate.hill@swanbarnco.example"
    assert names.phone_number(12346).startswith("+44 7700 900")


def test_chance_is_even_and_streams_are_independent() -> None:
    chance = Chance(np.arange(20_000), 7)
    first, second = chance.uniform("one"), chance.uniform("two")
    assert abs(first.mean() - 0.5) < 0.01
    assert abs(np.corrcoef(first, second)[0, 1]) < 0.03
    assert np.array_equal(chance.at(chance.keys > 9).uniform("one"), first[10:])
