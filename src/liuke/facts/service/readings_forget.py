"""Texts whose time is over, or of a customer who asks for it: the words go, what was read of them stays."""

from __future__ import annotations

from datetime import datetime, timedelta

import pyarrow as pa

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record, workspace_now
from liuke.accounts.store.models import Workspace
from liuke.base.errors import Invalid
from liuke.base.times import to_us
from liuke.facts.domain.readings import WITH_WORDS, without_words
from liuke.facts.service.customers import customer_get
from liuke.facts.service.readings_again import ANNOTATION, annotate
from liuke.facts.store.models import TextSettings, TextVerdict
from liuke.warehouse.domain.steps import Warehouse

BATCH = 5_000
RETENTION = (30, 3650)
"""Days that a workspace may choose from, both included."""
_WORDED = """kind = ANY($kinds) AND (attrs->>'$.text_gone') IS NULL
    AND coalesce(attrs->>'$.text', attrs->>'$.subject', attrs->>'$.note', attrs->>'$.question') IS NOT NULL"""


def retention_set(*, actor: Actor, workspace: Workspace, days: int | None) -> None:
    """How long texts are kept; None = for ever. Takes effect at the next night. Raises Invalid("text_retention")."""
    actor.require(Permission.WORKSPACE)
    if days is not None and not RETENTION[0] <= days <= RETENTION[1]:
        raise Invalid("text_retention", got=days, low=RETENTION[0], high=RETENTION[1])
    TextSettings.objects.update_or_create(workspace=workspace, defaults={"retention_days": days})
    audit_record(actor=actor, action="text_retention", object_type="workspace", object_id=workspace.pk, detail={"days": days})


def texts_expire(*, workspace: Workspace, warehouse: Warehouse) -> int:
    """Delete the words of activities older than the workspace keeps them; how many rows lost theirs. Safe to repeat."""
    days = TextSettings.objects.filter(workspace=workspace).values_list("retention_days", flat=True).first()
    if days is None:
        return 0
    return _forget(warehouse, workspace.pk, "ts_us < $until", until=to_us(_before(workspace, days)))


def customer_texts_erase(*, actor: Actor, workspace: Workspace, customer_id: int, warehouse: Warehouse) -> int:
    """Delete all words of one visible customer at once, with what names them in verdicts. Needs the permission `workspace`."""
    actor.require(Permission.WORKSPACE)
    customer = customer_get(actor=actor, customer_id=customer_id)
    erased = _forget(warehouse, workspace.pk, "customer_id = $customer", customer=customer.pk)
    TextVerdict.objects.filter(customer=customer).update(text_digest="")
    audit_record(actor=actor, action="texts_erased", object_type="customer", object_id=customer.pk, detail={"rows": erased})
    return erased


def _before(workspace: Workspace, days: int) -> datetime:
    now: datetime = workspace_now(workspace)
    return now - timedelta(days=days)


def _forget(warehouse: Warehouse, workspace_id: int, condition: str, **given: object) -> int:
    done, after = 0, ("", "")
    while True:
        sql = f"""SELECT source, activity_id, attrs FROM activity WHERE {_WORDED} AND {condition}
            AND (source, activity_id) > ($source, $activity) ORDER BY source, activity_id LIMIT {BATCH}"""
        found = warehouse.query(workspace_id, sql, {**given, "kinds": list(WITH_WORDS), "source": after[0], "activity": after[1]})
        if not found.num_rows:
            return done
        bare = [without_words(attrs) for attrs in found["attrs"].to_pylist()]
        done += annotate(warehouse, workspace_id, pa.table([found["source"], found["activity_id"], pa.array(bare)], schema=ANNOTATION))
        after = (found["source"][-1].as_py(), found["activity_id"][-1].as_py())
