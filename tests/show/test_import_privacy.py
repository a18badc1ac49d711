"""Files on their way in hold the customers' data: who may not read that reads columns, not cells (role IT)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from liuke.connect.store.models import Batch
from tests.show.world import PHONE, SAID, World

pytestmark = pytest.mark.django_db
FILE = f"客户编号,手机,时间,内容,暗号\nC14,{PHONE},2026-11-01,{SAID},芝麻\n,{PHONE},?,{SAID},芝麻\n"
SECRETS = (PHONE, SAID, "芝麻")
MAPPING = {"entity": "messages", "columns": {"客户编号": "customer_key", "时间": "sent_at", "内容": "text"}}


def upload(world: World, asker: str) -> int:
    """The id of an uploaded file of messages, its rejects being the file itself."""
    file = SimpleUploadedFile("messages.csv", FILE.encode(), content_type="text/csv")
    answer = world.client(asker).post(world.url("/imports"), {"file": file, "entity": "messages"})
    assert answer.status_code == 200, answer.content
    batch_id = int(answer.json()["id"])
    Batch.objects.filter(pk=batch_id).update(rejects_name=Batch.objects.get(pk=batch_id).stored_name)
    return batch_id


def seen(world: World, asker: str, batch_id: int) -> list[str]:
    """The secrets that an asker finds in the batch, in the list and in the preview."""
    client, path = world.client(asker), world.url(f"/imports/{batch_id}")
    answers: list[Any] = [client.get(path), client.get(world.url("/imports"))]
    answers.append(client.put(f"{path}/mapping", data=MAPPING, content_type="application/json"))
    assert {answer.status_code for answer in answers} == {200}
    text = json.dumps([answer.json() for answer in answers], ensure_ascii=False)
    return [secret for secret in SECRETS if secret in text]


def test_it_maps_a_file_of_somebody_else_without_reading_the_customers(world: World) -> None:
    """Samples, preview and rejected rows; numbers and dates stay, without which nobody could map."""
    batch_id = upload(world, "operations")
    assert seen(world, "it", batch_id) == []
    assert "2026-11-01" in json.dumps(world.get("it", f"/imports/{batch_id}"))
    assert world.client("it").get(world.url(f"/imports/{batch_id}/rejects.csv")).status_code == 403


def test_readers_of_personal_data_and_who_brought_the_file_see_its_cells(world: World) -> None:
    """Nobody is protected from the own file."""
    assert seen(world, "admin", upload(world, "operations")) == list(SECRETS)
    own = upload(world, "it")
    assert seen(world, "it", own) == list(SECRETS)
    assert world.client("it").get(world.url(f"/imports/{own}/rejects.csv")).status_code == 200
