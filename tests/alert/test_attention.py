"""ALT-12 over many days: nobody gets more pushes than the budget, whatever the alerts, routes and absences."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from liuke.accounts.domain.absences import Away, stand_ins
from liuke.alert.domain.budget import Candidate, Told, spend
from liuke.alert.domain.policy import AlertPolicy
from liuke.alert.domain.recipients import Member, Staff
from liuke.alert.domain.routing import RoutingTable, Situation
from liuke.alert.domain.routing_read import plan_from
from liuke.alert.domain.workdays import is_working_day
from liuke.alert.service import routed
from liuke.score.domain.levels import Level
from tests.alert.world import at

MEMBERS = [
    Member(1, "manager", 10),
    Member(2, "manager", 10),
    Member(3, "supervisor", 10),
    Member(4, "supervisor", 20),
    Member(5, "admin", None),
]
PEOPLE = [member.id for member in MEMBERS]
tells = st.lists(
    st.sampled_from(["owner", "supervisors", "team:20", "person:5", "role:supervisor", "role:manager"]), min_size=1, unique=True
)
row = st.fixed_dictionaries(
    {
        "levels": st.lists(st.sampled_from(["early", "medium", "high"]), min_size=1),
        "tell": tells,
        "pace": st.sampled_from(["now", "digest"]),
    }
)
tables = st.tuples(st.lists(row, max_size=3), tells).map(lambda found: plan_from({"routes": [*found[0], {"tell": found[1]}]}).table)
alerts = st.lists(
    st.tuples(
        st.sampled_from([*PEOPLE, None]), st.sampled_from([Level.EARLY, Level.MEDIUM, Level.HIGH]), st.floats(0, 1e6), st.integers(-2, 8),
        st.booleans(),
    ),
    max_size=30,
)  # fmt: skip
absences = st.lists(
    st.builds(
        lambda member, deputy, start, length: Away(member, deputy, (at(start)).date(), at(start + length).date()),
        st.sampled_from(PEOPLE), st.sampled_from(PEOPLE), st.integers(-1, 7), st.integers(0, 4),
    ),
    max_size=4,
)  # fmt: skip


Found = tuple[int | None, Level, float, int, bool]
"""Owner, level, expected loss, day of opening, whether of the stock."""


def candidate(number: int, one: Found, told: datetime | None, table: RoutingTable, staff: Staff) -> Candidate:
    """The alert of a number as the table routes it."""
    owner, level, loss, opened, stock = one
    team = next((member.team_id for member in MEMBERS if member.id == owner), None)
    plain = Candidate(number, staff.reader(owner), level, loss, stock, at(opened), at(opened), told)
    return routed(plain, Situation(number, level, owner_id=owner, team_id=team), table, staff)


def pushes(told: Told, readers: dict[int, int | None]) -> Counter[int]:
    """Pushes by person."""
    own = [reader for alert_id in told.pushed if (reader := readers[alert_id]) is not None]
    return Counter([*own, *(person for _, person in told.copies)])


@settings(max_examples=300)
@given(tables, alerts, absences, st.integers(0, 3), st.integers(1, 3))
def test_ALT_12_nobody_gets_more_pushes_than_the_budget_on_any_working_day(
    table: RoutingTable, found: list[Found], away: list[Away], budget: int, runs: int
) -> None:
    policy = AlertPolicy(pushes_per_owner_and_day=budget)
    told_at: dict[int, datetime] = {}
    for day in range(9):
        staff = Staff(MEMBERS, stand_ins(away, at(day).date(), PEOPLE))
        spent: Counter[int] = Counter()
        for run in range(runs):
            now = at(day, run)
            open_ones = [(n, one) for n, one in enumerate(found) if one[3] <= day]
            candidates = [candidate(n, one, told_at.get(n), table, staff) for n, one in open_ones]
            told = spend(candidates, pushed_today=spent, released_today={}, as_of=now, zone="UTC", policy=policy)
            spent += pushes(told, {one.alert_id: one.owner_id for one in candidates})
            told_at |= dict.fromkeys((*told.pushed, *told.released), now)
            assert not set(staff.deputies) & set(pushes(told, {one.alert_id: one.owner_id for one in candidates}))
            assert told == Told() or is_working_day(now.date())
        assert max(spent.values(), default=0) <= budget


@given(alerts)
def test_who_is_over_the_budget_finds_it_in_the_digest(found: list[tuple[int | None, Level, float, int, bool]]) -> None:
    staff, table = Staff(MEMBERS), plan_from({"routes": [{"tell": ["owner", "role:supervisor"]}]}).table
    candidates = [
        routed(Candidate(n, owner, level, loss, False, at(0), at(0)), Situation(n, level, owner_id=owner, team_id=10), table, staff)
        for n, (owner, level, loss, _, _) in enumerate(found)
    ]
    told = spend(candidates, pushed_today={}, released_today={}, as_of=at(0) + timedelta(hours=1), zone="UTC", policy=AlertPolicy())
    heard = {*told.copies, *told.copied}
    assert heard == {(one.alert_id, person) for one in candidates if one.owner_id is not None for person in one.copies}
    assert not set(told.copies) & set(told.copied)
