"""From upload to import, as a person and a job do it."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from pytest_django.fixtures import Settings

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import Workspace
from liuke.align.domain.batch import AlignedBatch, Written
from liuke.align.service import batch_import, batch_map, batch_upload, entity_infos, entity_template
from liuke.align.service.imports import Write, ingested
from liuke.base.errors import Conflict, Forbidden, Invalid, NotFound, TooLarge, Transient
from liuke.connect.domain.limits import Limits
from liuke.connect.service import batch_accept, batch_cancel, batch_ingest, batch_path, batch_rejects_path, batch_seen_before, uploads_sweep
from liuke.connect.service.live import Settled, settle, waiting
from liuke.connect.service.storing import uploads_dir
from liuke.connect.store.models import Batch
from liuke.facts.service import batch_write
from liuke.jobs.domain.contract import Cancelled, PlainContext
from liuke.jobs.store.models import Job
from liuke.warehouse.local import LocalWarehouse
from tests.factories import make_actor, make_workspace

pytestmark = pytest.mark.django_db
ORDERS = "订单号,客户编号,下单时间,商品编码,数量,单价\n1,K1,2024-01-05 10:00,A,2,3.5\n1,K1,2024-01-05 10:00,A,2,3.5\n2,K2,bad,A,1,1\n"


@pytest.fixture
def workspace() -> Workspace:
    return make_workspace()


@pytest.fixture
def actor(workspace: Workspace) -> Actor:
    return make_actor(workspace, Role.OPERATIONS)


@pytest.fixture
def warehouse(tmp_path: Path) -> LocalWarehouse:
    return LocalWarehouse(tmp_path)


def upload(actor: Actor, text: str = ORDERS, name: str = "订单.csv", entity: str = "") -> Batch:
    return batch_upload(actor=actor, entity=entity, file=io.BytesIO(text.encode()), name=name)


def silent(event: object) -> None:
    raise AssertionError(event)


def run(batch: Batch, write: Write) -> Batch:
    return batch_import(batch_id=batch.pk, context=PlainContext(workspace_id=batch.workspace_id), write=write, alarm=silent)


def writer(workspace: Workspace, warehouse: LocalWarehouse) -> Write:
    return lambda batch: batch_write(workspace=workspace, batch=batch, warehouse=warehouse)


def staged() -> list[Path]:
    return list(uploads_dir().glob("import-*.parquet"))


def test_DAT_14_an_upload_is_durable_mapped_previewed_and_imported_with_rejects(
    actor: Actor, workspace: Workspace, warehouse: LocalWarehouse
) -> None:
    batch = upload(actor)
    assert (batch.status, batch.entity, batch.detected["missing"]) == ("ready", "orders", [])
    assert batch_path(batch).read_bytes() == ORDERS.encode()
    preview = batch_map(actor=actor, batch_id=batch.pk, mapping=batch.mapping)
    assert (preview.checked, len(preview.rows), [line for line, _, _ in preview.rejects]) == (3, 2, [4])
    queued = batch_accept(actor=actor, batch_id=batch.pk)
    assert queued.job is not None
    assert (queued.status, queued.job.kind, queued.job.payload) == ("queued", "import", {"batch": batch.pk})
    done = run(batch, writer(workspace, warehouse))
    assert (done.status, done.rows_total, done.rows_new, done.rows_rejected) == ("done", 3, 2, 1)
    assert batch_rejects_path(actor=actor, batch_id=batch.pk).read_text("utf-8-sig").startswith("被拒行号,被拒原因,订单号")
    assert staged() == []


def test_the_same_file_twice_is_told_and_changes_nothing(actor: Actor, workspace: Workspace, warehouse: LocalWarehouse) -> None:
    first = upload(actor)
    assert batch_seen_before(first) is None
    batch_accept(actor=actor, batch_id=first.pk)
    run(first, writer(workspace, warehouse))
    again = upload(actor)
    assert batch_seen_before(again) is not None
    batch_accept(actor=actor, batch_id=again.pk)
    done = run(again, writer(workspace, warehouse))
    assert (done.rows_new, done.rows_changed, done.rows_same) == (0, 0, 2)


def test_a_job_that_runs_again_after_a_crash_changes_nothing(actor: Actor, workspace: Workspace, warehouse: LocalWarehouse) -> None:
    batch = upload(actor)
    batch_accept(actor=actor, batch_id=batch.pk)
    run(batch, writer(workspace, warehouse))
    Batch.objects.filter(pk=batch.pk).update(status="running")
    assert run(batch, writer(workspace, warehouse)).rows_new == 2
    rows = warehouse.query(workspace.pk, "SELECT count(*) AS n FROM activity WHERE kind = 'order.line'").to_pylist()
    assert rows == [{"n": 2}]


def test_a_done_batch_is_not_written_again(actor: Actor) -> None:
    batch = upload(actor)
    Batch.objects.filter(pk=batch.pk).update(status="done")
    assert run(batch, silent).status == "done"  # type: ignore[arg-type]


def test_accepting_twice_queues_once(actor: Actor) -> None:
    batch = upload(actor)
    assert batch_accept(actor=actor, batch_id=batch.pk).job_id == batch_accept(actor=actor, batch_id=batch.pk).job_id
    assert Job.objects.count() == 1


def test_a_file_with_missing_columns_waits_for_its_mapping(actor: Actor) -> None:
    batch = upload(actor, "编x,客户编号,某日,金额\n1,K1,2024-01-05,9\n", entity="orders")
    assert (batch.status, batch.detected["missing"]) == ("uploaded", ["ordered_at"])
    with pytest.raises(Invalid, match="batch_not_ready"):
        batch_accept(actor=actor, batch_id=batch.pk)
    columns = {"编x": "order_id", "客户编号": "customer_key", "某日": "ordered_at", "金额": "amount"}
    assert batch_map(actor=actor, batch_id=batch.pk, mapping={"entity": "orders", "columns": columns}).rows
    batch.refresh_from_db()
    assert batch.status == "ready"
    assert [column["field"] for column in batch.detected["columns"]] == ["order_id", "customer_key", "ordered_at", "amount"]


def test_a_file_that_cannot_be_read_leaves_nothing_behind(actor: Actor) -> None:
    before = sorted(uploads_dir().iterdir())
    with pytest.raises(Invalid, match="file_only_header"):
        upload(actor, "订单号,客户\n")
    assert not Batch.objects.exists()
    assert sorted(uploads_dir().iterdir()) == before


def test_a_file_over_the_limit_is_refused_while_it_streams(actor: Actor) -> None:
    from liuke.connect.service.storing import batch_store

    before = sorted(uploads_dir().iterdir())
    with pytest.raises(TooLarge, match="file_too_large"):
        batch_store(actor=actor, entity="", file=io.BytesIO(b"x" * 100), name="x", limits=Limits(file_bytes=10))
    assert sorted(uploads_dir().iterdir()) == before


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.MANAGER, Role.ANALYST])
def test_who_may_not_import_is_refused(workspace: Workspace, role: Role) -> None:
    with pytest.raises(Forbidden):
        upload(make_actor(workspace, role))


def test_a_stranger_finds_no_batch(actor: Actor) -> None:
    batch = upload(actor)
    stranger = make_actor(make_workspace(), Role.ADMIN)
    for use in (batch_accept, batch_cancel, batch_rejects_path):
        with pytest.raises(NotFound):
            use(actor=stranger, batch_id=batch.pk)


def test_a_cancelled_batch_is_never_written(actor: Actor) -> None:
    batch = upload(actor)
    batch_accept(actor=actor, batch_id=batch.pk)
    assert batch_cancel(actor=actor, batch_id=batch.pk).status == "cancelled"
    assert run(batch, silent).status == "cancelled"  # type: ignore[arg-type]
    assert Job.objects.get().status == "cancelled"
    with pytest.raises(Conflict):
        batch_accept(actor=actor, batch_id=batch.pk)


def test_an_import_cancelled_while_it_reads_stops_before_it_writes(actor: Actor) -> None:
    batch = upload(actor)
    batch_accept(actor=actor, batch_id=batch.pk)
    context = PlainContext(workspace_id=batch.workspace_id, listener=lambda *step: batch_cancel(actor=actor, batch_id=batch.pk))
    with pytest.raises(Cancelled):
        batch_import(batch_id=batch.pk, context=context, write=silent, alarm=silent)  # type: ignore[arg-type]
    batch.refresh_from_db()
    assert batch.status == "cancelled"
    assert staged() == []


def test_a_fault_of_the_write_is_kept_on_the_batch_and_a_passing_one_is_not(actor: Actor) -> None:
    batch = upload(actor)
    batch_accept(actor=actor, batch_id=batch.pk)

    def busy(_: AlignedBatch) -> Written:
        raise Transient("warehouse_busy")

    def broken(_: AlignedBatch) -> Written:
        raise Invalid("batch_without_customer", batch_id=7)

    with pytest.raises(Transient):
        run(batch, busy)
    batch.refresh_from_db()
    assert batch.status == "running"
    with pytest.raises(Invalid):
        run(batch, broken)
    batch.refresh_from_db()
    assert (batch.status, batch.error) == ("failed", {"code": "batch_without_customer", "params": {"batch_id": 7}})


def test_files_are_forgotten_thirty_days_after_the_import(actor: Actor) -> None:
    batch = upload(actor)
    path = batch_path(batch)
    Batch.objects.filter(pk=batch.pk).update(status="done", finished_at=datetime(2024, 1, 1, tzinfo=UTC))
    assert uploads_sweep(now=datetime(2024, 1, 20, tzinfo=UTC)) == 0
    assert uploads_sweep(now=datetime(2024, 2, 1, tzinfo=UTC)) == 1
    assert not path.exists()
    batch.refresh_from_db()
    with pytest.raises(NotFound, match="batch_file_gone"):
        batch_path(batch)


def test_files_that_no_import_knows_go_when_they_are_old(actor: Actor) -> None:
    batch = upload(actor)
    for name, day in (("left.part", 1), ("new.bin", 25), (batch.stored_name, 1)):
        path = uploads_dir() / name
        path.touch()
        moment = datetime(2024, 1, day, tzinfo=UTC).timestamp()
        os.utime(path, (moment, moment))
    uploads_sweep(now=datetime(2024, 2, 10, tzinfo=UTC))
    assert sorted(path.name for path in uploads_dir().iterdir()) == sorted(["new.bin", batch.stored_name])
    (uploads_dir() / "new.bin").unlink()


def _apply(workspace: Workspace, warehouse: LocalWarehouse) -> list[Written]:
    now, write = datetime(2024, 2, 1, tzinfo=UTC), writer(workspace, warehouse)
    written = []
    for batch in waiting(workspace_id=workspace.pk, rows=100):
        written.append(write(ingested(batch.rows, batch_id=f"import-{batch.batch_id}", source=batch.source, now=now).batch))
        settle(batch_ids=[batch.batch_id], counts={batch.batch_id: Settled(written[-1].new)})
    return written


def test_activities_by_api_are_applied_once_and_corrected_by_id(actor: Actor, workspace: Workspace, warehouse: LocalWarehouse) -> None:
    row = {"activity_id": "e1", "customer_key": "K1", "ts": "2024-01-05T10:00:00+08:00", "kind": "login", "attrs": {"页": "首页"}}
    batch = batch_ingest(actor=actor, source="app", rows=[row])
    assert batch_ingest(actor=actor, source="app", rows=[row]).pk == batch.pk
    assert list(Job.objects.values_list("kind", flat=True)) == ["live"]
    assert _apply(workspace, warehouse) == [Written(new=1, customers_new=1)]
    batch_ingest(actor=actor, source="app", rows=[row | {"value": 3.5}])
    assert _apply(workspace, warehouse) == [Written(changed=1)]
    (stored,) = warehouse.query(workspace.pk, "SELECT source, ts_us, known_us, value, attrs FROM activity").to_pylist()
    moment = datetime(2024, 1, 5, 2, tzinfo=UTC).timestamp() * 1e6
    assert stored == {"source": "app", "ts_us": moment, "known_us": moment, "value": 3.5, "attrs": '{"页":"首页"}'}


def test_the_catalogue_speaks_both_languages_and_gives_a_template() -> None:
    orders = next(info for info in entity_infos("en") if info.name == "orders")
    assert (orders.label, orders.fields[0].label, orders.fields[0].required) == ("Orders", "Order number", True)
    assert all(
        field.label != f"fields.{field.name}" for language in ("zh-CN", "en") for info in entity_infos(language) for field in info.fields
    )
    assert entity_template("orders", "zh-CN").decode("utf-8-sig").startswith("订单号,客户编号,下单时间")
    with pytest.raises(NotFound):
        entity_template("cars", "en")


@pytest.mark.parametrize("entity", [info.name for info in entity_infos("zh-CN")])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_filled_in_template_maps_itself(actor: Actor, entity: str, language: str) -> None:
    header = entity_template(entity, language).decode("utf-8-sig").strip()
    batch = upload(actor, f"{header}\n{','.join('7' for _ in header.split(','))}\n", entity=entity)
    assert batch.detected["missing"] == []


@pytest.fixture(autouse=True)
def _own_uploads(tmp_path: Path, settings: Settings) -> Iterator[None]:
    from dataclasses import replace

    settings.LIUKE = replace(django_settings.LIUKE, data_dir=tmp_path / "data")
    yield
    assert not list((tmp_path / "data").glob("uploads/*.part"))
