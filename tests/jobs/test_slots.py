"""Slots of a schedule."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from liuke.jobs.domain.slots import slot_after

moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC))  # noqa: DTZ001


@given(slot=moments, now=moments, minutes=st.integers(1, 10_000))
def test_the_next_slot_is_the_first_one_in_the_future(slot: datetime, now: datetime, minutes: int) -> None:
    every = timedelta(minutes=minutes)
    following = slot_after(slot, every, now)
    assert following > max(slot, now - every)
    assert following > now
    assert (following - slot) % every == timedelta(0)
    assert following - every <= max(now, slot)
