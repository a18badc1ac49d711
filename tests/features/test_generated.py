"""The made activities of the benches: always the same, skewed, with every kind, and with stories that are there to be found."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from bench.generate import START_US, Made, contracts, customers, months, stories, write_parquet, write_warehouse
from bench.generate_stories import STORIES

from liuke.base.times import DAY_US, from_us
from liuke.facts.domain.activity import ACTIVITY_SCHEMA
from liuke.facts.domain.kinds import Kind
from liuke.features.domain.builtin import BY_CODE
from liuke.features.domain.metric import Swing
from liuke.features.domain.moment import Moment
from liuke.features.service import Source, features_compute
from liuke.warehouse.files import Files
from tests.features.stream import runner

SMALL = Made(customers=600, events=60_000)


@pytest.fixture(scope="module")
def activity() -> pa.Table:
    """All of a small company."""
    return pa.concat_tables([contracts(SMALL), *months(SMALL)])


def test_the_same_arguments_make_the_same_bytes_and_another_seed_others(activity: pa.Table) -> None:
    again = pa.concat_tables([contracts(Made(600, 60_000)), *months(Made(600, 60_000))])
    assert again.equals(activity)
    assert not next(months(Made(600, 60_000, seed=8))).equals(next(months(SMALL)))


def test_the_stream_has_the_contracts_shape_the_size_asked_for_and_every_kind(activity: pa.Table) -> None:
    assert activity.schema == ACTIVITY_SCHEMA
    assert activity.num_rows == 60_000 + 2 * 200
    assert set(activity["kind"].unique().to_pylist()) == {kind.value for kind in Kind}
    assert len(set(activity["activity_id"].to_pylist())) == activity.num_rows
    known = activity["known_us"].to_numpy() - activity["ts_us"].to_numpy()
    ahead = np.asarray(activity["kind"].to_pylist()) == Kind.CONTRACT_ENDS.value
    assert (known[~ahead] >= 0).all()
    assert (known[ahead] < 0).all()


def test_few_customers_do_most_of_it(activity: pa.Table) -> None:
    counts = np.sort(np.bincount(activity["customer_id"].to_numpy(), minlength=601))[::-1]
    assert 0.4 < counts[:60].sum() / counts.sum() < 0.75


def test_nobody_does_anything_before_signing_up_or_after_the_end(activity: pa.Table) -> None:
    people = SMALL.people
    done = activity.filter(pa.compute.not_equal(activity["source"], "")).slice(400)
    customer, ts = done["customer_id"].to_numpy() - 1, done["ts_us"].to_numpy()
    assert (ts >= START_US + people.signup[customer] * DAY_US).all()
    assert (ts < START_US + people.end[customer] * DAY_US).all()


def test_every_story_is_told_and_those_who_are_lost_end(activity: pa.Table) -> None:
    told = stories(SMALL).to_pandas()
    assert set(told["story"]) == {story.name for story in STORIES}
    lost = {story.name for story in STORIES if story.lost}
    assert set(told[told["ends_us"].notna()]["story"]) <= lost
    assert told[~told["story"].isin(lost)]["ends_us"].isna().all()
    assert activity.num_rows


def values(activity: pa.Table, name: str, day: int) -> dict[int, float | None]:
    """A metric of everybody as of a day."""
    metrics = (Swing("swing", (Kind.PAGE_VIEWED.value, Kind.LOGIN.value), weeks=12),) if name == "swing" else BY_CODE[name].declared
    moment = Moment(from_us(START_US + day * DAY_US), "UTC")
    table = features_compute(source=Source(runner(activity)), metrics=metrics, moment=moment)
    return dict(zip(table["customer_id"].to_pylist(), table[name].to_pylist(), strict=True))


@pytest.mark.parametrize(
    ("story", "metric", "rises"),
    [("shrinking", "order_amount_90_change", False), ("complaining", "ticket_n_30", True), ("not_paying", "overdue_n_90", True)],
)
def test_a_story_moves_the_number_that_its_signal_reads(activity: pa.Table, story: str, metric: str, rises: bool) -> None:
    told = stories(SMALL).to_pandas().set_index("customer_id")["story"]
    day = SMALL.days if story == "shrinking" else None
    inside, outside = [], []
    if day is not None:
        now = values(activity, metric, day)
        inside = [value for customer, value in now.items() if told[customer] == story and value is not None]
        outside = [value for customer, value in now.items() if told[customer] == "steady" and value is not None]
    else:
        for at in range(360, SMALL.days + 1, 60):
            now = values(activity, metric, at)
            warned = SMALL.people.is_story(story) & (SMALL.people.warning + 25 < at) & (SMALL.people.end >= at)
            inside += [now[number + 1] or 0.0 for number in np.flatnonzero(warned) if number + 1 in now]
            outside += [value or 0.0 for customer, value in now.items() if told[customer] == "steady"]
    assert len(inside) >= 3
    assert (np.mean(inside) > 2 * np.mean(outside)) if rises else (np.median(inside) < 0.6 * np.median(outside))


def test_silence_begins_where_the_silent_end(activity: pa.Table) -> None:
    now = values(activity, "interaction_since", SMALL.days)
    ends = stories(SMALL).to_pandas().set_index("customer_id")
    gone = ends[(ends["story"] == "silent") & (ends["ends_us"] < START_US + (SMALL.days - 60) * DAY_US)].index
    alive = ends[ends["story"] == "steady"].index
    assert min(now[one] for one in gone if one in now) > 60
    assert np.median([now[one] for one in alive if one in now]) < 10


def test_files_and_the_warehouse_hold_the_same_activities(tmp_path: Path) -> None:
    made = Made(customers=50, events=2_000, days=90)
    assert write_parquet(made, tmp_path) == write_warehouse(made, tmp_path / "warehouse", 3) == 2_034
    files = pq.read_table(tmp_path / "activity")
    assert files.num_rows == 2_034
    opened = Files(tmp_path / "warehouse")
    with opened.cursor(3) as cursor:
        stored = cursor.execute(f"SELECT {', '.join(ACTIVITY_SCHEMA.names)} FROM activity").to_arrow_table()
        assert cursor.execute("SELECT count(DISTINCT key) FROM activity").fetchone() == (2_034,)
    opened.close_idle(idle_s=0)
    keys = [("activity_id", "ascending")]
    assert stored.sort_by(keys).cast(ACTIVITY_SCHEMA).equals(files.select(ACTIVITY_SCHEMA.names).cast(ACTIVITY_SCHEMA).sort_by(keys))
    assert customers(made).num_rows == pq.read_table(tmp_path / "customers.parquet").num_rows == 50
