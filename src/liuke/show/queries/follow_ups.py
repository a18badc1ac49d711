"""Contacts with customers, as the API shows them."""

from __future__ import annotations

from liuke.act.store.models import FollowUp
from liuke.show.api.schemas.alerts import FollowUpOut
from liuke.show.queries.reader import Reader, word


def follow_ups_of(reader: Reader, work_item_ids: list[int]) -> dict[int, list[FollowUpOut]]:
    """Follow-ups by work item, newest first; one query. Notes are hidden from readers without personal data."""
    found: dict[int, list[FollowUpOut]] = {}
    for row in FollowUp.objects.filter(work_item_id__in=work_item_ids).order_by("-at", "-id"):
        found.setdefault(row.work_item_id, []).append(
            FollowUpOut(
                id=row.pk,
                at=row.at,
                by=reader.person(row.by_id),
                result=word(row.result),
                note=reader.written(row.note),
                next_at=row.next_at,
            )
        )
    return found
