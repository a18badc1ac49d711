"""Claims a batch and writes it back: three statements, whatever its size. The claim's locks and `seq` keep others out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from django.db import connection
from django.db.models import Model

from liuke.act.playbooks.domain.contract import Plain
from liuke.act.playbooks.domain.walk import Taken, Walk
from liuke.act.store.models import Enrolment, EnrolmentStep, Playbook
from liuke.act.store.models_playbooks import RUNNING
from liuke.base.errors import Transient

Cell: TypeAlias = str | int | float | datetime | None


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
    rows = [
        (walk.enrolment_id, taken.seq, taken.node, taken.kind, taken.outlet, moment, _detail(taken))
        for walk in walks
        for taken in walk.taken
    ]
    insert_many(EnrolmentStep, ("enrolment_id", "seq", "node", "kind", "outlet", "at", "detail"), rows)


def _detail(taken: Taken) -> str:
    return json.dumps({"key": f"playbooks.did.{taken.did}", "params": dict(taken.params)})


def enrolments_insert(rows: Sequence[Enrolment]) -> None:
    """New enrolments, in one prepared statement: several times as fast as building one long one."""
    moment = connection.ops.adapt_datetimefield_value
    columns = (
        "workspace_id", "playbook_id", "version_id", "customer_id", "alert_id", "entry_key", "arm", "share", "status", "node", "seq",
        "wake_at", "waiting_for", "since", "vars", "entered_at", "end_reason", "goal_until",
    )  # fmt: skip
    values = [
        (
            row.workspace_id, row.playbook_id, row.version_id, row.customer_id, row.alert_id, row.entry_key, str(row.arm), row.share,
            str(row.status), row.node, row.seq, moment(row.wake_at), row.waiting_for, moment(row.since), json.dumps(row.vars),
            moment(row.entered_at), row.end_reason, moment(row.goal_until),
        )
        for row in rows
    ]  # fmt: skip
    insert_many(Enrolment, columns, values)


def insert_many(model: type[Model], columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """Rows as the database takes them, into the model's table."""
    if not rows:
        return
    table = connection.ops.quote_name(model._meta.db_table)
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", list(rows))
