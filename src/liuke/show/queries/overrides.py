"""人工调整 as the API shows it."""

from __future__ import annotations

from liuke.score.store.models import ScoreOverride
from liuke.show.api.schemas.scoring import OverrideOut
from liuke.show.queries.alert_list import customer_ref
from liuke.show.queries.reader import Reader


def override_out(reader: Reader, row: ScoreOverride) -> OverrideOut:
    """One adjustment; `ended_at` is the moment it ended or will."""
    customer = row.customer
    ended = row.ended_at is not None and row.ended_at <= reader.now
    return OverrideOut(
        id=row.pk,
        customer=customer_ref(customer.pk, customer.key, customer.name, customer.sample_fields),
        fixed=row.fixed,
        value=row.value,
        reason=row.reason,
        since=row.since,
        until=row.until,
        ended_at=row.ended_at,
        holds=row.since <= reader.now < row.until and not ended,
        created_by=reader.person(row.created_by_id),
        ended_by=reader.person(row.ended_by_id),
    )
