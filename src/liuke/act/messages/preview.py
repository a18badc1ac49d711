"""What the governor would say, without writing: for a dialogue before sending and for the simulation of playbooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from liuke.accounts.store.models import Workspace
from liuke.act.governor.addresses import Addressbook
from liuke.act.governor.domain import Decision, Touch
from liuke.act.governor.pasts import pasts_of
from liuke.act.messages.domain import MessageRequest
from liuke.act.messages.preparing import Preparation, Prepared, medium_of


def governor_preview(*, workspace: Workspace, touches: Sequence[Touch], now: datetime) -> list[Decision]:
    """The governor's word on touches as if they were asked for in this order, each at its `at`; nothing is written.

    A touch without an address is judged at the customer's best one for its medium. Earlier touches use up caps and budgets.
    """
    if not touches:
        return []
    media = {touch.channel: medium_of(touch.channel) for touch in touches}
    placed = [touch if touch.medium else replace(touch, medium=media[touch.channel]) for touch in touches]
    book = Addressbook(workspace.pk, {touch.customer_id for touch in placed}, {touch.over for touch in placed})
    pasts = pasts_of(workspace, now=now, customer_ids=book.customers, digests=book.digests(), touches=placed)
    words: list[Decision] = []
    for touch in placed:
        way = pasts.best(touch.customer_id, touch.over, touch.purpose, book.ways(touch.customer_id, touch.over))
        addressed = touch if touch.address or way is None else replace(touch, address=way.address)
        moment = max(touch.at, now)
        word = pasts.judge(addressed, way, moment)
        pasts.reserve(addressed, word, moment)
        words.append(word)
    return words


@dataclass(frozen=True, slots=True)
class Previewed:
    """One message as it would be sent, and the governor's word; `unfit` (rule, params) where it cannot be at all."""

    prepared: Prepared
    decision: Decision | None
    unfit: tuple[str, dict[str, str]] | None
    dry: bool


def message_preview(*, workspace: Workspace, request: MessageRequest, at: datetime) -> Previewed:
    """A message before it is sent. Nothing is written."""
    preparation = Preparation(workspace, [request], at)
    prepared = preparation.prepared(request)
    word = preparation.judged(prepared)
    if isinstance(word, tuple):
        return Previewed(prepared, None, word, preparation.pasts.dry)
    return Previewed(prepared, word, None, preparation.pasts.dry)
