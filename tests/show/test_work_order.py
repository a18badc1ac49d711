"""我的任务: what has a date comes by its date, the rest by what it may cost; every item once, however the pages are cut."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import Workspace
from liuke.act.store.models import WorkItem
from liuke.alert.store.models import Alert
from liuke.show.queries.reader import Reader
from liuke.show.queries.work_list import WorkFilter, work_item_page
from tests.factories import actor_of, make_customer, make_member, make_workspace

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, tzinfo=UTC)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    wanted=st.lists(st.tuples(st.one_of(st.none(), st.integers(0, 3)), st.one_of(st.none(), st.integers(0, 5))), max_size=12),
    limit=st.integers(1, 5),
)
def test_every_item_comes_once_dated_first_then_by_expected_loss(wanted: list[tuple[int | None, int | None]], limit: int) -> None:
    workspace = make_workspace(simulated_as_of=NOW)
    owner = make_member(workspace, Role.MANAGER)
    for due, loss in wanted:
        _item(workspace.pk, owner.pk, due, loss)
    reader = Reader(actor_of(owner), workspace, NOW, "en")
    seen: list[int] = []
    cursor: str | None = ""
    while cursor is not None:
        found = work_item_page(reader=reader, wanted=WorkFilter(scope="mine"), cursor=cursor, limit=limit)
        assert found.total == len(wanted)
        seen += [item.id for item in found.items]
        cursor = found.next_cursor
    items = WorkItem.objects.in_bulk(seen)
    assert len(seen) == len(items) == len(wanted)
    keys = [_key(items[pk]) for pk in seen]
    assert keys == sorted(keys)


def _item(workspace_id: int, owner_id: int, due: int | None, loss: int | None) -> None:
    customer = make_customer(Workspace.objects.get(pk=workspace_id))
    alert = None
    if loss is not None:
        alert = Alert.objects.create(
            workspace_id=workspace_id, customer=customer, owner_id=owner_id, level="medium", score=75, peak_score=75,
            expected_loss=loss, opened_at=NOW, updated_at=NOW, level_since=NOW,
        )  # fmt: skip
    WorkItem.objects.create(
        workspace_id=workspace_id, customer=customer, alert=alert, owner_id=owner_id, kind="winback" if alert else "manual",
        due_at=None if due is None else NOW + timedelta(days=due), created_at=NOW,
    )  # fmt: skip


def _key(item: WorkItem) -> tuple[int, float]:
    if item.due_at is not None:
        return 0, item.due_at.timestamp()
    return (1, -float(item.alert.expected_loss)) if item.alert else (2, 0.0)
