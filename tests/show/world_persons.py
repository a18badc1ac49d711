"""A finished copy of the customer's data with its archive, and a finished erasure of somebody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from liuke.accounts.store.models import Workspace
from liuke.base.times import utc_now
from liuke.facts.store.models import Customer, PersonRequest
from liuke.show.service.persons import exports_dir


def make_persons(workspace: Workspace) -> dict[str, Any]:
    """`export`: an archive that can be fetched; `erasure`: somebody who is gone."""
    now = utc_now()
    customer = Customer.objects.filter(workspace=workspace).order_by("pk").first()
    shared = {"workspace": workspace, "subject": "customer", "created_at": now, "finished_at": now, "by_name": "Admin"}
    stored = f"{uuid4().hex}.zip"
    (exports_dir() / stored).write_bytes(b"PK")
    export = PersonRequest.objects.create(
        uuid=str(uuid4()), kind="export", customer_id=customer.pk if customer else 0, stored=stored, expires_at=now + timedelta(days=7),
        result={"rows": {"profile": 1}}, **shared,
    )  # fmt: skip
    left = {"rows": {}, "stream": 0, "files": []}
    erasure = PersonRequest.objects.create(
        uuid=str(uuid4()), kind="erase", customer_id=10**9, stage="proof", result={"rows": {"profile": 1}, "left": left}, proof="a" * 64,
        **shared,
    )  # fmt: skip
    return {"export": export.pk, "erasure": erasure.pk}
