"""Each kind of node alone: a step is a pure function of node, state and view."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.act.playbooks.domain.contract import AskApproval, MakeItem, Outcome, SendMessage, State
from liuke.act.playbooks.domain.entry import held_out, portion
from liuke.act.playbooks.domain.fields import Params, Value
from liuke.act.playbooks.domain.spec import Node
from liuke.act.playbooks.domain.view import Event, Hours, Rate, View
from liuke.act.playbooks.nodes import NODES
from liuke.base.times import to_us
from liuke.rules.syntax import Condition, Rule

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
STATE = State(enrolment_id=1, customer_id=5, seq=0, since=NOW, salt="salt", entry={"level": "high"})
VIEW = View(now=NOW, hours=Hours("UTC"))


def stepped(kind: str, view: View = VIEW, state: State = STATE, **params: Value) -> Outcome:
    """The answer of one step."""
    return NODES[kind].step(Node("n", kind, Params(params), {}), state, view)


def later(hours: float) -> View:
    """The same world, so many hours on."""
    return replace(VIEW, now=NOW + timedelta(hours=hours))


def test_wait_sleeps_and_then_goes_on() -> None:
    assert stepped("wait", days=1, hours=2).wake_at == NOW + timedelta(hours=26)
    assert stepped("wait", later(25.9), days=1, hours=2).wake_at == NOW + timedelta(hours=26)
    assert stepped("wait", later(26), days=1, hours=2).outlet == "done"


def test_wait_until_working_hours_ends_in_them() -> None:
    assert stepped("wait", hours=10, working_hours=True).wake_at == NOW + timedelta(days=1), "19:00 becomes 9:00"


def test_wait_for_reads_only_what_came_after_it_began() -> None:
    seen = replace(later(48), events={5: [Event("order.placed", NOW - timedelta(hours=1)), Event("order.placed", NOW)]})
    assert stepped("wait_for", seen, what=("order",), days=2).outlet == "timeout"
    bought = replace(later(30), events={5: [Event("order.placed", NOW + timedelta(hours=29))]})
    assert stepped("wait_for", bought, what=("order",), days=2).outlet == "yes"


def test_wait_for_does_not_count_what_came_too_late() -> None:
    late = replace(later(72), events={5: [Event("order.placed", NOW + timedelta(hours=50))]})
    assert stepped("wait_for", late, what=("order",), days=2).outlet == "timeout"


@pytest.mark.parametrize("kind", ["message.in", "group.message", "reply"])
def test_a_reply_is_a_message_of_the_customer_or_what_the_ledger_knows(kind: str) -> None:
    view = replace(later(1), events={5: [Event(kind, NOW + timedelta(minutes=5))]})
    assert stepped("wait_for", view, what=("reply",), days=1).outlet == "yes"


def test_wait_date_sleeps_until_the_day_and_tells_where_there_is_none() -> None:
    day = NOW + timedelta(days=10)
    dated = replace(VIEW, rows={5: {"ends": to_us(day)}})
    assert stepped("wait_date", dated, column="ends", days=-3).wake_at == day - timedelta(days=3)
    assert stepped("wait_date", dated, column="ends", days=-30).outlet == "done", "already past"
    assert stepped("wait_date", column="ends", days=0).outlet == "none"


def test_branch_goes_the_way_of_no_where_nothing_is_known() -> None:
    rule = Rule(Condition("score", "ge", 70.0))
    assert stepped("branch", replace(VIEW, rows={5: {"score": 70.0}}), when=rule).outlet == "yes"
    assert stepped("branch", replace(VIEW, rows={5: {"score": None}}), when=rule).outlet == "no"
    assert stepped("branch", when=rule).outlet == "no"


@given(st.integers(1, 10**9), st.lists(st.floats(0.01, 100), min_size=2, max_size=5))
def test_split_always_sends_a_customer_the_same_way(customer: int, shares: list[float]) -> None:
    arms = tuple((f"a{nth}", share) for nth, share in enumerate(shares))
    ways = {stepped("split", state=replace(STATE, customer_id=customer, seq=seq), arms=arms).outlet for seq in range(3)}
    assert len(ways) == 1
    assert ways <= {key for key, _ in arms}


def test_split_keeps_its_shares_over_many_customers() -> None:
    arms = (("a", 1.0), ("b", 3.0))
    ways = [stepped("split", state=replace(STATE, customer_id=number), arms=arms).outlet for number in range(4_000)]
    assert 0.22 < ways.count("a") / 4_000 < 0.28


@pytest.mark.parametrize(("hits", "n", "way"), [(0, 0, "a"), (0, 29, "a"), (3, 30, "a"), (2, 30, "b"), (0, 30, "b"), (30, 30, "a")])
def test_PLY_12_adaptive_leaves_its_first_way_only_on_enough_evidence(hits: int, n: int, way: str) -> None:
    view = replace(VIEW, rates={("n", "a"): Rate(hits, n)})
    answer = stepped("adaptive", view, threshold=0.1, min_n=30, last=200)
    assert answer.outlet == way
    low, high = answer.params["low"], answer.params["high"]
    assert isinstance(low, float)
    assert isinstance(high, float)
    assert low <= (hits / n if n else 0) <= high
    assert answer.params["n"] == n


def test_a_message_carries_what_the_trigger_gave() -> None:
    answer = stepped("message", channel="email", template="t", purpose="service", cost=0.05)
    assert answer.effect == SendMessage("email", "t", "service", Decimal("0.05"), {"level": "high"})


def test_a_work_item_is_due_while_people_work() -> None:
    effect = stepped("work_item", title="Call", due_days=5).effect
    assert isinstance(effect, MakeItem)
    assert (effect.due_at, effect.owner_id, effect.plan_code) == (NOW + timedelta(days=7), None, None)


def test_an_approval_asks_waits_and_times_out() -> None:
    asked = stepped("approval", text="8折?", days=2)
    assert asked.effect == AskApproval("8折?", None, NOW + timedelta(days=2))
    assert (asked.wake_at, asked.waiting_for) == (NOW + timedelta(days=2), "approval")
    for said, way in ((True, "approved"), (False, "declined")):
        assert stepped("approval", replace(VIEW, approvals={(1, 0): said}), text="x", days=2).outlet == way
    assert stepped("approval", later(48), text="x", days=2).outlet == "timeout"


def test_an_end_ends() -> None:
    assert stepped("end").end == "end"


@given(st.text(max_size=20), st.integers(0, 10**12), st.floats(0, 0.5), st.floats(0, 0.5))
def test_BEY_02_a_larger_hold_out_keeps_those_who_were_held_out(salt: str, customer: int, one: float, other: float) -> None:
    small, large = sorted((one, other))
    assert 0 <= portion(salt, customer) < 1
    assert not held_out(salt, customer, small) or held_out(salt, customer, large)


def test_the_hold_out_has_its_share_of_customers() -> None:
    held = sum(held_out("salt", customer, 0.1) for customer in range(20_000))
    assert 0.09 < held / 20_000 < 0.11
