"""The manners of alerting are checked as a whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.alert.domain.policy import DEFAULT_POLICY, LIMITS, from_plain
from liuke.base.errors import Invalid
from liuke.score.domain.levels import Level


def test_ALT_12_the_defaults_are_the_mission_s() -> None:
    policy = from_plain({})
    assert policy == DEFAULT_POLICY
    assert (policy.pushes_per_owner_and_day, policy.stock_releases_per_owner_and_day) == (2, 3)
    assert (policy.close_margin_points, policy.close_after_days, policy.push_from) == (5.0, 3, Level.MEDIUM)


def test_every_fault_is_told_at_once_with_what_is_allowed() -> None:
    with pytest.raises(Invalid) as caught:
        from_plain({"pushes_per_owner_and_day": 99, "close_after_days": 1.5, "push_from": "normal", "sla_hours": {"high": -1}, "colour": 1})
    faults = caught.value.params["faults"]
    assert isinstance(faults, list)
    assert {fault["field"] for fault in faults} == {"pushes_per_owner_and_day", "close_after_days", "push_from", "sla_hours", "colour"}
    assert all(fault["allowed"] for fault in faults)


@pytest.mark.parametrize("value", ["2", True, None, [2]])
def test_a_number_of_another_type_is_refused(value: object) -> None:
    with pytest.raises(Invalid):
        from_plain({"pushes_per_owner_and_day": value})


def test_sla_hours_of_absent_levels_keep_their_default_and_normal_is_ignored() -> None:
    policy = from_plain({"sla_hours": {"high": 8, "normal": 5}})
    assert (policy.due_hours(Level.HIGH), policy.due_hours(Level.MEDIUM), policy.due_hours(Level.EARLY)) == (8, 72, None)


@given(st.fixed_dictionaries({name: st.integers(int(low), int(high)) for name, (low, high) in LIMITS.items()}))
def test_plain_data_reads_back_as_the_same_policy(data: dict[str, int]) -> None:
    policy = from_plain(data)
    assert from_plain(policy.to_plain()) == policy
