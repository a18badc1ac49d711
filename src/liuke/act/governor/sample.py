"""Consents of the sample's generated contacts, so that its playbooks have somebody to write to. Marked 示例 by their source."""

from __future__ import annotations

import hashlib
from datetime import datetime

from liuke.accounts.store.models import Workspace
from liuke.act.governor.domain_policy import Purpose
from liuke.act.store.models import Consent
from liuke.facts.store.models import Contact

SOURCE = "sample"
SHARE = 0.7
"""Of the contacts have agreed to marketing."""
_MEDIA = ("email", "sms")


def sample_consents(workspace: Workspace, *, at: datetime) -> int:
    """Seven of ten contacts have agreed, always the same ones; how many rows were made. Nothing where there are some already."""
    if Consent.objects.filter(workspace=workspace, source=SOURCE).exists():
        return 0
    contacts = Contact.objects.filter(customer__workspace=workspace).values_list("pk", "customer_id", "customer__key", "key")
    rows = [
        Consent(
            workspace=workspace,
            customer_id=customer_id,
            contact_id=pk,
            medium=medium,
            purpose=Purpose.MARKETING.value,
            state=Consent.State.GIVEN,
            source=SOURCE,
            wording="示例",
            at=at,
        )
        for pk, customer_id, customer_key, key in contacts.iterator(2_000)
        if _agreed(f"{customer_key}/{key}")
        for medium in _MEDIA
    ]
    Consent.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def _agreed(key: str) -> bool:
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4]) < SHARE * 2**32
