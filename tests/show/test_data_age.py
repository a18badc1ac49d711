"""数据截至: how old the facts are, for every member, on every page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import Workspace
from liuke.connect.store.models import Batch, BatchBody, Source
from liuke.show.queries.data_age import data_age
from liuke.show.queries.kept import forget
from liuke.show.queries.reader import Reader
from liuke.warehouse import open_warehouse
from tests.factories import make_actor, make_workspace
from tests.show.world import activities_write, activity

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def make_source(workspace: Workspace, name: str, *, hours: float | None, **fields: object) -> Source:
    """One whose newest row is so many hours old; None = it never told."""
    newest = None if hours is None else NOW - timedelta(hours=hours)
    return Source.objects.create(workspace=workspace, kind="sql", name=name, entity="activities", newest_row_at=newest, **fields)


def make_space(**fields: object) -> Workspace:
    """A workspace without a row; the number of its warehouse may have been another test's."""
    forget()
    workspace = make_workspace(**fields)
    open_warehouse(settings.LIUKE).drop(workspace.pk)
    return workspace


def write(workspace: Workspace, *rows: tuple[str, datetime]) -> None:
    """Rows of the stream, by source and moment."""
    made = [{**activity(1, number, at, "order.placed"), "source": source} for number, (source, at) in enumerate(rows)]
    activities_write(open_warehouse(settings.LIUKE), workspace, made)


def reader_of(workspace: Workspace, now: datetime = NOW) -> Reader:
    return Reader(make_actor(workspace, Role.MANAGER), workspace, now, "zh-CN")


def test_a_workspace_without_data_has_no_age() -> None:
    found = data_age(reader_of(make_space()), NOW)
    assert (found.until, found.waiting_rows, found.late, found.sources) == (None, 0, False, [])


def test_the_newest_source_counts_and_each_is_named_but_those_turned_off() -> None:
    workspace = make_space()
    make_source(workspace, "erp", hours=26, last_success_at=NOW)
    make_source(workspace, "till", hours=2, last_success_at=NOW)
    make_source(workspace, "old shop", hours=1, enabled=False)
    make_source(workspace, "mail", hours=None)
    make_source(make_space(), "stranger", hours=0)
    found = data_age(reader_of(workspace), NOW)
    assert found.until == NOW - timedelta(hours=2)
    assert [(one.name, one.state) for one in found.sources] == [("erp", "ok"), ("mail", "never"), ("till", "ok")]
    assert not found.late


@pytest.mark.parametrize(
    "fields", [{"failures": 3, "last_success_at": NOW}, {"every_minutes": 10, "last_success_at": NOW - timedelta(minutes=31)}]
)
def test_a_source_that_fails_or_is_behind_its_plan_makes_the_data_late(fields: dict[str, object]) -> None:
    workspace = make_space()
    make_source(workspace, "erp", hours=1, **fields)
    assert data_age(reader_of(workspace), NOW).late


def test_a_sample_shows_nothing_newer_than_its_present_and_is_never_late() -> None:
    present = NOW - timedelta(days=30)
    workspace = make_space(simulated_as_of=present)
    make_source(workspace, "sample", hours=0, failures=1, last_success_at=NOW)
    found = data_age(reader_of(workspace, present), NOW)
    assert (found.until, found.late) == (present, False)


def test_rows_of_a_file_count_and_what_colleagues_do_does_not() -> None:
    workspace = make_space()
    write(workspace, ("import", NOW - timedelta(hours=5)), ("liuke", NOW - timedelta(minutes=1)))
    found = data_age(reader_of(workspace), NOW)
    assert (found.until, found.sources) == (NOW - timedelta(hours=5), [])


def test_a_source_of_rows_without_a_time_reaches_as_far_as_its_last_success() -> None:
    workspace = make_space()
    make_source(workspace, "customers", hours=None, last_success_at=NOW - timedelta(hours=3))
    assert data_age(reader_of(workspace), NOW).sources[0].until == NOW - timedelta(hours=3)


def test_accepted_rows_that_are_not_counted_in_yet_are_told() -> None:
    workspace = make_space()
    source = make_source(workspace, "api", hours=0)
    for status, rows in ((Batch.Status.QUEUED, 30), (Batch.Status.QUEUED, 12), (Batch.Status.DONE, 500)):
        batch = Batch.objects.create(workspace=workspace, source=source, entity="activities", status=status, rows_total=rows)
        BatchBody.objects.create(batch=batch, body=b"")
    assert data_age(reader_of(workspace), NOW).waiting_rows == 42
