"""The inbox of the API: one durable row per request before the answer, once per `Idempotency-Key`, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.base.errors import Conflict, Forbidden, Invalid, NotFound
from liuke.connect.domain.wire import Rejected
from liuke.connect.service.inbox import queue
from liuke.connect.service.live import ENTITY, live_enqueue
from liuke.connect.store.models import Batch, BatchBody, Source
from liuke.jobs.store.models import Job

SENDERS = (Permission.INGEST, Permission.IMPORT)
KEPT_FOR = timedelta(days=1)
"""How long accepted rows stay after they were applied."""
ROWS_KEPT_FOR = timedelta(days=30)
"""How long the word about a batch stays, and with it the memory of its `Idempotency-Key`."""
SWEPT_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Sending:
    """One request: accepted rows as `connect.domain.kept` packs them, and what is told about the others.

    `digest`: SHA-256 of what was sent, to know the same request again; `key`: the sender's `Idempotency-Key`, None without one.
    `job`: the kind of job that applies it, with the payload `{"batch": id}`; activities have the one of the live path.
    """

    entity: str
    source: str
    body: bytes
    digest: str
    accepted: int
    rejected: Sequence[Rejected] = ()
    key: str | None = None
    job: str = "import"


def sender_check(actor: Actor, *, pages: bool = False) -> None:
    """Raises Forbidden where the actor may not send rows (`pages`: nor activities of pages)."""
    if not is_sender(actor) and not (pages and actor.may(Permission.TRACK)):
        raise Forbidden("forbidden", permission=Permission.INGEST.value)


def is_sender(actor: Actor) -> bool:
    """Whether the actor may send every kind of row, not only what happens on pages."""
    return any(actor.may(permission) for permission in SENDERS)


def rows_accept(*, actor: Actor, sending: Sending) -> tuple[Batch, bool]:
    """The inbox row of a request and whether it is new; durable, with the job that applies it, when this returns.

    The caller has checked what the actor may. The same key with the same rows answers with the batch that took them first.
    Raises Conflict `ingest_key_reused` for a key with other rows, Invalid `ingest_source`.
    """
    try:
        with transaction.atomic():
            source = source_of(actor, sending.source)
            earlier = _earlier(source, sending)
            return (earlier, False) if earlier else (_written(actor, source, sending), True)
    except IntegrityError:  # the same key at the same moment, on PostgreSQL
        with transaction.atomic():
            earlier = _earlier(source_of(actor, sending.source), sending)
        if earlier is None:
            raise
        return earlier, False


def _earlier(source: Source, sending: Sending) -> Batch | None:
    if sending.key is None:
        return None
    found = Batch.objects.filter(source=source, request_key=sending.key).first()
    if found is not None and (found.sha256, found.entity) != (sending.digest, sending.entity):
        raise Conflict("ingest_key_reused", key=sending.key)
    return found


def _written(actor: Actor, source: Source, sending: Sending) -> Batch:
    batch = Batch.objects.create(
        workspace_id=actor.workspace_id,
        source=source,
        entity=sending.entity,
        sha256=sending.digest,
        request_key=sending.key,
        status=Batch.Status.QUEUED,
        detected={"rejected": [each.to_data() for each in sending.rejected]} if sending.rejected else {},
        rows_total=sending.accepted + len(sending.rejected),
        rows_rejected=len(sending.rejected),
        created_by_id=actor.membership_id,
    )
    BatchBody.objects.create(batch=batch, body=sending.body)
    if sending.entity == ENTITY:
        live_enqueue(workspace_id=actor.workspace_id, batch_id=batch.pk)
    else:
        queue(batch, kind=sending.job, created_by=actor.membership_id)
    return batch


def source_of(actor: Actor, name: str) -> Source:
    """The source of that name, made at the first call. Raises Invalid `ingest_source` where another kind of source has the name."""
    if not 0 < len(name) <= 80 or not name.isprintable():
        raise Invalid("ingest_source")
    found = "SELECT * FROM connect_source WHERE workspace_id = %s AND name = %s"  # as SQL: asked at every request
    known = next(iter(Source.objects.raw(found, [actor.workspace_id, name])), None)
    if known is None:
        known, _ = Source.objects.get_or_create(workspace_id=actor.workspace_id, name=name, defaults={"kind": "api", "entity": ENTITY})
    if known.kind != "api":
        raise Invalid("ingest_source")
    return known


def sent_batch(*, actor: Actor, batch_id: int) -> Batch:
    """A batch that came by API, of the actor's workspace. Raises NotFound, Forbidden."""
    sender_check(actor)
    batch = Batch.objects.filter(pk=batch_id, workspace_id=actor.workspace_id, source__kind="api").first()
    if batch is None:
        raise NotFound("batch_not_found", batch=batch_id)
    return batch


def bodies_sweep(*, now: datetime) -> int:
    """Forget rows that were applied KEPT_FOR ago, and batches of ROWS_KEPT_FOR ago; returns how many bodies went.

    What failed keeps its rows as long as its batch. Part of the worker's tick, at most SWEPT_AT_ONCE of each a time.
    """
    ended = BatchBody.objects.filter(batch__status__in=[Batch.Status.DONE, Batch.Status.CANCELLED], batch__finished_at__lt=now - KEPT_FOR)
    gone, _ = BatchBody.objects.filter(pk__in=list(ended.values_list("pk", flat=True)[:SWEPT_AT_ONCE])).delete()
    old = Batch.objects.filter(source__kind="api", finished_at__lt=now - ROWS_KEPT_FOR).values_list("pk", "job_id")[:SWEPT_AT_ONCE]
    found = list(old)
    Batch.objects.filter(pk__in=[pk for pk, _job in found]).delete()
    Job.objects.filter(pk__in=[job for _pk, job in found if job]).delete()
    return gone
