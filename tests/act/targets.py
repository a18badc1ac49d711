"""A channel's target as tests need it: in memory, with a clock of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from liuke.act.domain.channel import ChannelTarget, Site
from liuke.vendors.state import InMemoryLimits, InMemoryTokens

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
LOOPBACK = ("127.0.0.0/8",)


def target(
    config: Mapping[str, object],
    secrets: Mapping[str, str] | None = None,
    *,
    site: Site | None = None,
    now: Callable[[], datetime] = lambda: NOW,
    callback_url: str = "",
) -> ChannelTarget:
    """It may reach loopback, where the simulators are, unless a `site` says otherwise."""
    limits, tokens = InMemoryLimits(now), InMemoryTokens(now)
    return ChannelTarget(config, secrets or {}, site or Site(allow=LOOPBACK), tokens, limits, now, callback_url)
