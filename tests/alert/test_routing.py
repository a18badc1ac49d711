"""The routing table, the ladder and the hours, without a database."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.alert.domain.ladder import Ladder, Step, Waiting, next_step
from liuke.alert.domain.recipients import OWNER, SUPERVISORS, Member, Recipient, Staff, Who, recipient_from
from liuke.alert.domain.routing import Conditions, Hours, Pace, Route, RoutingTable, Situation
from liuke.alert.domain.routing_plan import RoutingPlan
from liuke.alert.domain.routing_read import Known, plan_from
from liuke.alert.domain.workhours import WorkHours
from liuke.base.errors import Invalid
from liuke.score.domain.levels import Level
from tests.alert.world import at

STAFF = Staff([Member(1, "manager", 10), Member(2, "supervisor", 10), Member(3, "supervisor", 20), Member(4, "operations", None)])
ROWS: list[dict[str, object]] = [
    {"name": "大客户高危", "tiers": ["high"], "levels": ["high"], "tell": ["owner", "supervisors", "role:operations"], "sla_hours": 8},
    {"name": "服务投诉", "families": ["service"], "tell": ["team:20", "owner"]},
    {"name": "竞品", "signals": ["SIG-50"], "teams": [10], "tell": ["person:4"], "pace": "digest", "channels": []},
    {},
]
TABLE = plan_from({"routes": ROWS}).table


def alert(level: Level = Level.MEDIUM, tier: str = "mid", family: str = "consumption", team: int | None = 10, *signals: str) -> Situation:
    return Situation(1, level, tier, family, frozenset(signals), 1, team)


@pytest.mark.parametrize(
    ("situation", "row"),
    [
        (alert(Level.HIGH, "high"), 0),
        (alert(Level.HIGH, "high", "service"), 0),
        (alert(Level.HIGH, "mid", "service"), 1),
        (alert(Level.MEDIUM, "mid", "intent", 10, "SIG-50", "SIG-20"), 2),
        (alert(Level.MEDIUM, "mid", "intent", 20, "SIG-50"), 3),
        (alert(Level.EARLY, "", "", None), 3),
    ],
)  # fmt: skip
def test_ALT_05_ALT_07_the_first_row_that_matches_holds_and_the_last_catches_the_rest(situation: Situation, row: int) -> None:
    assert TABLE.row_of(situation) == row


def test_a_row_says_who_how_fast_by_what_and_when() -> None:
    first, second, third, last = TABLE.routes
    assert (first.sla_hours, second.sla_hours) == (8, None)
    assert STAFF.readers(first.tell, 1, 10) == (1, 2, 4)
    assert STAFF.readers(second.tell, 1, 10) == (3, 1)
    assert (third.pace, third.channels, third.hours) == (Pace.DIGEST, (), Hours.WORKING)
    assert last == Route()


@pytest.mark.parametrize(
    ("channels", "uses"), [(["all"], True), (["kind:email"], True), (["id:7"], True), (["id:8", "kind:sms"], False), ([], False)]
)  # fmt: skip
def test_channels_are_named_by_kind_by_number_or_all(channels: list[str], uses: bool) -> None:
    route = plan_from({"routes": [{"channels": channels}]}).table.default
    assert route.uses("email", 7) is uses


def test_ALT_02_without_a_table_owners_hear_of_theirs_and_supervisors_of_high_alerts() -> None:
    table = RoutingTable()
    assert table.route_of(alert(Level.HIGH)).tell == (OWNER, SUPERVISORS)
    assert table.route_of(alert(Level.MEDIUM)).tell == (OWNER,)


def test_a_deputy_hears_what_is_meant_for_who_is_away_and_nobody_hears_twice() -> None:
    away = Staff(STAFF.members, {1: 2})
    assert away.readers((OWNER, SUPERVISORS), 1, 10) == (2,)
    assert STAFF.readers((OWNER, SUPERVISORS), None, None) == ()
    assert STAFF.readers((OWNER, Recipient(Who.PERSON, "99")), 99, 10) == ()


FAULTY = [
    "more",
    "routes.0.surprise",
    "routes.0.tell",
    "routes.0.tiers.0",
    "routes.0.levels.0",
    "routes.0.sla_hours",
    "routes.0.pace",
    "routes.0.hours",
    "routes.1.tell.0",
    "routes.1.tell.1",
    "routes.1.tell.2",
    "routes.1.signals.0",
    "routes.1.teams.0",
    "routes.1.channels.0",
    "routes.2.name",
    "routes.0",
    "routes.1",
    "routes.2",
    "hours.ends",
    "hours.ends",
    "ladder.steps.0.hours",
]


def test_every_fault_of_a_table_is_told_at_once() -> None:
    rows: list[object] = [
        {"levels": ["huge"], "tiers": ["vip"], "tell": [], "sla_hours": -1, "pace": "soon", "hours": 3, "surprise": 1},
        {"tell": ["person:9", "role:it", "team:x"], "teams": [99], "signals": ["SIG-00"], "channels": ["kind:pigeon"]},
        {"levels": ["high"], "name": "x" * 61},
    ]
    plan = {"routes": rows, "hours": {"starts": "18:00", "ends": "9"}, "ladder": {"steps": [{"hours": 1000, "tell": ["owner"]}]}, "more": 1}
    known = Known(teams={10}, members={1}, signals={"SIG-20"}, channels={"kind:email"})
    with pytest.raises(Invalid) as caught:
        plan_from(plan, known)
    faults = caught.value.params["faults"]
    assert isinstance(faults, list)
    assert [fault["field"] for fault in faults] == FAULTY


def test_a_row_that_asks_for_nothing_hides_those_below_it() -> None:
    with pytest.raises(Invalid) as caught:
        plan_from({"routes": [{}, {"levels": ["high"]}, {}]})
    assert caught.value.params["faults"] == [{"field": "routes.0", "got": "", "allowed": "default_last"}]


names = st.sampled_from(["owner", "supervisors", "team:20", "person:4", "role:admin"])
rows = st.fixed_dictionaries(
    {
        "levels": st.lists(st.sampled_from(["early", "medium", "high"]), min_size=1, unique=True),
        "tell": st.lists(names, min_size=1, unique=True),
        "channels": st.lists(st.sampled_from(["all", "kind:email", "id:3"]), unique=True),
        "sla_hours": st.none() | st.integers(0, 2160),
        "pace": st.sampled_from(["now", "digest"]),
        "hours": st.sampled_from(["working", "always"]),
        "tiers": st.lists(st.sampled_from(["high", "mid", "low"]), unique=True),
    }
)


@given(st.lists(rows, max_size=6))
def test_a_plan_reads_back_what_it_writes(found: list[dict[str, object]]) -> None:
    plan = plan_from({"routes": [*found, {}], "hours": {"starts": "08:30", "ends": "17:45"}})
    assert plan_from(plan.to_plain()) == plan


@given(st.lists(rows, max_size=6), st.sampled_from([*Level]), st.sampled_from(["", "high", "mid", "low"]))
def test_every_alert_has_exactly_one_row(found: list[dict[str, object]], level: Level, tier: str) -> None:
    table = plan_from({"routes": [*found, {}]}).table
    situation = alert(level, tier)
    row = table.row_of(situation)
    assert table.routes[row].when.hold(situation)
    assert not any(route.when.hold(situation) for route in table.routes[:row])


@pytest.mark.parametrize("text", ["", "owner:1", "team:", "person:x", "role:it", "role:", "boss"])
def test_a_text_that_names_nobody_is_nobody(text: str) -> None:
    assert recipient_from(text) is None


@given(names)
def test_a_recipient_reads_back_what_it_writes(text: str) -> None:
    found = recipient_from(text)
    assert found is not None
    assert found.to_plain() == text


SHANGHAI = "Asia/Shanghai"
FRIDAY = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hour", "leaves"),
    [
        (0, FRIDAY + timedelta(hours=1)),
        (1, FRIDAY + timedelta(hours=1)),
        (9.5, FRIDAY + timedelta(hours=9.5)),
        (10, FRIDAY + timedelta(days=3, hours=1)),
        (30, FRIDAY + timedelta(days=3, hours=1)),
    ],
)  # fmt: skip
def test_what_can_wait_leaves_in_the_next_working_hours(hour: float, leaves: datetime) -> None:
    assert WorkHours().next_moment(FRIDAY + timedelta(hours=hour), SHANGHAI) == leaves


@given(st.integers(0, 365 * 24 * 60).map(lambda minutes: at(0) + timedelta(minutes=minutes)))
def test_the_next_working_moment_is_one_and_not_earlier(moment: datetime) -> None:
    hours = WorkHours(time(8), time(12))
    found = hours.next_moment(moment, "UTC")
    assert found >= moment
    assert found.weekday() < 5
    assert time(8) <= found.time() < time(12)
    assert hours.next_moment(found, "UTC") == found


LADDER = Ladder(steps=(Step(0, (OWNER,)), Step(8, (SUPERVISORS,)), Step(24, (Recipient(Who.ROLE, "admin"),))))


def waiting(taken: int = 0, last_at: datetime | None = None, level: Level = Level.HIGH) -> Waiting:
    """Due on Monday noon."""
    return Waiting(1, level, at(0, 12), 1, 10, 100.0, taken, last_at)


@pytest.mark.parametrize(
    ("now", "taken", "last_at", "step"),
    [
        (at(0, 12), 0, None, None),
        (at(0, 13), 0, None, 1),
        (at(0, 20), 1, at(0, 13), None),
        (at(0, 21), 1, at(0, 13), 2),
        (at(4, 12), 2, at(4, 0), None),
        (at(5, 12), 2, at(4, 0), None),
        (at(7), 2, at(4, 0), 3),
        (at(30), 3, at(7), None),
    ],
)  # fmt: skip
def test_ALT_04_steps_follow_one_another_in_working_time(now: datetime, taken: int, last_at: datetime | None, step: int | None) -> None:
    assert next_step(LADDER, waiting(taken, last_at), now=now, zone="UTC") == step


def test_ALT_04_other_levels_and_a_ladder_that_is_off_go_nowhere() -> None:
    assert next_step(LADDER, waiting(level=Level.EARLY), now=at(1), zone="UTC") is None
    assert next_step(Ladder(enabled=False), waiting(), now=at(1), zone="UTC") is None
    assert next_step(Ladder(steps=()), waiting(), now=at(1), zone="UTC") is None


def test_the_plan_without_anything_is_the_default() -> None:
    assert plan_from({}) == RoutingPlan()
    assert plan_from(RoutingPlan().to_plain()) == RoutingPlan()
    assert Conditions().any is False
