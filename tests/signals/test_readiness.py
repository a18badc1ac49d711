"""DAT-15: which signals the data can tell, for how many customers, and why not."""

from __future__ import annotations

import json

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.signals.domain.readiness import NEEDS_TEXT, State, missing_counts, readiness_of
from liuke.signals.service import signal_get

SIG_24 = signal_get("SIG-24")
BOTH = ("order.placed", "ticket.opened")
PATTERNS = st.dictionaries(st.sampled_from(["SIG-20", "SIG-21", "SIG-24"]), st.sampled_from(["missing.a", "missing.b"]))


def column(*rows: dict[str, str]) -> pa.ChunkedArray:
    """A scoring's `not_computable`."""
    return pa.chunked_array([pa.array([json.dumps(row) for row in rows], pa.string())])


@given(st.lists(PATTERNS, max_size=30))
def test_every_customer_is_counted_once_per_signal_and_reason(rows: list[dict[str, str]]) -> None:
    found = missing_counts(column(*rows))
    plain: dict[str, dict[str, int]] = {}
    for row in rows:
        for code, key in row.items():
            plain.setdefault(code, {}).setdefault(key, 0)
            plain[code][key] += 1
    assert found == plain


def test_reasons_come_with_the_commonest_first() -> None:
    found = missing_counts(column({"SIG-20": "missing.b"}, {"SIG-20": "missing.a"}, {"SIG-20": "missing.a"}))
    assert list(found["SIG-20"].items()) == [("missing.a", 2), ("missing.b", 1)]


def test_a_scoring_of_nobody_has_nothing_missing() -> None:
    assert missing_counts(column()) == {}


def test_a_signal_without_its_source_is_missing_for_everybody() -> None:
    found = readiness_of(SIG_24, kinds=(), customers=40, missing={})
    assert (found.state, found.computable) == (State.MISSING, 0)
    assert found.missing == {SIG_24.missing: 40}


@pytest.mark.parametrize(
    ("unknown", "state", "computable"),
    [(0, State.READY, 40), (20, State.READY, 20), (21, State.PARTIAL, 19), (39, State.PARTIAL, 1), (40, State.MISSING, 0)],
)
def test_the_state_follows_the_share_of_customers(unknown: int, state: State, computable: int) -> None:
    found = readiness_of(SIG_24, kinds=BOTH, customers=40, missing={"missing.too_few_tickets": unknown} if unknown else {})
    assert (found.state, found.computable) == (state, computable)


def test_a_signal_that_waits_for_the_text_reader_says_so() -> None:
    found = readiness_of(SIG_24, kinds=BOTH, customers=3, missing={"missing.too_few_tickets": 1, NEEDS_TEXT: 2})
    assert found.needs_text
    assert found.state is State.MISSING
    assert list(found.missing) == [NEEDS_TEXT, "missing.too_few_tickets"]


def test_a_signal_that_is_switched_off_is_neither_ready_nor_missing() -> None:
    assert readiness_of(SIG_24, kinds=BOTH, customers=3, missing={}, enabled=False).state is State.OFF


def test_before_the_first_customer_nothing_is_missing_but_the_source() -> None:
    assert readiness_of(SIG_24, kinds=BOTH, customers=0, missing={}).state is State.READY
    assert readiness_of(SIG_24, kinds=(), customers=0, missing={}).state is State.MISSING
