"""What a policy would have done to the messages of the last 30 days, before it is published. Nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from liuke.accounts.store.models import Workspace
from liuke.act.governor.addresses import Reached
from liuke.act.governor.domain import CouponOffer, Deferred, Refused, Touch
from liuke.act.governor.domain_policy import Policy, Purpose
from liuke.act.governor.pasts import pasts_of
from liuke.act.store.models import CustomerMessage

DAYS = 30
MOST = 20_000


@dataclass(frozen=True, slots=True)
class Replay:
    """`judged` messages of the last 30 days; how many the policy lets leave at once, later, or not, by rule; and how it was."""

    judged: int
    allowed: int
    deferred: int
    refused: Mapping[str, int]
    was_refused: int
    newly_refused: int
    """Left then, would be refused now."""
    newly_allowed: int
    capped: bool
    """There were more; the newest were judged."""


def policy_replay(*, workspace: Workspace, policy: Policy, now: datetime) -> Replay:
    """Every message that was asked for in the last 30 days, judged in its order. Consents and lists are taken as they are today."""
    since = now - timedelta(days=DAYS)
    asked = CustomerMessage.objects.filter(workspace=workspace, created_at__gte=since, created_at__lt=now).order_by("-created_at", "-pk")
    rows = list(asked[: MOST + 1])
    capped, rows = len(rows) > MOST, rows[:MOST][::-1]
    touches = [_touch(row) for row in rows]
    pasts = pasts_of(
        workspace, now=since, customer_ids={row.customer_id for row in rows}, digests={row.digest for row in rows}, touches=touches,
        policy=policy, before=since,
    )  # fmt: skip
    counts: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    for row, touch in zip(rows, touches, strict=True):
        word = pasts.judge(touch, Reached(row.contact_id, "", touch.address, row.digest), row.created_at)
        pasts.reserve(touch, word, row.created_at)
        left = row.status != CustomerMessage.Status.REFUSED
        if isinstance(word, Refused):
            refused[word.rule.value] += 1
            counts["newly_refused"] += left
        else:
            counts["deferred" if isinstance(word, Deferred) else "allowed"] += 1
            counts["newly_allowed"] += not left
        counts["was_refused"] += not left
    return Replay(
        len(rows), counts["allowed"], counts["deferred"], dict(refused), counts["was_refused"], counts["newly_refused"],
        counts["newly_allowed"], capped,
    )  # fmt: skip


def _touch(row: CustomerMessage) -> Touch:
    coupon = CouponOffer(row.offer, row.offer_segment, row.offer_reason) if row.offer else None
    return Touch(
        row.customer_id, row.channel, Purpose(row.purpose), "known" if row.digest else "", row.cost, coupon, row.playbook_id,
        row.created_at, row.medium,
    )  # fmt: skip
