"""断线守护 after a scoring (BEY-15): what the warehouse and the signals know of thin threads, handed to `act`."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from liuke.accounts.store.models import Workspace
from liuke.act.service import Seen, watch_follow
from liuke.act.watch.domain import THREAD_DAYS
from liuke.facts.store.threads import threads
from liuke.score.service.frame import Frame
from liuke.segments.domain.tiers import Tier
from liuke.warehouse import Warehouse

_SIGNALS = {"SIG-55": "contact_gone", "SIG-54": "deleted_us"}
_WORTH = pa.array([Tier.HIGH.value, Tier.MID.value])
"""A thin thread to an ordinary customer is nothing to lose sleep over."""


def watches_follow(*, workspace: Workspace, warehouse: Warehouse, as_of: datetime, found: Frame) -> dict[str, int]:
    """Bring the watches up to a scoring of everybody; how many stand open by reason."""
    ids, scored = np.asarray(found.customers), found.scored.table
    fired: dict[str, frozenset[int]] = {name: frozenset() for name in _SIGNALS.values()}
    for signal, judged in found.judged:
        if signal.code in _SIGNALS:
            fired[_SIGNALS[signal.code]] = frozenset(ids[np.asarray(judged.strength) > 0].tolist())
    worth = scored.filter(pc.is_in(scored["tier"], value_set=_WORTH))["customer_id"].to_pylist()
    spoken = threads(warehouse, workspace.pk, since=as_of - timedelta(days=THREAD_DAYS), until=as_of)
    seen = Seen(
        threads=spoken,
        worth=frozenset(worth),
        contact_gone=fired["contact_gone"],
        deleted_us=fired["deleted_us"],
        last_contact={thread.customer_id: thread.last_at for thread in spoken},
    )
    return watch_follow(workspace=workspace, as_of=as_of, seen=seen)
