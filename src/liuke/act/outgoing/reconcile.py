"""Events of WeCom that never came: once a day the contacts of bound colleagues are compared with those seen before (SIG-54)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db import transaction

from liuke.accounts.store.models import StaffAddress
from liuke.act.channels.wecom.app import app_of
from liuke.act.domain.channel_events import Event, EventKind
from liuke.act.governor.addresses import digest_of
from liuke.act.outgoing.callbacks import event_store
from liuke.act.outgoing.sealing import open_text, seal_text
from liuke.act.outgoing.targets import target_of
from liuke.act.outgoing.wecom_contacts import contacts_sync
from liuke.act.store.models import Channel, WecomContact
from liuke.vendors.answers import VendorFault
from liuke.vendors.wecom.customers import contact_ids

EVERY = 20 * 3600
"""Seconds between two looks at a channel."""


def contacts_reconcile_due(now: datetime) -> int:
    """Look at every WeCom app that takes callbacks and was not looked at today; how many contacts were found gone."""
    rows = Channel.objects.filter(kind="wecom", enabled=True, workspace__simulated_as_of=None, last_callback_at__isnull=False)
    return sum(_looked_at(channel, now) for channel in rows if cache.add(f"wecom_contacts:{channel.pk}", 1, EVERY))


def _looked_at(channel: Channel, now: datetime) -> int:
    """Who is gone, then who is there and whose they are; a vendor who does not answer is asked again the next day."""
    gone = contacts_reconcile(channel, now)
    try:
        contacts_sync(channel, now)
    except VendorFault:
        return gone
    return gone


def contacts_reconcile(channel: Channel, now: datetime) -> int:
    """Contacts that are gone without an event become events, unless another bound colleague has the customer now: that was a move.

    A colleague of whom WeCom does not tell now is left for the next time.
    """
    app = app_of(target_of(channel))
    present: dict[str, dict[str, str]] = {}
    for user in StaffAddress.objects.filter(workspace_id=channel.workspace_id, kind="wecom").values_list("address", flat=True):
        try:
            found = contact_ids(app, user)
        except VendorFault:
            continue
        present[user.lower()] = {digest_of(channel.workspace_id, "wecom", each): each for each in found}
    known: defaultdict[str, dict[str, WecomContact]] = defaultdict(dict)
    for row in WecomContact.objects.filter(channel=channel, user__in=list(present)):
        known[row.user][row.digest] = row
    fresh = {digest for user, ids in present.items() for digest in ids if digest not in known[user]}
    with transaction.atomic():
        return sum(_compared(channel, _Seen(user, ids, known[user]), fresh, now) for user, ids in present.items())


@dataclass(frozen=True, slots=True)
class _Seen:
    """One colleague: ids by digest as WeCom tells them now, and the rows of before."""

    user: str
    ids: Mapping[str, str]
    known: Mapping[str, WecomContact]


def _compared(channel: Channel, seen: _Seen, fresh: set[str], now: datetime) -> int:
    made = [
        WecomContact(channel=channel, user=seen.user, digest=digest, sealed=seal_text(each))
        for digest, each in seen.ids.items()
        if digest not in seen.known
    ]
    WecomContact.objects.bulk_create(made, ignore_conflicts=True)
    gone = [row for digest, row in seen.known.items() if digest not in seen.ids]
    for row in gone:
        by = "move" if row.digest in fresh else "customer"
        dedupe = f"reconcile:{row.pk}"
        event_store(channel, Event(EventKind.CONTACT_DELETED, dedupe, now, user=seen.user, address=open_text(row.sealed), data={"by": by}))
    return len(gone)
