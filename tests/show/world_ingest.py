"""What the world has of the API's inbox: a batch that waits, and the words by which rows name things."""

from __future__ import annotations

from typing import Any

from liuke.accounts.domain.actor import system
from liuke.accounts.store.models import Workspace
from liuke.connect.service import batch_ingest
from liuke.facts.store.models import Customer

ROW = {"activity_id": "w1", "customer_key": "C1", "ts": "2026-11-20T08:00:00Z", "kind": "login"}


def make_sent(workspace: Workspace, customer: Customer) -> dict[str, Any]:
    """The ids of it all, by name."""
    batch = batch_ingest(actor=system(workspace.pk), source="till", rows=[ROW])
    return {"sent": batch.pk, "slug": workspace.slug, "customer_key": customer.key}
