"""Outcomes by API: durable before the answer, then registered one by one by the use case of 登记结果."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

import msgspec
from django.db import transaction

from liuke.accounts.domain.actor import Actor, system
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import workspace_now
from liuke.accounts.store.models import Workspace
from liuke.base.errors import LiukeError
from liuke.base.times import local_day
from liuke.connect.domain.kept import Kept, pack, unpack
from liuke.connect.domain.wire import Form, Read, Rejected
from liuke.connect.service.accepting import Sending
from liuke.connect.service.live import Settled, settle
from liuke.connect.store.models import Batch, BatchBody
from liuke.facts.store.models import Customer
from liuke.learn.domain.outcome_rows import OutcomeIn, outcomes_decode, outcomes_read
from liuke.learn.service.outcomes import outcome_register
from liuke.learn.store.models import Outcome

KIND = "outcomes"
"""The entity of such a batch and the kind of the job that applies it."""


def outcomes_take(*, actor: Actor, workspace: Workspace, source: str, body: bytes, form: Form, key: str | None) -> Sending:
    """Every row of a request accepted or rejected, ready for `rows_accept`. Raises as `outcomes_read`, Forbidden without `handle`."""
    actor.require(Permission.HANDLE)
    today = local_day(workspace_now(workspace), workspace.time_zone)
    read = _known(outcomes_read(body, form, today=today), workspace)
    digest = hashlib.sha256(body).hexdigest()
    packed = pack(Kept(msgspec.json.encode(read.rows), Form.ARRAY))
    return Sending(KIND, source, packed, digest, len(read.rows), read.rejected, key, KIND)


def _known(read: Read[OutcomeIn], workspace: Workspace) -> Read[OutcomeIn]:
    """Rows of customers that nobody knows are rejected."""
    keys = {row.customer_key.strip() for row in read.rows}
    known = set(Customer.objects.filter(workspace=workspace, key__in=keys).values_list("key", flat=True))
    places = _places(len(read.rows), {each.index for each in read.rejected})
    unknown = [
        Rejected(place, "customer_unknown", "customer_key", {"value": row.customer_key})
        for place, row in zip(places, read.rows, strict=True)
        if row.customer_key.strip() not in known
    ]
    rows = [row for row in read.rows if row.customer_key.strip() in known]
    return replace(read, rows=rows, rejected=sorted([*read.rejected, *unknown], key=lambda each: each.index))


def _places(rows: int, rejected: set[int]) -> Sequence[int]:
    return [index for index in range(rows + len(rejected)) if index not in rejected]


def outcomes_apply(*, batch_id: int) -> Mapping[str, int]:
    """Register what a batch holds; the answer counts, and `customers` are those whose cards change.

    Killed anywhere it is done again: an outcome is known by its source and number. A row that can no longer be registered is
    counted as rejected, the rest goes on.
    """
    batch = Batch.objects.select_related("source").get(pk=batch_id)
    if batch.status != Batch.Status.QUEUED:
        return {}
    rows = outcomes_decode(unpack(BatchBody.objects.get(batch=batch).body).raw)
    source, new, refused = batch.source.name if batch.source else "", 0, 0
    for row in rows:
        try:
            new += _register(batch.workspace_id, f"{source}:{row.outcome_id.strip()}", row)
        except LiukeError:
            refused += 1
    Batch.objects.filter(pk=batch.pk).update(rows_rejected=batch.rows_rejected + refused)
    settle(batch_ids=[batch.pk], counts={batch.pk: Settled(new=new, same=len(rows) - new - refused)})
    return {"new": new, "same": len(rows) - new - refused, "rejected": refused}


def outcome_customers(batch_id: int) -> list[int]:
    """The customers of a batch, for their cards."""
    batch = Batch.objects.get(pk=batch_id)
    rows = outcomes_decode(unpack(BatchBody.objects.get(batch=batch).body).raw)
    keys = {row.customer_key.strip() for row in rows}
    return list(Customer.objects.filter(workspace_id=batch.workspace_id, key__in=keys).values_list("pk", flat=True))


def _register(workspace_id: int, number: str, row: OutcomeIn) -> int:
    """1 where the outcome is new, 0 where it was registered before."""
    with transaction.atomic():
        if Outcome.objects.filter(workspace_id=workspace_id, external_id=number).exists():
            return 0
        customer = Customer.objects.filter(workspace_id=workspace_id, key=row.customer_key.strip()).values_list("pk", flat=True).first()
        outcome_register(
            actor=system(workspace_id),
            customer_id=customer or 0,
            kind=row.kind,
            occurred_on=row.occurred_on,
            cause=row.cause,
            competitor=row.competitor,
            note=row.note,
            external_id=number,
        )
        return 1
