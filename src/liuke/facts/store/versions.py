"""The past of attributes and owners: intervals `[valid_from, valid_to)`, written only when a known value changes.

Where a customer's attribute has no interval, its value has been the same for as long as we know: a backtest says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from liuke.base.times import from_us
from liuke.facts.store.models import AttributeVersion

CHUNK = 500
OWNER = "owner"
"""The name under which a change of owner is kept; its value is a membership's id."""


@dataclass(frozen=True, slots=True)
class Change:
    """One attribute of one customer, before and after."""

    customer_id: int
    name: str
    old: object
    new: object
    since: datetime | None = None
    """Since when `old` may be assumed where no interval says it: the registration, else the beginning of time."""


def changes_write(changes: Sequence[Change], now: datetime) -> None:
    """Close the open interval of each changed attribute at `now` and open the next. Two changes at one `now` leave the last."""
    for start in range(0, len(changes), CHUNK):
        _write(changes[start : start + CHUNK], now)


def _write(changes: Sequence[Change], now: datetime) -> None:
    ids = {change.customer_id for change in changes}
    found = AttributeVersion.objects.filter(customer_id__in=ids, valid_to__isnull=True)
    opened = {(version.customer_id, version.name): version for version in found}
    touched: list[AttributeVersion] = []
    added: list[AttributeVersion] = []
    for change in changes:
        version = opened.get((change.customer_id, change.name))
        if version is not None and version.valid_from >= now:
            version.value = change.new
            touched.append(version)
            continue
        if version is not None:
            version.valid_to = now
            touched.append(version)
        added.extend(_intervals(change, now, known=version is not None))
    AttributeVersion.objects.bulk_update(touched, ["value", "valid_to"], batch_size=CHUNK)
    AttributeVersion.objects.bulk_create(added, batch_size=CHUNK)


def _intervals(change: Change, now: datetime, *, known: bool) -> Iterator[AttributeVersion]:
    if not known and change.old is not None:
        since = change.since if change.since is not None and change.since < now else from_us(0)
        yield AttributeVersion(customer_id=change.customer_id, name=change.name, value=change.old, valid_from=since, valid_to=now)
    yield AttributeVersion(customer_id=change.customer_id, name=change.name, value=change.new, valid_from=now)
