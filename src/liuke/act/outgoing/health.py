"""How a workspace's channels do: what left and what did not, what waits, which receipts are open, how much of the limits is used."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, QuerySet
from django.db.models.fields.json import KT

from liuke.act.outgoing.receipts import OPEN
from liuke.act.outgoing.state import in_window
from liuke.act.store.models import Channel, Receipt, VendorUse
from liuke.jobs.store.models import OutboxMessage

Status = OutboxMessage.Status
DAY, WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Use:
    """One of a vendor's limits in use: `used` of `most` in the last `seconds`."""

    key: str
    used: int
    most: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Health:
    """Counts by status (sent, failed, unknown) of the last 24 hours and 7 days, on the real clock."""

    day: Mapping[str, int] = field(default_factory=dict)
    week: Mapping[str, int] = field(default_factory=dict)
    waiting: int = 0
    receipts_open: int = 0
    uses: tuple[Use, ...] = ()


def health_of(channels: Sequence[Channel], now: datetime) -> dict[int, Health]:
    """By channel. Messages to customers count for the channel that carries them: the first of its kind."""
    if not channels:
        return {}
    workspace_id = channels[0].workspace_id
    first = first_of_kind(channels)
    day, week, waiting = (_by_channel(rows, first) for rows in _counted(workspace_id, now))
    open_rows = Receipt.objects.filter(channel__in=[channel.pk for channel in channels], state__in=OPEN)
    receipts = dict(open_rows.values_list("channel_id").annotate(Count("id")))
    uses = _uses(workspace_id, now)
    return {
        channel.pk: Health(
            dict(day[channel.pk]),
            dict(week[channel.pk]),
            waiting[channel.pk][Status.PENDING.value],
            receipts.get(channel.pk, 0),
            tuple(use for use in uses if use.key.split(":")[0] == channel.kind),
        )
        for channel in channels
    }


def first_of_kind(channels: Sequence[Channel]) -> dict[str, int]:
    """Which channel carries messages to customers, by kind: the first that is enabled."""
    found: dict[str, int] = {}
    for channel in sorted(channels, key=lambda each: (not each.enabled, each.position, each.pk)):
        found.setdefault(channel.kind, channel.pk)
    return found


def messages_of(channel: Channel) -> QuerySet[OutboxMessage]:
    """The outbox messages of a channel, of colleagues and of customers."""
    mine = Q(topic=f"channel.{channel.kind}", payload__channel=channel.pk)
    if first_of_kind(list(Channel.objects.filter(workspace_id=channel.workspace_id, kind=channel.kind))).get(channel.kind) == channel.pk:
        mine |= Q(topic=f"customer.{channel.kind}")
    return OutboxMessage.objects.filter(mine, workspace_id=channel.workspace_id)


Counted = list[tuple[str, object, str, int]]
"""(topic, channel in the payload, status, how many)."""


def _counted(workspace_id: int, now: datetime) -> tuple[Counted, Counted, Counted]:
    rows = OutboxMessage.objects.filter(workspace_id=workspace_id).filter(
        Q(topic__startswith="channel.") | Q(topic__startswith="customer.")
    )
    ended = rows.filter(status__in=[Status.SENT, Status.FAILED, Status.UNKNOWN])
    waiting = rows.filter(status=Status.PENDING)
    return _groups(ended.filter(run_at__gt=now - DAY)), _groups(ended.filter(run_at__gt=now - WEEK)), _groups(waiting)


def _groups(rows: QuerySet[OutboxMessage]) -> Counted:
    found = rows.annotate(way=KT("payload__channel")).values_list("topic", "way", "status").annotate(n=Count("id"))
    return [(topic, way, status, n) for topic, way, status, n in found.order_by(F("topic"))]


def _by_channel(rows: Counted, first: Mapping[str, int]) -> defaultdict[int, Counter[str]]:
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for topic, way, status, n in rows:
        kind = topic.partition(".")[2]
        pk = int(str(way)) if topic.startswith("channel.") and str(way).isdigit() else first.get(kind)
        if pk is not None:
            counts[pk][status] += n
    return counts


def _uses(workspace_id: int, now: datetime) -> list[Use]:
    rows = VendorUse.objects.filter(workspace_id=workspace_id, most__gt=0)
    uses = [
        Use(row.key, sum(each[1] for each in in_window(row.counts, row.seconds, now.timestamp())), row.most, row.seconds) for row in rows
    ]
    return sorted((use for use in uses if use.used), key=lambda use: -use.used / use.most)[:50]
