"""Every endpoint × every role × stranger × anonymous × API key, by the table in `matrix.py`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.test import Client

from liuke.show.api.main import api
from tests.show.matrix import ASKERS, Row
from tests.show.tables import rows
from tests.show.world import World

pytestmark = pytest.mark.django_db
TABLE = rows()


def operations() -> set[str]:
    """The names of all endpoints of the API."""
    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    return {operation["operationId"] for path in schema["paths"].values() for operation in path.values()}


def filled(value: Any, ids: dict[str, Any]) -> Any:
    """A body with the ids of the world in place of `{name}`."""
    if isinstance(value, Mapping):
        return {key: filled(part, ids) for key, part in value.items()}
    if isinstance(value, list):
        return [filled(part, ids) for part in value]
    if isinstance(value, str) and value.startswith("{") and value.endswith("}"):
        return ids[value[1:-1]]
    return value


def call(client: Client, row: Row, world: World) -> HttpResponseBase:
    """Ask the endpoint of a row."""
    path = f"/api/v1{row.path[1:].format(**world.ids)}" if row.path.startswith("!") else world.url(row.path)
    if row.method in {"get", "delete"}:
        return getattr(client, row.method)(path)
    if isinstance(row.body, Mapping) and "file" in row.body:
        content = row.body["file"]
        upload = SimpleUploadedFile(row.body.get("name", "customers.csv"), content if isinstance(content, bytes) else content.encode())
        return client.post(path, {**{key: value for key, value in row.body.items() if key != "name"}, "file": upload})
    body = json.dumps(filled(row.body or {}, dict(world.ids)))
    return getattr(client, row.method)(path, data=body, content_type="application/json")


def refused_in_words(answer: HttpResponseBase) -> None:
    """Every refusal has the one shape of errors: a code and a sentence, never a trace."""
    if answer.status_code >= 400:
        assert isinstance(answer, HttpResponse)
        body = json.loads(answer.content)
        assert set(body) == {"code", "message", "params", "faults", "request_id"}
        assert body["message"]
        assert not body["message"].startswith("errors.")


def test_every_endpoint_has_exactly_one_row() -> None:
    """A new endpoint fails here until somebody says who may call it."""
    names = [row.name for row in TABLE]
    assert sorted(names) == sorted(set(names))
    assert set(names) == operations()


@pytest.mark.parametrize("row", TABLE, ids=[row.name for row in TABLE])
def test_endpoint_answers_each_asker_as_declared(row: Row, world: World) -> None:
    """Each asker calls inside a savepoint that is rolled back, so that all meet the same world."""
    found = {}
    for asker in ASKERS:
        client = world.client(asker, raise_request_exception=False)
        with transaction.atomic():
            answer = call(client, row, world)
            found[asker] = answer.status_code
            refused_in_words(answer)
            transaction.set_rollback(True)
    assert found == {asker: row.expected(asker) for asker in ASKERS}
