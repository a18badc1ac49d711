"""An import tells where it stands, from the upload to the end, in the reader's language."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from liuke.base.errors import Forbidden, NotFound
from liuke.connect.store.models import Batch
from liuke.jobs.store.models import Job
from liuke.show.api.schemas.data import BatchOut
from liuke.show.queries.imports import batch_page, entities, one_batch
from liuke.show.queries.reader import Reader
from tests.factories import actor_of
from tests.show.world import NOW, World

pytestmark = pytest.mark.django_db
FILE = "客户编号,客户名称,暗号\nZ1,甲,芝麻\nZ2,乙,开门\n"
MAPPING = {"entity": "customers", "columns": {"客户编号": "customer_key", "客户名称": "name"}}


def reader(world: World, asker: str = "operations", language: str = "zh-CN") -> Reader:
    """A member's view of the own workspace."""
    member = world.members[asker]
    return Reader(actor_of(member), member.workspace, NOW, language)


def upload(world: World, text: str = FILE, entity: str = "customers") -> BatchOut:
    """A file just brought by operations, as the API answers."""
    file = SimpleUploadedFile("客户.csv", text.encode(), content_type="text/csv")
    answer = world.client("operations").post(world.url("/imports"), {"file": file, "entity": entity})
    assert answer.status_code == 200, answer.content
    return BatchOut.model_validate(answer.json())


def send(client: Client, world: World, method: str, path: str, body: object = None) -> tuple[int, Any]:
    """Status and JSON of a change."""
    answer = client.generic(method, world.url(path), b"" if body is None else json.dumps(body).encode(), "application/json")
    return answer.status_code, answer.json()


def told(world: World, batch_id: int, language: str = "zh-CN") -> BatchOut:
    """The batch as its maker reads it."""
    return one_batch(reader=reader(world, language=language), batch_id=batch_id)


def mapped(world: World) -> int:
    """A file whose mapping was checked."""
    batch_id = upload(world).id
    status, answer = send(world.client("operations"), world, "PUT", f"/imports/{batch_id}/mapping", MAPPING)
    assert status == 200, answer
    return batch_id


def started(world: World) -> int:
    """A file that waits for the worker."""
    batch_id = mapped(world)
    status, answer = send(world.client("operations"), world, "POST", f"/imports/{batch_id}/start")
    assert (status, answer["status"]) == (200, "queued")
    return batch_id


def running(world: World) -> int:
    """A file of which the worker has read a part."""
    batch_id = started(world)
    Batch.objects.filter(pk=batch_id).update(status="running")
    stage = {"key": "stages.import_reading", "params": {"rows": 12_000}}
    Job.objects.filter(batch=batch_id).update(status="running", progress=0.4, stage=stage)
    return batch_id


def test_a_file_whose_columns_are_known_is_ready_at_once_with_nothing_of_an_import_yet(world: World) -> None:
    batch = upload(world)
    assert (batch.status, batch.file_name, batch.entity, batch.source) == ("ready", "客户.csv", "customers", None)
    assert (batch.encoding.lower().replace("-", "").startswith("utf8"), batch.delimiter) == (True, ",")
    assert [column.name for column in batch.columns] == ["客户编号", "客户名称", "暗号"]
    assert batch.columns[0].samples == ["Z1", "Z2"]
    assert batch.mapping is not None
    assert batch.mapping.columns["客户名称"] == "name"
    assert (batch.progress, batch.stage, batch.job_id, batch.error, batch.finished_at) == (0.0, "", None, None, None)
    assert batch.created_by == world.members["operations"].user.name


def test_ready_it_keeps_the_mapping_that_was_checked(world: World) -> None:
    batch = told(world, mapped(world))
    assert (batch.status, batch.job_id) == ("ready", None)
    assert batch.mapping is not None
    assert batch.mapping.columns == MAPPING["columns"]


def test_the_preview_shows_the_rows_as_they_would_arrive(world: World) -> None:
    batch_id = upload(world, FILE + ",丙,无\n").id
    _, preview = send(world.client("operations"), world, "PUT", f"/imports/{batch_id}/mapping", MAPPING)
    name = preview["fields"].index("name")
    assert [row[name] for row in preview["rows"]] == ["甲", "乙"]
    assert [(row["line"], "丙" in row["values"]) for row in preview["rejects"]] == [(4, True)]
    assert preview["rejects"][0]["reason"]
    assert preview["checked"] == 3


def test_queued_it_names_its_job_and_waits_at_nought_however_often_it_is_started(world: World) -> None:
    batch_id = started(world)
    status, again = send(world.client("operations"), world, "POST", f"/imports/{batch_id}/start")
    batch = told(world, batch_id)
    assert (status, again["job_id"]) == (200, batch.job_id)
    assert (batch.status, batch.progress, batch.finished_at) == ("queued", 0.0, None)
    assert Job.objects.get(batch=batch_id).payload == {"batch": batch_id}


def test_running_it_tells_progress_and_stage_of_its_job_in_the_language_of_the_reader(world: World) -> None:
    batch_id = running(world)
    chinese, english = told(world, batch_id), told(world, batch_id, "en")
    assert (chinese.progress, chinese.stage) == (0.4, "正在读取第 12,000 行")
    assert "12,000" in english.stage
    assert english.stage != chinese.stage


def test_done_it_counts_its_rows_and_is_complete_whatever_its_job_last_said(world: World) -> None:
    batch_id = running(world)
    counts = {"rows_total": 10, "rows_new": 5, "rows_changed": 1, "rows_same": 2, "rows_rejected": 2}
    Batch.objects.filter(pk=batch_id).update(status="done", finished_at=NOW, **counts)
    batch = told(world, batch_id)
    assert (batch.status, batch.progress, batch.finished_at) == ("done", 1.0, NOW)
    assert {name: getattr(batch, name) for name in counts} == counts


def test_failed_it_says_why_in_the_language_of_the_reader_and_keeps_how_far_it_came(world: World) -> None:
    batch_id = running(world)
    Batch.objects.filter(pk=batch_id).update(status="failed", error={"code": "batch_not_ready", "params": {}}, finished_at=NOW)
    chinese, english = told(world, batch_id), told(world, batch_id, "en")
    assert (chinese.status, chinese.progress) == ("failed", 0.4)
    assert chinese.error is not None
    assert english.error is not None
    assert chinese.error.code == english.error.code == "batch_not_ready"
    assert chinese.error.message != english.error.message
    assert "errors." not in chinese.error.message + english.error.message


@pytest.mark.parametrize("make", [mapped, started, running])
def test_cancelled_it_is_over_and_cannot_be_started_or_cancelled_again(world: World, make: Any) -> None:
    batch_id = make(world)
    client = world.client("operations")
    status, batch = send(client, world, "POST", f"/imports/{batch_id}/cancel")
    assert (status, batch["status"], batch["error"]) == (200, "cancelled", None)
    assert batch["finished_at"]
    for path in ("start", "cancel"):
        status, answer = send(client, world, "POST", f"/imports/{batch_id}/{path}")
        assert (status, answer["code"]) == (409, "batch_not_open")


def test_uploaded_it_names_the_fields_that_no_column_fills_and_cannot_be_started(world: World) -> None:
    batch = upload(world, "甲列,乙列\n天,地\n")
    assert (batch.status, batch.job_id) == ("uploaded", None)
    assert "customer_key" in batch.missing_fields
    status, answer = send(world.client("operations"), world, "POST", f"/imports/{batch.id}/start")
    assert (status, answer["code"]) == (422, "batch_not_ready")
    assert told(world, batch.id).status == "uploaded"


def test_the_same_file_again_is_told_when_it_was_imported_before(world: World) -> None:
    first = upload(world).id
    assert upload(world).seen_before_at is None
    Batch.objects.filter(pk=first).update(status="done", finished_at=NOW - timedelta(days=3))
    assert upload(world).seen_before_at == NOW - timedelta(days=3)
    assert upload(world, FILE + "Z3,丙,无\n").seen_before_at is None
    assert told(world, first).seen_before_at is None


def test_imports_are_listed_newest_first_and_pages_follow_each_other(world: World) -> None:
    Batch.objects.filter(workspace=world.workspace).delete()
    made = [upload(world).id for _ in range(3)]
    first = batch_page(reader=reader(world), cursor="", limit=2)
    rest = batch_page(reader=reader(world), cursor=first.next_cursor or "", limit=2)
    assert [batch.id for batch in [*first.items, *rest.items]] == made[::-1]
    assert (first.total, rest.total, rest.next_cursor) == (3, 3, None)


def test_imports_are_for_who_may_import_and_never_for_strangers(world: World) -> None:
    batch_id = upload(world).id
    assert batch_page(reader=reader(world, "stranger"), cursor="", limit=50).items == []
    with pytest.raises(NotFound):
        one_batch(reader=reader(world, "stranger"), batch_id=batch_id)
    with pytest.raises(Forbidden):
        batch_page(reader=reader(world, "manager"), cursor="", limit=50)
    with pytest.raises(Forbidden):
        one_batch(reader=reader(world, "manager"), batch_id=batch_id)


def test_every_entity_is_explained_field_by_field_in_both_languages() -> None:
    chinese, english = entities("zh-CN"), entities("en")
    assert [entity.name for entity in chinese] == [entity.name for entity in english]
    for one, other in zip(chinese, english, strict=True):
        assert one.label != other.label
        assert [field.name for field in one.fields] == [field.name for field in other.fields]
        assert all(field.label and field.label.isascii() for field in other.fields)
        assert any(field.required for field in one.fields)
