"""DAT-01, OUT-01: rows that came by API are applied as those of a file are, once, however often the job runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from liuke.accounts.domain.actor import system
from liuke.accounts.store.models import Workspace
from liuke.align.service.api_rows import cell_of, rows_check
from liuke.base.errors import Conflict, Invalid, TooLarge
from liuke.connect.domain.kept import Kept, pack, unpack
from liuke.connect.domain.limits import LIMITS
from liuke.connect.domain.wire import Form
from liuke.connect.service.accepting import Sending, rows_accept
from liuke.connect.store.models import Batch, Source
from liuke.facts.store.models import Customer
from liuke.jobs.domain.contract import PlainContext
from liuke.learn.service.outcome_rows import outcomes_apply, outcomes_take
from liuke.learn.service.outcomes import outcome_revert
from liuke.learn.store.models import Outcome
from liuke.pipeline.imports import import_run
from liuke.pipeline.outcomes import outcomes_run
from liuke.show.store.models import CustomerCard
from liuke.warehouse.local import LocalWarehouse
from tests.factories import make_customer, make_workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace() -> Workspace:
    return make_workspace()


@pytest.fixture
def warehouse(tmp_path: Path) -> LocalWarehouse:
    return LocalWarehouse(tmp_path)


def sent(workspace: Workspace, entity: str, rows: list[object], source: str = "shop", key: str | None = None) -> Batch:
    """As the API does it."""
    body = json.dumps(rows).encode()
    checked = rows_check(entity=entity, body=body, form=Form.ARRAY, source=source, zone="Asia/Shanghai")
    packed = pack(Kept(checked.raw, Form.ARRAY))
    return rows_accept(actor=system(workspace.pk), sending=Sending(entity, source, packed, "d", checked.accepted, checked.rejected, key))[0]


def applied(workspace: Workspace, warehouse: LocalWarehouse, batch: Batch) -> dict[str, int]:
    context = PlainContext(workspace_id=workspace.pk)
    return import_run(workspace=workspace, warehouse=warehouse, batch_id=batch.pk, context=context)


ORDERS: list[object] = [
    {"order_id": "SO-1", "customer_key": "K1", "ordered_at": "2026-11-20T08:00:00+08:00", "amount": 1280.5, "仓库": "华东"},
    {"order_id": "SO-2", "customer_key": "K2", "ordered_at": "2026-11-20", "amount": "¥3,000"},
    {"order_id": "SO-3", "customer_key": "K2", "ordered_at": "someday", "amount": 1},
    {"order_id": "SO-4", "customer_key": "K2", "ordered_at": "2026-11-20"},
]


def test_orders_become_activities_under_their_source_and_a_repetition_corrects_them(
    workspace: Workspace, warehouse: LocalWarehouse
) -> None:
    batch = sent(workspace, "orders", ORDERS)
    assert [(each["index"], each["code"]) for each in batch.detected["rejected"]] == [(2, "not_a_date"), (3, "no_amount")]
    assert applied(workspace, warehouse, batch)["new"] == 2
    corrected = sent(workspace, "orders", [{**dict(ORDERS[0]), "amount": 999}])  # type: ignore[call-overload]
    assert applied(workspace, warehouse, corrected)["changed"] == 1
    found = warehouse.query(workspace.pk, "SELECT source, activity_id, value, attrs FROM activity ORDER BY activity_id").to_pylist()
    assert [(row["source"], row["value"]) for row in found] == [("shop", 999.0), ("shop", 3000.0)]
    assert json.loads(found[0]["attrs"])["仓库"] == "华东"
    batch.refresh_from_db()
    assert (batch.status, batch.rows_total, batch.rows_rejected, batch.rows_new) == ("done", 4, 2, 2)
    assert Source.objects.get(workspace=workspace, name="shop").rows_total == 3


def test_an_applied_batch_run_again_changes_nothing(workspace: Workspace, warehouse: LocalWarehouse) -> None:
    batch = sent(workspace, "orders", ORDERS[:2])
    applied(workspace, warehouse, batch)
    Batch.objects.filter(pk=batch.pk).update(status="running")  # killed after the warehouse and before the last word
    applied(workspace, warehouse, batch)
    assert warehouse.query(workspace.pk, "SELECT count(*) AS n FROM activity").to_pylist() == [{"n": 2}]


def test_customers_come_with_what_else_is_known_of_them(workspace: Workspace, warehouse: LocalWarehouse) -> None:
    batch = sent(workspace, "customers", [{"customer_key": "K1", "name": "华东机电", "industry": "机械", "规模": 120, "标签": ["a", "b"]}])
    applied(workspace, warehouse, batch)
    customer = Customer.objects.get(workspace=workspace, key="K1")
    assert (customer.name, customer.attributes["industry"], customer.attributes["规模"]) == ("华东机电", "机械", "120")
    assert customer.attributes["标签"] == '["a","b"]'


def test_the_same_key_from_the_same_source_is_one_batch(workspace: Workspace) -> None:
    first, again = (sent(workspace, "orders", ORDERS, key="key:1") for _ in range(2))
    assert first.pk == again.pk
    with pytest.raises(Conflict, match="ingest_key_reused"):
        sent(workspace, "customers", [{"customer_key": "K1", "name": "甲"}], key="key:1")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (7, "not_object"),
        (None, "not_object"),
        ({"customer_key": "K\0", "name": "x"}, "nul"),
        ({"customer_key": "K", "name": "x" * 161}, "too_long"),
    ],
)
def test_odd_rows_are_rejected_and_the_others_taken(row: object, code: str) -> None:
    body = json.dumps([{"customer_key": "K1", "name": "甲"}, row]).encode()
    checked = rows_check(entity="customers", body=body, form=Form.ARRAY, source="s", zone="UTC")
    assert (checked.accepted, [(each.index, each.code) for each in checked.rejected]) == (1, [(1, code)])


def test_too_many_fields_and_no_rows_are_told() -> None:
    wide = json.dumps([{f"f{number}": 1 for number in range(LIMITS.columns + 1)}]).encode()
    with pytest.raises(TooLarge, match="ingest_columns"):
        rows_check(entity="customers", body=wide, form=Form.ARRAY, source="s", zone="UTC")
    with pytest.raises(Invalid, match="ingest_empty"):
        rows_check(entity="customers", body=b"[]", form=Form.ARRAY, source="s", zone="UTC")


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        ("甲", "甲"),
        (True, "true"),
        (12, "12"),
        (0.1, "0.1"),
        (1e-7, "0.0000001"),
        (1e16, "10000000000000000"),
        ([1], "[1]"),
        ({"a": "甲"}, '{"a":"甲"}'),
    ],
)
def test_a_value_of_json_is_a_cell_as_a_person_would_type_it(value: object, cell: str) -> None:
    assert cell_of(value) == cell


@pytest.mark.parametrize("form", list(Form))
def test_what_is_kept_comes_back_as_it_was(form: Form) -> None:
    kept = Kept('[{"a": "甲"}]'.encode() * 50, form)
    assert unpack(memoryview(pack(kept))) == kept
    assert len(pack(kept)) < len(kept.raw)
    with pytest.raises(ValueError, match="not a kept body"):
        unpack(b"?....")


def outcome(number: int, key: str, kind: str = "churned", cause: str = "price") -> dict[str, str]:
    return {"outcome_id": f"x{number}", "customer_key": key, "kind": kind, "occurred_on": "2026-11-01", "cause": cause}


def outcomes_sent(workspace: Workspace, rows: list[dict[str, str]]) -> Batch:
    body = json.dumps(rows).encode()
    actor = system(workspace.pk)
    sending = outcomes_take(actor=actor, workspace=workspace, source="crm", body=body, form=Form.ARRAY, key=None)
    return rows_accept(actor=actor, sending=sending)[0]


def test_OUT_01_an_outcome_by_api_is_registered_as_by_a_person_and_only_once(workspace: Workspace) -> None:
    customer = make_customer(workspace)
    batch = outcomes_sent(workspace, [outcome(1, customer.key)])
    batch.refresh_from_db()
    assert batch.job is not None
    assert batch.job.kind == "outcomes"
    assert outcomes_run(workspace=workspace, batch_id=batch.pk) == {"new": 1, "same": 0, "rejected": 0}
    customer.refresh_from_db()
    registered = Outcome.objects.get(customer=customer)
    assert (customer.status, registered.cause, registered.external_id, registered.by_id) == ("lost", "price", "crm:x1", None)
    assert CustomerCard.objects.filter(customer=customer).exists()
    assert outcomes_run(workspace=workspace, batch_id=batch.pk) == {}
    again = outcomes_sent(workspace, [outcome(1, customer.key), outcome(2, customer.key, "renewed", "")])
    assert outcomes_apply(batch_id=again.pk) == {"new": 1, "same": 1, "rejected": 0}
    assert list(Outcome.objects.order_by("pk").values_list("kind", flat=True)) == ["churned", "renewed"]


def test_an_outcome_that_was_taken_back_does_not_come_again(workspace: Workspace) -> None:
    customer = make_customer(workspace)
    outcomes_apply(batch_id=outcomes_sent(workspace, [outcome(1, customer.key)]).pk)
    outcome_revert(actor=system(workspace.pk), outcome_id=Outcome.objects.get().pk)
    outcomes_apply(batch_id=outcomes_sent(workspace, [outcome(1, customer.key)]).pk)
    customer.refresh_from_db()
    assert (Outcome.objects.count(), customer.status) == (1, "active")


def test_an_outcome_whose_customer_has_gone_meanwhile_is_counted_and_the_rest_goes_on(workspace: Workspace) -> None:
    gone, stays = make_customer(workspace), make_customer(workspace)
    batch = outcomes_sent(workspace, [outcome(1, gone.key), outcome(2, stays.key)])
    gone.delete()
    assert outcomes_apply(batch_id=batch.pk) == {"new": 1, "same": 0, "rejected": 1}
    batch.refresh_from_db()
    assert (batch.status, batch.rows_rejected) == ("done", 1)
