"""Activities by API: what is accepted and what is told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Role
from liuke.base.errors import Forbidden, Invalid, TooLarge
from liuke.base.words import render
from liuke.connect.domain.limits import LIMITS
from liuke.connect.service import batch_ingest
from liuke.connect.store.models import Batch, Source
from tests.factories import make_actor, make_workspace

pytestmark = pytest.mark.django_db
ROW = {"activity_id": "e1", "customer_key": "K1", "ts": datetime(2024, 1, 5, tzinfo=UTC), "kind": "page.viewed"}


@pytest.fixture
def actor() -> Actor:
    return make_actor(make_workspace(), Role.IT)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"activity_id": " "}, "activity_id"),
        ({"customer_key": "x" * 81}, "customer_key"),
        ({"ts": "2024-01-05T10:00:00"}, "ts"),
        ({"ts": "yesterday"}, "ts"),
        ({"kind": "Page Viewed"}, "kind"),
        ({"value": float("nan")}, "value"),
        ({"value": "12"}, "value"),
        ({"channel": 5}, "channel"),
        ({"attrs": [1]}, "attrs"),
    ],
)
def test_a_wrong_row_is_named_with_its_field_and_nothing_is_kept(actor: Actor, change: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid, match="ingest_row") as caught:
        batch_ingest(actor=actor, source="app", rows=[ROW, ROW | change])
    assert (caught.value.params["row"], caught.value.params["field"]) == (2, field)
    assert field in render("errors.ingest_row", caught.value.params, language="en")
    assert not Batch.objects.exists()


def test_none_and_too_many_rows_are_told(actor: Actor) -> None:
    with pytest.raises(Invalid, match="ingest_empty"):
        batch_ingest(actor=actor, source="app", rows=[])
    with pytest.raises(TooLarge, match="ingest_too_many"):
        batch_ingest(actor=actor, source="app", rows=[ROW] * (LIMITS.ingest_rows + 1))


def test_a_source_of_another_kind_keeps_its_name(actor: Actor) -> None:
    Source.objects.create(workspace_id=actor.workspace_id, kind="folder", name="shop")
    for name in ("shop", "", "x" * 81):
        with pytest.raises(Invalid, match="ingest_source"):
            batch_ingest(actor=actor, source=name, rows=[ROW])


def test_the_order_of_keys_does_not_make_a_new_batch_and_another_source_does(actor: Actor) -> None:
    first = batch_ingest(actor=actor, source="app", rows=[ROW])
    assert batch_ingest(actor=actor, source="app", rows=[dict(reversed(ROW.items()))]).pk == first.pk
    assert batch_ingest(actor=actor, source="web", rows=[ROW]).pk != first.pk


def test_without_permission_nothing_is_taken() -> None:
    with pytest.raises(Forbidden):
        batch_ingest(actor=make_actor(make_workspace(), Role.MANAGER), source="app", rows=[ROW])
