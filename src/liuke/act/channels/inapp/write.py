"""Writes notices; the same `dedupe` twice is one notice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from liuke.accounts.store.models import Membership
from liuke.act.domain.channel import ChannelKind, ChannelTarget, Delivered, Failed, OutMessage, Result
from liuke.act.store.models import Notice
from liuke.base.times import utc_now


@dataclass(frozen=True, slots=True)
class NoticeDraft:
    """A notice to write: `key` and JSON `params` are rendered per reader, `link` is a path of the web app."""

    recipient_id: int
    key: str
    dedupe: str
    params: Mapping[str, object] = field(default_factory=dict)
    link: str = ""


def notices_write(drafts: Iterable[NoticeDraft], *, workspace_id: int, at: datetime) -> None:
    """Write them in the caller's transaction; known `dedupe` keys are left as they are. `at` is the workspace's time."""
    Notice.objects.bulk_create(
        [
            Notice(
                workspace_id=workspace_id,
                recipient_id=draft.recipient_id,
                key=draft.key,
                params=dict(draft.params),
                link=draft.link,
                dedupe=f"{workspace_id}:{draft.dedupe}",
                created_at=at,
            )
            for draft in drafts
        ],
        ignore_conflicts=True,
    )


def send(message: OutMessage, target: ChannelTarget, secret: str | None) -> Result:
    """A ready-made text as a notice, for messages that reach in-app through the common contract. `to` is a membership id."""
    member = Membership.objects.filter(pk=int(message.to) if message.to.isdigit() else 0, is_active=True).first()
    if member is None or target.config or secret:
        return Failed("channel_recipient")
    draft = NoticeDraft(member.pk, "notices.plain", message.key, {"text": message.subject}, message.link)
    notices_write([draft], workspace_id=member.workspace_id, at=utc_now())
    return Delivered()


def validate_config(config: Mapping[str, object]) -> list[dict[str, object]]:
    """There is nothing to configure."""
    return [{"field": name, "got": config[name], "allowed": ""} for name in config]


CHANNEL = ChannelKind("inapp", dedupes=True, needs_secret=False, validate_config=validate_config, send=send)
