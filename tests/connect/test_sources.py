"""Saved sources (DAT-17): folder and query, cursor, schedule, alarm."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from pytest_django.fixtures import Settings

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Role
from liuke.align.service import batch_import, source_check
from liuke.base.errors import Conflict, Forbidden, Invalid, LiukeError, NotFound, Transient
from liuke.base.times import utc_now
from liuke.connect.service import (
    SourceEvent,
    batch_path,
    source_create,
    source_delete,
    source_run,
    source_run_now,
    source_update,
    sources_enqueue,
)
from liuke.connect.service.sources import url_of
from liuke.connect.store.models import Batch, Source
from liuke.facts.service import batch_write
from liuke.jobs.domain.contract import PlainContext
from liuke.jobs.store.models import Job
from liuke.server.secrets import installation_secret
from liuke.warehouse.local import LocalWarehouse
from tests.factories import make_actor, make_workspace

pytestmark = pytest.mark.django_db
ORDERS = "order id,customer id,order date,total\n1,K1,2024-01-05,9\n"
QUERY = (
    "SELECT id AS 'order id', customer AS 'customer id', at AS 'order date', total FROM orders WHERE at > coalesce(:cursor, '') ORDER BY at"
)


@pytest.fixture
def root(tmp_path: Path, settings: Settings) -> Path:
    data, watched = tmp_path / "data", tmp_path / "watched"
    data.mkdir()
    (watched / "erp").mkdir(parents=True)
    installation_secret(data)
    settings.LIUKE = replace(django_settings.LIUKE, data_dir=data, watch_dir=watched)
    return watched


@pytest.fixture
def actor() -> Actor:
    return make_actor(make_workspace(), Role.IT)


def old(path: Path, text: str = ORDERS, seconds: int = 60) -> Path:
    path.write_text(text)
    past = utc_now().timestamp() - seconds
    os.utime(path, (past, past))
    return path


def database(root: Path, *rows: tuple[str, str, str, float]) -> str:
    with sqlite3.connect(root / "shop.db") as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS orders (id TEXT, customer TEXT, at TEXT, total REAL)")
        connection.executemany("INSERT INTO orders VALUES (?, ?, ?, ?)", rows)
    return "sqlite:///shop.db"


def folder(actor: Actor, **more: object) -> Source:
    given: dict[str, object] = {"kind": "folder", "name": "ERP", "entity": "orders", "config": {"path": "erp", "pattern": "*.csv"}}
    return source_create(actor=actor, **(given | more))  # type: ignore[arg-type]


def query(actor: Actor, url: str, **more: object) -> Source:
    given: dict[str, object] = {
        "kind": "sql",
        "name": "Shop",
        "entity": "orders",
        "config": {"query": QUERY, "cursor_column": "order date"},
        "secret": url,
    }
    return source_create(actor=actor, **(given | more))  # type: ignore[arg-type]


def run(source: Source, events: list[SourceEvent] | None = None) -> list[Batch]:
    return source_run(source_id=source.pk, now=utc_now(), alarm=[].append if events is None else events.append)


def test_a_settled_file_becomes_a_queued_batch_once(root: Path, actor: Actor) -> None:
    source = folder(actor)
    old(root / "erp" / "a.csv")
    (batch,) = run(source)
    assert (batch.status, batch.file_name, batch_path(batch).read_text()) == ("queued", "a.csv", ORDERS)
    assert Job.objects.get().payload == {"batch": batch.pk}
    assert run(source) == []


def test_unfinished_hidden_and_other_files_wait(root: Path, actor: Actor) -> None:
    source = folder(actor)
    old(root / "erp" / "new.csv", seconds=1)
    for name in ("x.csv.part", ".hidden.csv", "~$a.csv", "notes.txt"):
        old(root / "erp" / name)
    (root / "secret.csv").write_text(ORDERS)
    assert run(source) == []


def test_a_link_out_of_the_watched_folders_is_not_followed(root: Path, actor: Actor, tmp_path: Path) -> None:
    source = folder(actor)
    outside = old(tmp_path / "outside.csv")
    (root / "erp" / "link.csv").symlink_to(outside)
    assert run(source) == []


def test_a_copy_of_a_known_file_is_not_taken_and_a_changed_one_is(root: Path, actor: Actor) -> None:
    source = folder(actor)
    old(root / "erp" / "a.csv")
    run(source)
    old(root / "erp" / "copy.csv")
    assert run(source) == []
    old(root / "erp" / "a.csv", ORDERS + "2,K2,2024-01-06,5\n")
    assert len(run(source)) == 1


@pytest.mark.parametrize("path", ["../data", "/etc", "nowhere"])
def test_a_folder_outside_or_missing_is_refused(root: Path, actor: Actor, path: str) -> None:
    with pytest.raises(Invalid, match="watch_"):
        folder(actor, config={"path": path})


def test_without_a_watch_folder_nothing_on_disk_is_a_source(root: Path, actor: Actor, settings: Settings) -> None:
    settings.LIUKE = replace(settings.LIUKE, watch_dir=None)
    with pytest.raises(Invalid, match="watch_dir_unset"):
        folder(actor)


def test_DAT_17_a_query_reads_only_what_is_new_and_the_cursor_moves_with_the_batch(root: Path, actor: Actor) -> None:
    url = database(root, ("1", "K1", "2024-01-05 10:00", 9.5), ("2", "K1", "2024-01-06 10:00", 5))
    source = query(actor, url)
    (first,) = run(source)
    assert len(batch_path(first).read_text().splitlines()) == 3
    source.refresh_from_db()
    assert source.cursor == "2024-01-06 10:00"
    assert run(source) == []
    database(root, ("3", "K2", "2024-01-07 10:00", 1))
    (second,) = run(source)
    assert batch_path(second).read_text().splitlines()[1:] == ["3,K2,2024-01-07 10:00,1.0"]


def test_a_source_without_mapping_is_mapped_and_imported_by_its_job(root: Path, actor: Actor, tmp_path: Path) -> None:
    source = query(actor, database(root, ("1", "K1", "2024-01-05 10:00", 9.5)))
    (batch,) = run(source)
    warehouse = LocalWarehouse(tmp_path)
    context = PlainContext(workspace_id=source.workspace_id)
    done = batch_import(
        batch_id=batch.pk,
        context=context,
        write=lambda aligned: batch_write(workspace=batch.workspace, batch=aligned, warehouse=warehouse),
        alarm=[].append,
    )
    source.refresh_from_db()
    assert (done.rows_new, source.rows_total, source.failures) == (1, 1, 0)
    assert source.last_success_at is not None
    assert source.newest_row_at is not None


def test_the_address_is_sealed_and_never_shown(root: Path, actor: Actor) -> None:
    source = query(actor, database(root))
    assert source.secret is not None
    assert b"shop.db" not in bytes(source.secret)
    assert "shop" not in str(source.config)
    assert url_of(source).endswith("/watched/shop.db")


@pytest.mark.parametrize(
    "text",
    [
        "DELETE FROM orders",
        "SELECT 1; DROP TABLE orders",
        "WITH x AS (DELETE FROM orders RETURNING 1) SELECT * FROM x",
        "SELECT 1 INTO t",
        "PRAGMA writable_schema",
        "",
        "-- SELECT\nUPDATE orders SET id = 1",
    ],
)
def test_only_one_select_is_a_query(root: Path, actor: Actor, text: str) -> None:
    with pytest.raises(Invalid, match="sql_not_select"):
        query(actor, database(root), config={"query": text})


def test_words_in_texts_and_comments_are_no_statements(root: Path, actor: Actor) -> None:
    query(actor, database(root), config={"query": "SELECT id, 'delete; drop' AS note /* update; */ FROM orders;"})


def test_a_cursor_column_needs_its_parameter_and_its_column(root: Path, actor: Actor) -> None:
    url = database(root, ("1", "K1", "2024-01-05", 1))
    with pytest.raises(Invalid, match="sql_cursor"):
        query(actor, url, config={"query": "SELECT * FROM orders", "cursor_column": "at"})
    source = query(actor, url, config={"query": QUERY, "cursor_column": "at"})
    with pytest.raises(Invalid, match="sql_cursor"):
        run(source)


@pytest.mark.parametrize("url", ["mysql://x", "sqlite:///../data/liuke.sqlite3", ""])
def test_an_address_that_may_not_be_read_is_refused(root: Path, actor: Actor, url: str) -> None:
    with pytest.raises(Invalid):
        query(actor, url)


def test_this_installations_own_database_is_no_source(root: Path, actor: Actor, settings: Settings) -> None:
    settings.LIUKE = replace(settings.LIUKE, database_url="postgresql://liuke:x@localhost/liuke")
    with pytest.raises(Invalid, match="sql_url"):
        query(actor, "postgresql://other:y@127.0.0.1:5432/liuke")


def test_failures_alarm_once_and_a_success_closes_the_alarm(root: Path, actor: Actor) -> None:
    source, events = query(actor, database(root)), list[SourceEvent]()
    (root / "shop.db").unlink()
    for _ in range(2):
        with pytest.raises(Transient):
            run(source, events)
    source.refresh_from_db()
    assert source.last_error is not None
    assert (source.failures, [event.failing for event in events], source.last_error["code"]) == (2, [True], "sql_unreachable")
    database(root)
    run(source, events)
    source.refresh_from_db()
    assert (source.failures, source.last_error, [event.failing for event in events]) == (0, None, [True, False])


def test_a_file_that_cannot_be_read_fails_its_source(root: Path, actor: Actor) -> None:
    source, events = folder(actor), list[SourceEvent]()
    old(root / "erp" / "a.csv", "only,header\n")
    (batch,) = run(source)
    with pytest.raises(Invalid, match="file_only_header"):
        batch_import(batch_id=batch.pk, context=PlainContext(workspace_id=source.workspace_id), write=run, alarm=events.append)  # type: ignore[arg-type]
    batch.refresh_from_db()
    assert (batch.status, [event.failing for event in events]) == ("failed", [True])


def test_due_sources_are_queued_once_per_slot(root: Path, actor: Actor) -> None:
    source = folder(actor, every_minutes=30)
    now = utc_now()
    assert sources_enqueue(now=now) == 0
    assert sources_enqueue(now=now + timedelta(minutes=31)) == 1
    assert sources_enqueue(now=now + timedelta(minutes=31)) == 0
    assert Job.objects.get().payload == {"source": source.pk}
    source_update(actor=actor, source_id=source.pk, enabled=False)
    assert sources_enqueue(now=now + timedelta(days=1)) == 0


def test_a_run_can_be_asked_for_now(root: Path, actor: Actor) -> None:
    assert source_run_now(actor=actor, source_id=folder(actor).pk, now=utc_now()).kind == "source"


def test_a_changed_query_starts_again_and_other_changes_do_not(root: Path, actor: Actor) -> None:
    source = query(actor, database(root, ("1", "K1", "2024-01-05", 1)))
    run(source)
    assert source_update(actor=actor, source_id=source.pk, name="Shop 2").cursor == "2024-01-05"
    assert (
        source_update(actor=actor, source_id=source.pk, config={"query": QUERY + " LIMIT 5", "cursor_column": "order date"}).cursor is None
    )


def test_names_intervals_kinds_and_strangers_are_checked(root: Path, actor: Actor) -> None:
    source = folder(actor)
    with pytest.raises(Conflict):
        folder(actor)
    for wrong in ({"every_minutes": 1}, {"name": " "}, {"kind": "ftp", "name": "x"}):
        with pytest.raises(Invalid):
            folder(actor, **({"name": "other"} | wrong))
    with pytest.raises(Forbidden):
        folder(make_actor(make_workspace(), Role.OPERATIONS))
    with pytest.raises(NotFound):
        source_delete(actor=make_actor(make_workspace(), Role.ADMIN), source_id=source.pk)
    source_delete(actor=actor, source_id=source.pk)
    assert not Source.objects.exists()


def test_a_source_can_be_tried_before_it_is_saved(root: Path, actor: Actor) -> None:
    url = database(root, ("1", "K1", "2024-01-05", 1))
    probe, suggestion = source_check(
        actor=actor, kind="sql", entity="orders", config={"query": QUERY, "cursor_column": "order date"}, secret=url
    )
    assert (probe.rows, suggestion.missing) == ([["1", "K1", "2024-01-05", "1.0"]], [])
    old(root / "erp" / "a.csv")
    probe, suggestion = source_check(actor=actor, kind="folder", entity="orders", config={"path": "erp"})
    assert (probe.file_name, probe.rows, suggestion.missing) == ("a.csv", [["1", "K1", "2024-01-05", "9"]], [])
    with pytest.raises(LiukeError, match="watch_no_file"):
        source_check(actor=actor, kind="folder", entity="orders", config={"path": "erp", "pattern": "*.xlsx"})
    assert not Source.objects.exists()
