"""Whether the connections to vendors stand, as the process that holds them has told last."""

from __future__ import annotations

from datetime import timedelta

from liuke.act.domain.channel import Finding
from liuke.act.store.models import Channel
from liuke.base.times import utc_now
from liuke.jobs.store.models import Heartbeat

FRESH = timedelta(seconds=90)
CONNECTED, APART = "connected", "apart"


def beat_name(channel_id: int) -> str:
    """The heartbeat under which a channel's connection is told of."""
    return f"listen:{channel_id}"


def listening_finding(channel: Channel) -> Finding:
    """Which way events come, and whether the connection stands."""
    beat = Heartbeat.objects.filter(name=beat_name(channel.pk)).first()
    fresh = beat is not None and utc_now() - beat.at < FRESH
    if beat is not None and fresh and beat.detail.get("state") == CONNECTED:
        return Finding("callback", ok=True, code="stream_connected")
    return Finding("callback", ok=False, code="stream_apart", params={"code": str(beat.detail.get("code", "")) if beat and fresh else "—"})
