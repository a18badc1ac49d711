"""Customers as colleagues have them in WeCom: fetched with names and noted phones, matched to our customers, the rest listed for a person.

A contact is matched by the id that a customer already has, by a noted phone number, by the WeChat unionid, else by hand. Ids, names and
phones are personal data: sealed or hashed with a key.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record
from liuke.accounts.store.models import StaffAddress
from liuke.act.channels.wecom.app import app_of
from liuke.act.governor.addresses import WECOM, digest_of
from liuke.act.outgoing.sealing import open_text, seal_text
from liuke.act.outgoing.targets import target_of
from liuke.act.store.models import Channel, WecomContact
from liuke.base.errors import NotFound
from liuke.facts.service import customer_get
from liuke.facts.store.models import Contact, Customer
from liuke.vendors.wecom.customers import MOST_USERS, Follow, contact, contacts_of
from liuke.vendors.wecom.customers import Customer as Told

UNION = "wechat_unionid"
"""The attribute of a customer that holds the WeChat unionid."""
SHOWN = 200
BY_ID, BY_PHONE, BY_UNION, BY_HAND = "id", "phone", "union", "hand"


@dataclass(frozen=True, slots=True)
class Match:
    """Whose contact it is, and how that is known."""

    customer_id: int
    contact_id: int | None
    by: str


class Matcher:
    """Customers of a workspace by what a contact may be known by, read once."""

    def __init__(self, workspace_id: int) -> None:
        self._workspace = workspace_id
        self._ids: dict[str, int] = {}
        self._unions: dict[str, int] = {}
        for customer_id, attributes in Customer.objects.filter(workspace_id=workspace_id).values_list("pk", "attributes").iterator():
            for name, medium, kept in ((WECOM, "wecom", self._ids), (UNION, "union", self._unions)):
                if isinstance(value := attributes.get(name), str) and value:
                    kept[digest_of(workspace_id, medium, value)] = customer_id
        self._phones: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        people = Contact.objects.filter(customer__workspace_id=workspace_id).exclude(phone="")
        for contact_id, customer_id, phone in people.values_list("pk", "customer_id", "phone").iterator():
            if digest := digest_of(workspace_id, "sms", phone):
                self._phones[digest].append((customer_id, contact_id))

    def match(self, row: WecomContact) -> Match | None:
        """The surest way first. A phone that several customers have matches nobody: a person must decide."""
        if row.digest in self._ids:
            return Match(self._ids[row.digest], None, BY_ID)
        found = {pair for mobile in row.mobiles for pair in self._phones.get(mobile, ())}
        if len({customer for customer, _ in found}) == 1:
            customer_id, contact_id = min(found)
            return Match(customer_id, contact_id, BY_PHONE)
        if row.union and row.union in self._unions:
            return Match(self._unions[row.union], None, BY_UNION)
        return None


def contacts_sync(channel: Channel, now: datetime) -> int:
    """Fetch the contacts of all bound colleagues, page by page, and match them; how many. Nobody is removed: that is for the events
    and the nightly comparison. Raises what the vendor's client raises."""
    app = app_of(target_of(channel))
    addresses = StaffAddress.objects.filter(workspace_id=channel.workspace_id, kind="wecom").values_list("address", flat=True)
    matcher, count = Matcher(channel.workspace_id), 0
    for users in _some(sorted(addresses)):
        for told in contacts_of(app, users):
            contact_keep(channel, told.external_contact, told.follow_info, matcher, now)
            count += 1
    return count


def contact_fetch(channel: Channel, *, user: str, external_id: str, now: datetime) -> WecomContact | None:
    """What WeCom knows of one contact, kept and matched; None where the colleague does not have them. Raises as the client does."""
    told, follows = contact(app_of(target_of(channel)), external_id)
    follow = next((each for each in follows if each.userid.lower() == user.lower()), None)
    if follow is None:
        return None
    return contact_keep(channel, told, follow, Matcher(channel.workspace_id), now)


def contact_keep(channel: Channel, told: Told, follow: Follow, matcher: Matcher, now: datetime) -> WecomContact:
    """The row of a contact as WeCom tells it now; what a person has matched stays matched."""
    workspace_id = channel.workspace_id
    mobiles = sorted({digest for mobile in follow.remark_mobiles if (digest := digest_of(workspace_id, "sms", mobile))})
    with transaction.atomic():
        row, _ = WecomContact.objects.update_or_create(
            channel=channel,
            user=follow.userid.lower(),
            digest=digest_of(workspace_id, "wecom", told.external_userid),
            defaults={
                "sealed": seal_text(told.external_userid),
                "name": seal_text(follow.remark or told.name),
                "corp_name": (told.corp_name or "")[:160],
                "union": digest_of(workspace_id, "union", told.unionid),
                "mobiles": mobiles,
                "added_at": datetime.fromtimestamp(follow.createtime, UTC) if follow.createtime else None,
                "seen_at": now,
            },
        )
        if row.matched_by != BY_HAND:
            _matched(row, matcher.match(row))
    return row


def contacts_unmatched(*, actor: Actor) -> QuerySet[WecomContact]:
    """Contacts of whom nobody knows whose they are, newest first. Raises Forbidden without `assign`."""
    actor.require(Permission.ASSIGN)
    rows = WecomContact.objects.filter(channel__workspace_id=actor.workspace_id, matched_by="", seen_at__isnull=False)
    return rows.select_related("channel").order_by("-added_at", "-pk")


def contact_match(*, actor: Actor, contact_id: int, customer_id: int) -> WecomContact:
    """A person says whose contact it is; all rows of the same person follow. Raises Forbidden without `assign`, NotFound."""
    actor.require(Permission.ASSIGN)
    customer = customer_get(actor=actor, customer_id=customer_id)
    row = WecomContact.objects.filter(pk=contact_id, channel__workspace_id=actor.workspace_id).first()
    if row is None:
        raise NotFound("wecom_contact_not_found", contact=contact_id)
    with transaction.atomic():
        for each in WecomContact.objects.filter(channel_id=row.channel_id, digest=row.digest):
            _matched(each, Match(customer.pk, None, BY_HAND))
        audit_record(actor=actor, action="wecom_contact_matched", object_type="customer", object_id=customer.pk)
    row.refresh_from_db()
    return row


def customer_of(channel: Channel, external_id: str) -> Customer | None:
    """The customer whose contact it is: by a matched row, else by the id that the customer has."""
    digest = digest_of(channel.workspace_id, "wecom", external_id)
    row = WecomContact.objects.filter(channel=channel, digest=digest, customer__isnull=False).select_related("customer").first()
    if row is not None:
        return row.customer
    rows = Customer.objects.filter(workspace_id=channel.workspace_id, **{f"attributes__{WECOM}": external_id})
    return rows.first() if external_id else None


def _matched(row: WecomContact, match: Match | None) -> None:
    """Writes the match; a customer without a WeCom id gets this one, so that they can be written to there."""
    row.customer_id = match.customer_id if match else None
    row.contact_id = match.contact_id if match else None
    row.matched_by = match.by if match else ""
    row.save(update_fields=["customer", "contact", "matched_by"])
    if match is None:
        return
    customer = Customer.objects.select_for_update().get(pk=match.customer_id)
    if not customer.attributes.get(WECOM):
        customer.attributes = {**customer.attributes, WECOM: open_text(row.sealed)}
        customer.save(update_fields=["attributes"])


def _some(users: Sequence[str]) -> Iterator[Sequence[str]]:
    return (users[start : start + MOST_USERS] for start in range(0, len(users), MOST_USERS))
