"""SIG-41: a trial without its core feature."""

from __future__ import annotations

import pytest

from tests.features.stream import Did
from tests.signals.alone import alone


def trial(ago: float) -> Did:
    """A trial that was activated."""
    return Did(1, ago, "trial.started", None)


def used(ago: float, attrs: str) -> Did:
    """A use of a feature."""
    return Did(1, ago, "feature.used", None, attrs=attrs)


CORE, OTHER = '{"core":true}', '{"core":false}'


@pytest.mark.parametrize(
    ("history", "word"),
    [
        ([trial(7)], "yes"),
        ([trial(6.9)], "no"),
        ([trial(10), used(5, OTHER)], "yes"),
        ([trial(10), used(5, CORE)], "no"),
        ([trial(10), used(5, "{}")], "unknown"),
        ([trial(31)], "no"),
        ([trial(20), Did(1, 5, "contract.started")], "no"),
        ([Did(1, 10, "login", None)], "no"),
    ],
)
def test_SIG_41_seven_days_after_activation_without_the_core_feature_fire(history: list[Did], word: str) -> None:
    assert alone("SIG-41", *history, others=("trial.started", "feature.used")).word == word


def test_SIG_41_without_any_use_of_features_in_the_workspace_it_is_unknown() -> None:
    assert alone("SIG-41", trial(10)).missing == "missing.no_core_use"
    assert alone("SIG-41", used(1, CORE)).missing == "missing.no_trials"


def test_SIG_41_says_how_long() -> None:
    assert alone("SIG-41", trial(9.5), others=("feature.used",)).text == "No core feature used 9 days after the trial began (limit 7 days)"
