"""Rules and rows by chance: valid by construction, small values so that comparisons meet, missing values everywhere."""

from __future__ import annotations

from hypothesis import strategies as st

from liuke.base.times import DAY_US
from liuke.rules.columns import Catalogue, Column, ColumnType, Stratum
from liuke.rules.evaluate import Row
from liuke.rules.needs import demand_column
from liuke.rules.syntax import All, Any_, Condition, Follow, Node, Other, Rule, Swing

ZONE = "Europe/London"
NOW_US = 1_301_180_400_000_000
"""2011-03-27 00:00 in London: the clocks go forward that night, so days before and after differ in length."""
NUMBERS, TEXTS, FLAGS, MOMENTS, TAGS = (
    ("n1", "n2", "attr.n3"),
    ("t1", "attr.t2"),
    ("f1", "signal.SIG-20"),
    ("m1", "contract.ends_on"),
    ("tags",),
)
FOLLOW = Follow(("quote.requested",), ("order.placed",), 14, happens=False, last_days=90)
SWING = Swing(("login",), 13, 0.5, 0.5)
_TYPES = {
    ColumnType.NUMBER: NUMBERS, ColumnType.TEXT: TEXTS, ColumnType.FLAG: FLAGS, ColumnType.MOMENT: MOMENTS, ColumnType.TAGS: TAGS,
}  # fmt: skip
CATALOGUE: Catalogue = {name: Column(name, kind, Stratum.METRIC) for kind, names in _TYPES.items() for name in names}
WORDS = ("a", "b", "ab", "A", "%", "_", "'", "客户", "客", "é", "a b")
numbers = st.integers(-4, 4).map(float) | st.sampled_from([0.1, 0.2, 0.3, -0.5, 1e9])
texts = st.sampled_from(WORDS)
many_texts = st.lists(texts, min_size=1, max_size=3, unique=True).map(tuple)
moments = st.integers(-5, 5).map(lambda days: NOW_US + days * DAY_US) | st.integers(-200, 200).map(lambda us: NOW_US + us)
days = st.integers(1, 5)

_number = st.one_of(
    st.builds(Condition, st.sampled_from(NUMBERS), st.sampled_from(["eq", "ne", "lt", "le", "gt", "ge"]), numbers),
    st.builds(
        Condition, st.sampled_from(NUMBERS), st.sampled_from(["eq", "ne", "lt", "le", "gt", "ge"]),
        st.builds(Other, st.sampled_from(NUMBERS), times=st.sampled_from([1.0, 0.8, -1.0, 0.0]), plus=st.sampled_from([0.0, 0.1, -2.0])),
    ),
    st.tuples(st.sampled_from(NUMBERS), numbers, numbers).map(lambda t: Condition(t[0], "between", (min(t[1:]), max(t[1:])))),
)  # fmt: skip
_text = st.one_of(
    st.builds(Condition, st.sampled_from(TEXTS), st.sampled_from(["eq", "ne", "contains", "not_contains", "starts_with"]), texts),
    st.builds(Condition, st.sampled_from(TEXTS), st.sampled_from(["in", "not_in"]), many_texts),
)
_dates = st.sampled_from(["2011-03-26", "2011-03-27", "2011-03-28"])
dated = st.one_of(
    st.builds(Condition, st.sampled_from(MOMENTS), st.sampled_from(["before", "after"]), _dates),
    st.builds(
        Condition, st.sampled_from(MOMENTS), st.sampled_from(["before", "after"]),
        st.builds(Other, st.sampled_from(MOMENTS), days=st.integers(-3, 3)),
    ),
)  # fmt: skip
relative = st.builds(Condition, st.sampled_from(MOMENTS), st.sampled_from(["within_last", "within_next", "older_than"]), days)
_tagged = st.one_of(
    st.builds(Condition, st.just("tags"), st.sampled_from(["has", "has_not"]), texts),
    st.builds(Condition, st.just("tags"), st.just("has_any"), many_texts),
)
_flagged = st.builds(Condition, st.sampled_from(FLAGS), st.sampled_from(["is_true", "is_false"]))
_present = st.builds(Condition, st.sampled_from([*CATALOGUE]), st.sampled_from(["missing", "present"]))
timeless = st.one_of(_number, _text, dated, _tagged, _flagged, _present, st.just(FOLLOW), st.just(SWING))
"""Conditions that do not depend on now."""


def nodes(leaves: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Trees of 且 and 或 over `leaves`, not deeper than the language allows."""
    groups = lambda inner: st.lists(inner, min_size=1, max_size=3).map(tuple)  # noqa: E731 - three lines of a strategy
    return st.recursive(leaves, lambda inner: st.builds(All, groups(inner)) | st.builds(Any_, groups(inner)), max_leaves=6)


def rules(leaves: st.SearchStrategy[Node]) -> st.SearchStrategy[Rule]:
    """Rules with and without an exclusion."""
    return st.builds(Rule, nodes(leaves), st.none() | nodes(leaves))


timeless_rules = rules(timeless)
all_rules = rules(timeless | relative)
rows: st.SearchStrategy[Row] = st.fixed_dictionaries(
    {
        **dict.fromkeys(NUMBERS, st.none() | numbers | st.sampled_from([float("nan"), float("inf"), float("-inf")])),
        **dict.fromkeys(TEXTS, st.none() | texts),
        **dict.fromkeys(FLAGS, st.none() | st.booleans()),
        **dict.fromkeys(MOMENTS, st.none() | moments),
        "tags": st.none() | st.lists(texts, max_size=3, unique=True),
        demand_column(FOLLOW): st.none() | st.booleans(),
        demand_column(SWING): st.none() | st.booleans(),
    }
)
