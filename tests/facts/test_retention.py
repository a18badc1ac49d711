"""How long activities are kept: what may be chosen, what goes, what stays (issue 7: keeping)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import AuditEntry, Workspace
from liuke.align.domain.batch import AlignedBatch
from liuke.base.errors import Forbidden, Invalid
from liuke.base.times import to_us
from liuke.facts.domain.kinds import Kind
from liuke.facts.domain.retention import DAYS, LEAST_MONTHS, PREFIXES, Group, group_of, kinds_of, least_months
from liuke.facts.service import batch_write
from liuke.facts.service.retention import retention_of, retention_preview, retention_run, retention_set
from liuke.facts.store.models import Retention
from liuke.warehouse.local import LocalWarehouse
from tests.factories import make_actor, make_workspace
from tests.facts.activities import activity, table

NOW = datetime(2026, 3, 2, tzinfo=UTC)
ORDERS = (("order.placed",), 180)
"""Lost is who placed no order for 180 days."""
ALWAYS = {Kind.CONTRACT_STARTED, Kind.CONTRACT_ENDS, Kind.PLAN_CHANGED, Kind.ACCOUNT_CLOSED, Kind.CONTACT_LEFT}


@pytest.fixture
def workspace() -> Workspace:
    """On a simulated clock, so that ages do not depend on the day of the test."""
    return make_workspace(simulated_as_of=NOW, time_zone="UTC")


@pytest.fixture
def warehouse(tmp_path: Path, workspace: Workspace) -> LocalWarehouse:
    """For each kind one row a hundred days apart, back to a thousand days, of two customers in turn."""
    made = LocalWarehouse(tmp_path)
    rows = []
    for kind in ("page.viewed", "message.in", "order.placed", "contract.started", "own.kind"):
        for number in range(11):
            at = to_us(NOW - timedelta(days=100 * number, hours=1))
            rows.append(activity(f"{kind}{number}", customer=f"C{number % 2}", kind=kind, ts=at))
    batch_write(workspace=workspace, batch=AlignedBatch("one", [table(rows)]), warehouse=made)
    return made


def _left(warehouse: LocalWarehouse, workspace: Workspace) -> dict[str, int]:
    found = warehouse.query(workspace.pk, "SELECT kind, count(*) AS n FROM activity GROUP BY kind").to_pylist()
    return {str(row["kind"]): int(row["n"]) for row in found}


def test_no_beginning_is_in_two_groups_and_what_says_who_a_customer_is_is_in_none() -> None:
    every = [prefix for prefixes in PREFIXES.values() for prefix in prefixes]
    assert len(every) == len(set(every))
    assert {group_of(kind) for kind in ALWAYS} == {None}
    assert group_of("own.kind") is None
    assert group_of(Kind.LOGIN) is Group.USAGE


@given(st.lists(st.sampled_from([kind.value for kind in Kind])))
def test_groups_share_out_kinds_without_overlap(kinds: list[str]) -> None:
    shares = [set(kinds_of(group, kinds)) for group in Group]
    assert sum(len(share) for share in shares) == len(set().union(*shares))
    assert set(kinds) - set().union(*shares) == {kind for kind in kinds if group_of(kind) is None}


@pytest.mark.parametrize(
    ("group", "kinds", "days", "least"),
    [
        (Group.USAGE, ("order.placed",), 180, LEAST_MONTHS),
        (Group.TRADE, ("order.placed",), 180, 12),
        (Group.TRADE, ("order.placed",), 181, 13),
        (Group.TRADE, ("order.placed",), 30, LEAST_MONTHS),
        (Group.USAGE, ("login", "order.placed"), 365, 25),
    ],
)
def test_a_group_that_decides_who_is_lost_is_kept_twice_that_long(group: Group, kinds: tuple[str, ...], days: int, least: int) -> None:
    assert least_months(group, kinds, days) == least


@pytest.mark.django_db
def test_everything_is_kept_unless_somebody_decides(workspace: Workspace, warehouse: LocalWarehouse) -> None:
    before = _left(warehouse, workspace)
    assert retention_run(workspace=workspace, warehouse=warehouse) == 0
    assert _left(warehouse, workspace) == before
    kept = {one.group: one for one in retention_of(workspace=workspace, warehouse=warehouse, churn=ORDERS)}
    assert {one.months for one in kept.values()} == {None}
    assert (kept[Group.USAGE].rows, kept[Group.TRADE].least) == (11, 12)
    assert kept[Group.TALK].oldest == NOW - timedelta(days=1000, hours=1)


@pytest.mark.django_db
def test_the_preview_counts_exactly_what_then_goes(workspace: Workspace, warehouse: LocalWarehouse) -> None:
    actor = make_actor(workspace, Role.IT)
    months: dict[Group, int | None] = {Group.USAGE: 12, Group.TALK: 24, Group.TRADE: None}
    preview = retention_preview(workspace=workspace, warehouse=warehouse, months=months)
    assert [(one.group, one.rows, one.customers) for one in preview] == [(Group.USAGE, 7, 2), (Group.TALK, 3, 2)]
    assert preview[0].since == NOW - timedelta(days=12 * DAYS)
    assert _left(warehouse, workspace)["page.viewed"] == 11  # looking changes nothing
    retention_set(actor=actor, workspace=workspace, months=months, churn=ORDERS)
    assert retention_run(workspace=workspace, warehouse=warehouse) == 10
    left = {"page.viewed": 4, "message.in": 8, "order.placed": 11, "contract.started": 11, "own.kind": 11}
    assert _left(warehouse, workspace) == left
    assert retention_run(workspace=workspace, warehouse=warehouse) == 0
    assert AuditEntry.objects.get(action="retention_set").detail == {"usage": 12, "talk": 24, "trade": None}


@pytest.mark.django_db
def test_a_decision_can_be_taken_back_for_what_is_still_there(workspace: Workspace, warehouse: LocalWarehouse) -> None:
    actor = make_actor(workspace, Role.IT)
    retention_set(actor=actor, workspace=workspace, months={Group.USAGE: 12}, churn=ORDERS)
    retention_set(actor=actor, workspace=workspace, months={Group.USAGE: None}, churn=ORDERS)
    assert not Retention.objects.exists()
    assert retention_run(workspace=workspace, warehouse=warehouse) == 0


@pytest.mark.django_db
@pytest.mark.parametrize(("group", "months"), [(Group.TRADE, 11), (Group.USAGE, 5), (Group.TALK, 121), (Group.USAGE, 0)])
def test_too_short_or_too_long_is_refused_with_what_is_allowed(workspace: Workspace, group: Group, months: int) -> None:
    with pytest.raises(Invalid) as told:
        retention_set(actor=make_actor(workspace, Role.IT), workspace=workspace, months={group: months}, churn=ORDERS)
    (fault,) = told.value.params["faults"]  # type: ignore[misc]
    assert fault["field"] == group.value
    assert fault["allowed"].endswith("–120")
    assert not Retention.objects.exists()


@pytest.mark.django_db
def test_who_does_not_look_after_sources_decides_nothing(workspace: Workspace) -> None:
    with pytest.raises(Forbidden):
        retention_set(actor=make_actor(workspace, Role.OPERATIONS), workspace=workspace, months={Group.USAGE: 12}, churn=ORDERS)


@pytest.mark.django_db
def test_another_workspace_keeps_its_own(workspace: Workspace, warehouse: LocalWarehouse) -> None:
    other = make_workspace(simulated_as_of=NOW, time_zone="UTC")
    row = activity("old", kind="page.viewed", ts=to_us(NOW - timedelta(days=2000)))
    batch_write(workspace=other, batch=AlignedBatch("two", [table([row])]), warehouse=warehouse)
    retention_set(actor=make_actor(workspace, Role.IT), workspace=workspace, months={Group.USAGE: 6}, churn=ORDERS)
    retention_run(workspace=workspace, warehouse=warehouse)
    assert retention_run(workspace=other, warehouse=warehouse) == 0
    assert _left(warehouse, other) == {"page.viewed": 1}
