"""DAT-13: customers compared with each other: segment baselines and quintiles."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liuke.base.errors import Invalid
from liuke.features.domain.metric import Aggregate, Baseline, Declared, Metric, Quintile, Ratio, named_once
from liuke.features.domain.moment import Moment
from liuke.features.service import Source, features_compute, peers_compute
from tests.features.plainly_patterns import baseline, quintile
from tests.features.stream import AS_OF, Did, runner, stream

SPENT = Metric("spent", Aggregate.SUM, ("order.placed",))
LAST = Metric("last", Aggregate.LAST, ("order.placed",))
PEERS = Baseline("peers", "last", "attr.industry", least=2)
ALL = Baseline("all", "last", least=3)
FIFTH, TOP = Quintile("fifth", "last"), Quintile("third", "last", tiles=3, rising=False)
METRICS: list[Declared] = [SPENT, LAST, PEERS, ALL, FIFTH, TOP]

people = st.dictionaries(
    st.integers(1, 30),
    st.tuples(st.none() | st.integers(0, 40).map(float), st.sampled_from([None, "shop", "factory", "school"])),
    max_size=25,
)


def rows_of(values: dict[int, float | None]) -> list[Did]:
    """An order with the value, or only a log-in."""
    return [Did(one, 3, "login", None) if value is None else Did(one, 3, value=value) for one, value in values.items()]


def computed(values: dict[int, float | None], groups: dict[int, str | None] | None, **arguments: object) -> list[dict[str, object]]:
    """The metrics, with the customers' industry."""
    table = None
    if groups is not None:
        industry = pa.array(list(groups.values()), pa.string())
        table = pa.table({"customer_id": pa.array(list(groups), pa.int64()), "attr.industry": industry, "owner": industry})
    source = Source(runner(stream(rows_of(values))))
    return features_compute(source=source, metrics=METRICS, moment=Moment(AS_OF, "UTC"), groups=table, **arguments).to_pylist()


@settings(max_examples=40, deadline=None)
@given(people)
def test_baselines_and_quintiles_equal_their_definition_in_plain_python(who: dict[int, tuple[float | None, str | None]]) -> None:
    values, groups = {one: value for one, (value, _) in who.items()}, {one: group for one, (_, group) in who.items()}
    for row in computed(values, groups):
        customer = int(str(row["customer_id"]))
        for asked in (PEERS, ALL):
            expected = baseline(values, groups, asked, customer)
            assert row[asked.name] == (None if expected is None else pytest.approx(expected, rel=1e-12)), asked
        for tile in (FIFTH, TOP):
            assert row[tile.name] == quintile(values, tile, customer), tile


@settings(max_examples=15, deadline=None)
@given(people, st.booleans())
def test_a_slice_is_compared_with_everybody(who: dict[int, tuple[float | None, str | None]], grouped: bool) -> None:
    values = {one: value for one, (value, _) in who.items()}
    groups = {one: group for one, (_, group) in who.items()} if grouped else None
    everybody = computed(values, groups)
    assert computed(values, groups, customers=[1, 2, 3]) == [row for row in everybody if row["customer_id"] in {1, 2, 3}]


def test_half_of_what_is_usual_in_the_industry_is_one_half() -> None:
    values = {1: 50.0, 2: 100.0, 3: 100.0, 4: 7.0, 5: 9.0}
    groups = dict.fromkeys((1, 2, 3), "shop") | dict.fromkeys((4, 5), None)
    by_customer = {row["customer_id"]: row for row in computed(values, groups)}
    assert by_customer[1]["peers"] == 0.5
    assert by_customer[4]["peers"] is None, "an unknown industry is no group"


def test_without_the_customers_attributes_a_baseline_is_unknown_and_the_rest_is_there() -> None:
    [row] = computed({1: 5.0}, None)
    assert (row["peers"], row["all"], row["fifth"]) == (None, None, 1.0)


def test_ties_are_broken_by_the_customers_number() -> None:
    rows = computed(dict.fromkeys(range(1, 11), 4.0), None)
    assert [row["fifth"] for row in rows] == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_a_table_of_features_can_be_compared_by_itself() -> None:
    table = pa.table({"customer_id": [1, 2, 3], "last": [1.0, 2.0, None]})
    found = peers_compute(table, [Baseline("b", "last", least=1)])
    assert found.sort_by("customer_id")["b"].to_pylist() == [pytest.approx(2 / 3), pytest.approx(4 / 3), None]


def test_a_comparison_of_comparisons_is_refused() -> None:
    with pytest.raises(Invalid) as caught:
        named_once([LAST, ALL, Quintile("q", "all"), Baseline("b", "nowhere"), Ratio("r", "last", "all")])
    assert [str(fault) for fault in caught.value.params["faults"]] == [
        "q: no metric 'all'",
        "b: no metric 'nowhere'",
        "r: no metric 'all'",
    ]
