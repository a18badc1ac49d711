"""续约台账: windows that contain each other, totals of all that the asker sees, rows within the scope (REN-01)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import Membership, Workspace
from liuke.act.store.models import Renewal
from liuke.base.errors import Forbidden, Invalid, NotFound
from liuke.facts.store.models import Contract
from liuke.show.api.schemas.customers import RenewalsOut
from liuke.show.queries.reader import Reader
from liuke.show.queries.renewal_list import RenewalFilter, renewal_out, renewal_page
from liuke.show.store.models import CustomerCard
from tests.factories import actor_of, make_customer, make_member, make_team, make_workspace

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 17, tzinfo=UTC)
TODAY = date(2026, 11, 23)
"""In Shanghai it is already the next day."""


@pytest.fixture
def workspace(db: None) -> Workspace:
    """One hour past midnight in Shanghai."""
    return make_workspace(simulated_as_of=NOW, time_zone="Asia/Shanghai", currency="CNY")


@pytest.fixture
def manager(workspace: Workspace) -> Membership:
    """Owner of most contracts."""
    return make_member(workspace, Role.MANAGER, team=make_team(workspace))


def add(owner: Membership, name: str, days: int, amount: int = 100, *, currency: str = "CNY", **fields: Any) -> Renewal:
    """A contract that ends so many days after today, on the ledger."""
    customer = make_customer(owner.workspace, owner=owner, name=f"客户{name}")
    contract = Contract.objects.create(
        customer=customer, key=name, name=name, starts_on=TODAY - timedelta(days=365), ends_on=TODAY + timedelta(days=days),
        amount=Decimal(amount), currency=currency,
    )  # fmt: skip
    return Renewal.objects.create(contract=contract, updated_at=NOW, **fields)


def reader(member: Membership) -> Reader:
    """The member's view."""
    return Reader(actor_of(member), member.workspace, NOW, "zh-CN")


def ledger(member: Membership, *, sort: str = "ends_on", limit: int = 50, cursor: str = "", **wanted: Any) -> RenewalsOut:
    """A page of the ledger."""
    return renewal_page(reader=reader(member), wanted=RenewalFilter(**wanted), sort=sort, cursor=cursor, limit=limit)


def keys(found: RenewalsOut) -> list[str]:
    """Contracts in order."""
    return [row.contract_key for row in found.items]


def spread(owner: Membership) -> None:
    """Contracts on both sides of every limit."""
    for days in (-91, -90, -1, 0, 15, 16, 30, 31, 60, 61, 90, 91):
        add(owner, str(days), days)


def test_REN_01_each_window_contains_the_smaller_ones_up_to_its_last_day(manager: Membership) -> None:
    spread(manager)
    within = ["0", "15", "16", "30", "31", "60", "61", "90"]
    for window, count in (("15", 2), ("30", 4), ("60", 6), ("90", 8)):
        assert keys(ledger(manager, window=window)) == within[:count]
    assert keys(ledger(manager, window="overdue")) == ["-90", "-1"]


def test_REN_01_totals_agree_with_the_rows_of_their_window(manager: Membership) -> None:
    spread(manager)
    found = ledger(manager, window="15")
    assert [bucket.window for bucket in found.buckets] == ["overdue", "15", "30", "60", "90"]
    for bucket in found.buckets:
        rows = ledger(manager, window=bucket.window)
        assert (bucket.count, bucket.amount) == (rows.total, sum(row.amount for row in rows.items))
        assert bucket.forecast_amount == sum(row.amount * row.forecast for row in rows.items)


def test_what_is_decided_is_no_longer_overdue(manager: Membership) -> None:
    for status in ("renewed", "declined", "quoted"):
        add(manager, status, -5, status=status)
    found = ledger(manager, window="overdue")
    assert keys(found) == ["quoted"]
    assert found.items[0].days_left == -5
    assert found.buckets[0].by_status == {"quoted": 1}


def test_the_forecast_is_that_of_a_person_else_the_default_of_the_status_else_what_was_decided(manager: Membership) -> None:
    add(manager, "default", 1, 1_000, status="talking")
    add(manager, "person", 2, 1_000, status="talking", forecast=0.9)
    add(manager, "lost", 3, 1_000, status="declined", forecast=0.9)
    add(manager, "won", 4, 1_000, status="renewed")
    found = ledger(manager, window="15")
    assert [(row.forecast, row.forecast_is_default) for row in found.items] == [(0.6, True), (0.9, False), (0.0, True), (1.0, True)]
    bucket = found.buckets[1]
    assert (bucket.count, bucket.amount, bucket.forecast_amount) == (4, 4_000, 2_500)
    assert bucket.by_status == {"talking": 2, "declined": 1, "renewed": 1}


def test_amounts_in_another_currency_are_not_added_up(manager: Membership) -> None:
    add(manager, "yuan", 1, 100)
    add(manager, "dollars", 2, 9_999, currency="USD")
    assert ledger(manager).buckets[-1].amount == 100


def test_totals_stay_whatever_the_filters_and_the_page(manager: Membership) -> None:
    spread(manager)
    add(manager, "quoted", 5, status="quoted")
    every = ledger(manager).buckets
    narrow = ledger(manager, window="15", status="quoted", limit=1)
    assert (keys(narrow), narrow.total) == (["quoted"], 1)
    assert narrow.buckets == every


def test_rows_and_totals_reach_as_far_as_the_role(workspace: Workspace, manager: Membership) -> None:
    mate = make_member(workspace, Role.MANAGER, team=manager.team)
    supervisor = make_member(workspace, Role.SUPERVISOR, team=manager.team)
    other = make_member(workspace, Role.MANAGER, team=make_team(workspace))
    admin, stranger = make_member(workspace, Role.ADMIN), make_member(make_workspace(simulated_as_of=NOW), Role.ADMIN)
    for number, owner in enumerate((manager, mate, other)):
        add(owner, ("own", "mate", "other")[number], number, 10**number)
    seen = {name: (keys(ledger(who, scope="all")), ledger(who).buckets[-1].amount) for name, who in (
        ("manager", manager), ("supervisor", supervisor), ("other", other), ("admin", admin), ("stranger", stranger),
    )}  # fmt: skip
    assert seen == {
        "manager": (["own"], 1),
        "supervisor": (["own", "mate"], 11),
        "other": (["other"], 100),
        "admin": (["own", "mate", "other"], 111),
        "stranger": ([], 0),
    }


def test_mine_and_team_narrow_the_rows_of_a_supervisor(workspace: Workspace, manager: Membership) -> None:
    supervisor = make_member(workspace, Role.SUPERVISOR, team=manager.team)
    add(manager, "of the manager", 1)
    add(supervisor, "own", 2)
    assert keys(ledger(supervisor)) == ["own"]
    assert keys(ledger(supervisor, scope="team")) == ["of the manager", "own"]


def test_a_row_is_told_as_of_the_local_day_with_the_score_of_its_customer(manager: Membership) -> None:
    row = add(manager, "K1", 7, next_step="报价", next_step_on=TODAY, reason="")
    customer = row.contract.customer
    card = {"key": customer.key, "name": customer.name, "status": "active", "tier": "mid", "level": "high", "score": 91}
    CustomerCard.objects.create(customer=customer, workspace=manager.workspace, **card)
    found = renewal_out(reader=reader(manager), renewal_id=row.pk)
    assert (found.days_left, found.level, found.score, found.next_step) == (7, "high", 91, "报价")
    assert found.owner is not None
    assert found.owner.id == manager.pk
    unscored = add(manager, "K2", 8)
    assert renewal_out(reader=reader(manager), renewal_id=unscored.pk).level == "normal"


def test_pages_by_amount_follow_each_other_without_gap_or_double(manager: Membership) -> None:
    for number, amount in enumerate((300, 100, 200, 200, 400)):
        add(manager, f"k{number}", number, amount)
    seen, cursor, first = [], "", True
    while cursor or first:
        found = ledger(manager, sort="-amount", limit=2, cursor=cursor)
        seen += [row.amount for row in found.items]
        cursor, first = found.next_cursor or "", False
        assert found.total == 5
    assert seen == [400, 300, 200, 200, 100]


@pytest.mark.parametrize(
    ("wanted", "code"), [({"window": "45"}, "renewal_window"), ({"status": "won"}, "filter_unknown"), ({"scope": "us"}, "filter_unknown")]
)
def test_an_unknown_filter_is_refused_with_what_there_is(manager: Membership, wanted: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid, match=code) as caught:
        ledger(manager, **wanted)
    assert caught.value.params["allowed"]


def test_it_and_strangers_get_no_row(workspace: Workspace, manager: Membership) -> None:
    row = add(manager, "K1", 7)
    stranger = make_member(make_workspace(simulated_as_of=NOW), Role.ADMIN)
    with pytest.raises(NotFound, match="renewal_not_found"):
        renewal_out(reader=reader(stranger), renewal_id=row.pk)
    with pytest.raises(Forbidden, match="no_customers_for_role"):
        ledger(make_member(workspace, Role.IT))
