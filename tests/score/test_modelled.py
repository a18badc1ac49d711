"""Log-odds as whole points: exact at every level, monotone, near what the model said."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from liuke.score.domain.anchors import Anchors
from liuke.score.domain.modelled import Modelled, Told, modelled, together, whole_parts

FAMILIES = ("consumption", "interaction", "service", "other")


def told(seed: int, rows: int = 40, columns: int = 9, spread: float = 1.0) -> Told:
    """A model's word about random customers."""
    random = np.random.default_rng(seed)
    parts = random.normal(0, spread, (rows, columns)) * (random.random((rows, columns)) < 0.7)
    base = float(random.normal())
    families = tuple(FAMILIES[place % len(FAMILIES)] for place in range(columns))
    return saying(base, tuple(f"c{place}" for place in range(columns)), families, parts)


def saying(base: float, names: tuple[str, ...], families: tuple[str, ...], parts: np.ndarray) -> Told:
    logit = base + parts.sum(axis=1)
    return Told(base, names, families, parts, logit, 1 / (1 + np.exp(-logit)))


def test_largest_remainders_get_what_flooring_left_over() -> None:
    parts = np.array([[1.6, 2.7, 0.7], [-0.5, -0.5, 4.0]])
    assert whole_parts(np.array([5, 3]), parts).tolist() == [[1, 3, 1], [0, -1, 4]]


@given(seed=st.integers(0, 10_000), columns=st.integers(1, 12))
def test_whole_parts_sum_to_the_whole_and_stay_within_one_of_the_parts(seed: int, columns: int) -> None:
    parts = np.random.default_rng(seed).normal(0, 8, (20, columns))
    whole = np.rint(parts.sum(axis=1))
    found = whole_parts(whole, parts)
    assert (found.sum(axis=1) == whole).all()
    assert (np.abs(found - parts) < 1 + 1e-9).all()


@settings(max_examples=60)
@given(seed=st.integers(0, 10_000), spread=st.floats(0, 3), watch=st.floats(-3, 2), gap=st.floats(0.5, 6))
def test_SCR_01_base_families_and_their_parts_add_up_exactly(seed: int, spread: float, watch: float, gap: float) -> None:
    said, anchors = told(seed, spread=spread), Anchors(watch, watch + gap)
    found = modelled(said, anchors)
    assert (found.total == np.rint(anchors.points(said.logit))).all()
    for place, family in enumerate(found.families):
        assert (found.parts[:, found.of_family(family)].sum(axis=1) == found.points[:, place]).all()
    assert found.base == round(found.base)


def test_points_are_near_what_the_model_said_of_each_column() -> None:
    said, anchors = told(5), Anchors(-1.0, 1.5)
    exact = said.parts * anchors.slope
    assert np.abs(modelled(said, anchors).parts - exact).max() < 2.5


@given(seed=st.integers(0, 10_000), more=st.floats(0, 4))
def test_higher_log_odds_never_give_a_lower_total(seed: int, more: float) -> None:
    said = told(seed)
    moved = saying(said.base, said.names, said.families, said.parts + np.eye(1, 9)[0] * more)
    before, after = (modelled(one, Anchors(-1.0, 1.0)) for one in (said, moved))
    assert (after.total >= before.total).all()
    assert (after.probability >= before.probability).all()


def test_the_probability_is_kept_as_the_model_said_it() -> None:
    said = told(2)
    assert (modelled(said, Anchors(0.0, 2.0)).probability == said.probability).all()


def test_a_slice_gets_the_points_of_the_run_over_all() -> None:
    said, anchors = told(11, rows=30), Anchors(-0.5, 1.0)
    whole = modelled(said, anchors)
    halves = [modelled(saying(said.base, said.names, said.families, said.parts[rows]), anchors) for rows in halved(30)]
    joined = together(halves)
    assert isinstance(joined, Modelled)
    assert (joined.parts == whole.parts).all()
    assert (joined.points == whole.points).all()
    assert (joined.probability == whole.probability).all()


def halved(size: int) -> list[slice]:
    return [slice(0, size // 2), slice(size // 2, size)]
