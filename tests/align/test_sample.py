"""The sample workspace as it arrives."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from liuke.align.domain.batch import ALIGNED_ACTIVITY_SCHEMA, AlignedBatch
from liuke.align.service.sample import sample_batches
from liuke.facts.domain.kinds import Kind

AS_OF = datetime(2011, 9, 9, 23, tzinfo=UTC)


@pytest.fixture(scope="module")
def batches() -> list[AlignedBatch]:
    return list(sample_batches(as_of=AS_OF))


def activities(batch: AlignedBatch) -> pa.Table:
    return pa.concat_tables([table for table in batch.activities if isinstance(table, pa.Table)])


def test_the_real_part_has_the_numbers_of_the_attribution(batches: list[AlignedBatch]) -> None:
    real = activities(batches[0])
    counts = {row["values"]: row["counts"] for row in pc.value_counts(real["kind"]).to_pylist()}
    assert counts == {"order.line": 809_560}
    assert len(batches[0].customers) == 5_942
    assert pc.count_distinct(real["activity_id"]).as_py() == real.num_rows


def test_times_are_london_time_in_utc(batches: list[AlignedBatch]) -> None:
    found = activities(batches[0])
    (summer, *_) = found.filter(pc.match_substring(found["attrs"], '"order_id":"514217"')).to_pylist()
    assert summer["ts_us"] == datetime(2010, 7, 1, 7, 39, tzinfo=UTC).timestamp() * 1e6
    first = pc.min(activities(batches[0])["ts_us"]).as_py()
    assert first == datetime(2009, 12, 1, 7, 45, tzinfo=UTC).timestamp() * 1e6


def test_every_made_activity_says_that_it_is_made(batches: list[AlignedBatch]) -> None:
    made = activities(batches[1])
    assert all(json.loads(text)["sample"] is True for text in made["attrs"].to_pylist())
    assert set(made["source"].unique().to_pylist()) == {"sample-made"}
    assert made.num_rows < 80_000
    assert not any("sample" in json.loads(text) for text in activities(batches[0]).slice(0, 500)["attrs"].to_pylist())


def test_made_records_and_made_fields_are_marked(batches: list[AlignedBatch]) -> None:
    assert {tuple(row.sample_fields) for row in batches[0].customers} == {("name", "industry")}
    assert all(row.is_sample for rows in (batches[1].contacts, batches[1].contracts, batches[1].opportunities) for row in rows)


def test_names_are_distinct_and_countries_real(batches: list[AlignedBatch]) -> None:
    assert len({row.name for row in batches[0].customers}) == 5_942
    assert {row.attributes["country"] for row in batches[0].customers} >= {"United Kingdom", "Germany", "EIRE"}


def test_contracts_end_around_the_opening_day(batches: list[AlignedBatch]) -> None:
    ends = [row.ends_on for row in batches[1].contracts]
    assert date(2011, 6, 1) <= min(ends)
    assert max(ends) <= date(2012, 3, 31)
    assert len(ends) > 300


def test_opportunities_were_last_changed_before_the_opening_day(batches: list[AlignedBatch]) -> None:
    assert max(row.updated_at for row in batches[1].opportunities) < AS_OF


def test_all_kinds_belong_to_the_vocabulary_and_the_schema_holds(batches: list[AlignedBatch]) -> None:
    for batch in batches:
        table = activities(batch)
        assert table.schema == ALIGNED_ACTIVITY_SCHEMA
        assert set(table["kind"].unique().to_pylist()) <= set(Kind)


def test_every_row_belongs_to_a_customer_of_the_sample(batches: list[AlignedBatch]) -> None:
    keys = {row.key for row in batches[0].customers}
    for batch in batches:
        assert set(activities(batch)["customer_key"].unique().to_pylist()) <= keys
