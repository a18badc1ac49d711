"""SIG-31, SIG-35: under the baseline, and falling in a row."""

from __future__ import annotations

import pytest

from tests.features.stream import Did
from tests.signals.alone import alone


def rated(*marks: float, kind: str = "survey.answered") -> list[Did]:
    """Ratings 0–100, the newest first, ten days apart."""
    return [Did(1, 3 + 10 * at, kind, None, attrs=f'{{"satisfaction":{mark}}}') for at, mark in enumerate(marks)]


@pytest.mark.parametrize(("marks", "word"), [((59,), "yes"), ((60,), "no"), ((90, 20), "yes"), ((90, 31), "no")])
def test_SIG_31_a_mean_under_the_baseline_fires(marks: tuple[float, ...], word: str) -> None:
    assert alone("SIG-31", *rated(*marks)).word == word


def test_SIG_31_the_baseline_is_the_workspaces_own_number() -> None:
    assert alone("SIG-31", *rated(70), baseline=80, language="zh-CN").text == "近180天满意度70，低于基准80（0–100）"


@pytest.mark.parametrize(
    ("marks", "word"), [((40, 60, 80), "yes"), ((40, 60, 60), "no"), ((60, 40, 80), "no"), ((40, 80), "no"), ((70,), "no")]
)
def test_SIG_35_each_of_the_newest_ratings_is_lower_than_the_one_before(marks: tuple[float, ...], word: str) -> None:
    assert alone("SIG-35", *rated(*marks)).word == word


def test_SIG_35_stars_and_surveys_stand_on_one_scale() -> None:
    mixed = [rated(40, kind="rating.given")[0], *rated(99, 60, 80)[1:]]
    assert alone("SIG-35", *mixed).text == "Satisfaction fell 2 times in a row"


@pytest.mark.parametrize("code", ["SIG-31", "SIG-35"])
def test_ratings_on_an_unknown_scale_and_customers_without_any_are_unknown(code: str) -> None:
    assert alone(code, Did(1, 3, "survey.answered", 4.0)).missing == "missing.no_ratings_of_customer"
    assert alone(code, Did(1, 3), others=("survey.answered",)).word == "unknown"
    assert alone(code, Did(1, 3)).missing == "missing.no_ratings"
