"""Use cases of facts: write a batch, see and change customers, read what happened.

`batches.py` (in), `customers.py` (who sees whom, assign, create, update), `reading.py` (timeline, contacts, evidence, masked by role).
"""

from liuke.facts.service.batches import batch_write
from liuke.facts.service.customers import customer_create, customer_get, customer_update, customers_assign, customers_visible
from liuke.facts.service.reading import (
    ContactSeen,
    activity_counts_read,
    contacts_read,
    evidence_read,
    order_lines_read,
    timeline_read,
)

__all__ = [
    "ContactSeen",
    "activity_counts_read",
    "batch_write",
    "contacts_read",
    "customer_create",
    "customer_get",
    "customer_update",
    "customers_assign",
    "customers_visible",
    "evidence_read",
    "order_lines_read",
    "timeline_read",
]
