"""Writes notices; the same `dedupe` twice is one notice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from liuke.accounts.store.models import Membership
from liuke.act.domain.channel import ChannelKind, ChannelTarget, Delivered, Failed, OutMessage, Reach, Result
from liuke.act.store.models import Notice


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


def send(message: OutMessage, target: ChannelTarget) -> Result:
    """A ready-made text as a notice, for messages that reach in-app through the common contract. `to` is a membership id."""
    member = Membership.objects.filter(pk=int(message.to) if message.to.isdigit() else 0, is_active=True).first()
    if member is None or target.config or target.secrets:
        return Failed("channel_recipient")
    draft = NoticeDraft(member.pk, "notices.plain", message.key, {"text": message.subject}, message.link)
    notices_write([draft], workspace_id=member.workspace_id, at=target.now())
    return Delivered()


CHANNEL = ChannelKind("inapp", dedupes=True, address="membership", reaches=frozenset({Reach.STAFF}), fields=(), send=send)
