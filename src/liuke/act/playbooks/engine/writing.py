"""Claims a batch and writes it back: three statements, whatever its size. The claim's locks and `seq` keep others out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from liuke.act.playbooks.domain.contract import Plain
from liuke.act.playbooks.domain.walk import Walk
from liuke.act.store.models import Enrolment, EnrolmentStep, Playbook
from liuke.act.store.models_playbooks import RUNNING
from liuke.base.errors import Transient


@dataclass(frozen=True, slots=True)
class Claimed:
    """A due row, locked until the transaction ends."""

    pk: int
    customer_id: int
    node: str
    seq: int
    since: datetime
    waiting_for: str
    entry: Mapping[str, Plain]


def claim(playbook_id: int, ids: Sequence[int], now: datetime) -> list[Claimed]:
    """Those of `ids` that are due and that nobody else holds; none of a flow that was paused or switched off meanwhile."""
    if not Playbook.objects.filter(pk=playbook_id, enabled=True, paused_at__isnull=True, archived_at__isnull=True).exists():
        return []
    due = Enrolment.objects.filter(pk__in=ids, wake_at__lte=now, status__in=RUNNING, arm=Enrolment.Arm.TREATED)
    rows = due.order_by("pk").select_for_update(skip_locked=True, of=("self",))
    columns = ("pk", "customer_id", "node", "seq", "since", "waiting_for", "vars")
    return [
        Claimed(pk, customer, node, seq, since, waiting_for, kept.get("entry", {}))
        for pk, customer, node, seq, since, waiting_for, kept in rows.values_list(*columns)
    ]


def holdouts_end(playbook_id: int, now: datetime) -> int:
    """Hold-outs whose time is over leave; nothing else ever happens to them."""
    over = Enrolment.objects.filter(playbook_id=playbook_id, arm=Enrolment.Arm.HOLDOUT, wake_at__lte=now, status__in=RUNNING)
    return over.update(status=Enrolment.Status.DONE, end_reason="watched", ended_at=now, wake_at=None)


def walks_write(rows: Sequence[Claimed], walks: Sequence[Walk], now: datetime) -> None:
    """Where each stands now, and the history of what it left. Raises Transient where a row was moved by somebody else."""
    if not walks:
        return
    moment = connection.ops.adapt_datetimefield_value
    table = connection.ops.quote_name(Enrolment._meta.db_table)
    over = {"done", "exited", "failed"}
    values = [
        (
            walk.node, walk.seq, walk.status, moment(walk.wake_at), walk.waiting_for, moment(walk.since), walk.end_reason,
            moment(now if walk.status in over else None), row.pk, row.seq,
        )
        for row, walk in zip(rows, walks, strict=True)
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET node = %s, seq = %s, status = %s, wake_at = %s, waiting_for = %s, since = %s, end_reason = %s,"
            " ended_at = %s WHERE id = %s AND seq = %s",
            values,
        )
        if cursor.rowcount != len(values):
            raise Transient("enrolment_moved")
    _history(walks, now)


def _history(walks: Sequence[Walk], now: datetime) -> None:
    moment = connection.ops.adapt_datetimefield_value(now)
    table = connection.ops.quote_name(EnrolmentStep._meta.db_table)
    values = [
        (
            walk.enrolment_id,
            taken.seq,
            taken.node,
            taken.kind,
            taken.outlet,
            moment,
            json.dumps({"key": f"playbooks.did.{taken.did}", "params": dict(taken.params)}),
        )
        for walk in walks
        for taken in walk.taken
    ]
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {table} (enrolment_id, seq, node, kind, outlet, at, detail) VALUES (%s, %s, %s, %s, %s, %s, %s)", values
            )
