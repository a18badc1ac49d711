"""Contacts in WeCom: fetched page by page, matched by id, phone and unionid, the rest by hand; what events change (SIG-54)."""

from __future__ import annotations

import pytest

from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import StaffAddress
from liuke.act.governor.addresses import WECOM
from liuke.act.outgoing.sealing import open_text
from liuke.act.outgoing.wecom_contacts import UNION, contact_match, contacts_sync, contacts_unmatched
from liuke.act.store.models import CallbackEvent, Notice, WecomContact
from liuke.base.errors import Forbidden, NotFound
from liuke.base.times import utc_now
from liuke.facts.store.models import Contact, Customer
from tests.act.callbacks.conftest import Desk
from tests.factories import make_actor, make_customer, make_workspace
from tests.simulators.server import said
from tests.simulators.wecom import Callback

pytestmark = pytest.mark.django_db
PHONE = "13912345678"


@pytest.fixture
def bound(desk: Desk) -> Desk:
    """Wang has wm1 … wm3, li has wm2 too."""
    desk.wecom.contacts = {"ZhangWei": {"wm1", "wm2", "wm3"}, "lina": {"wm2"}}
    li = desk.company.li
    StaffAddress.objects.create(workspace=desk.company.workspace, membership=li, kind="wecom", address="lina", folded="lina")
    return desk


def ours(desk: Desk) -> Customer:
    return desk.company.customers["wang1"]


def matched(desk: Desk) -> dict[tuple[str, str], str]:
    rows = WecomContact.objects.filter(channel=desk.channel)
    return {(row.user, open_text(row.sealed)): row.matched_by for row in rows}


def event(desk: Desk, change: str, external: str, **fields: str) -> Callback:
    return desk.wecom.event("sys", Event="change_external_contact", ChangeType=change, UserID="ZhangWei", ExternalUserID=external, **fields)


def test_all_pages_of_all_colleagues_are_read_and_twice_is_once(bound: Desk) -> None:
    assert contacts_sync(bound.channel, utc_now()) == 4
    assert contacts_sync(bound.channel, utc_now()) == 4
    assert set(matched(bound)) == {("zhangwei", "wm1"), ("zhangwei", "wm2"), ("zhangwei", "wm3"), ("lina", "wm2")}


def test_names_and_ids_lie_sealed_and_phones_hashed(bound: Desk) -> None:
    bound.wecom.mobiles = {"wm1": [PHONE]}
    contacts_sync(bound.channel, utc_now())
    row = next(each for each in WecomContact.objects.all() if each.mobiles)
    stored = (bytes(row.sealed), bytes(row.name or b""), str(row.mobiles).encode())
    assert all(secret not in part for part in stored for secret in (b"wm1", PHONE.encode(), "客户".encode()))
    assert open_text(row.name or b"") == "客户wm1"


def test_a_noted_phone_finds_the_customer_and_their_contact(bound: Desk) -> None:
    person = Contact.objects.create(customer=ours(bound), key="p", name="王晓", phone="+86 139 1234 5678")
    bound.wecom.mobiles = {"wm1": [PHONE]}
    contacts_sync(bound.channel, utc_now())
    row = WecomContact.objects.get(matched_by="phone")
    assert (row.customer, row.contact) == (ours(bound), person)
    bound.company.customers["wang1"].refresh_from_db()
    assert ours(bound).attributes[WECOM] == "wm1"


def test_a_phone_of_two_customers_is_left_to_a_person(bound: Desk) -> None:
    other = make_customer(bound.company.workspace)
    for number, customer in enumerate((ours(bound), other)):
        Contact.objects.create(customer=customer, key=f"p{number}", name="x", phone=PHONE)
    bound.wecom.mobiles = {"wm1": [PHONE]}
    contacts_sync(bound.channel, utc_now())
    assert set(matched(bound).values()) == {""}


def test_the_unionid_and_the_id_find_customers_too(bound: Desk) -> None:
    customer, other = ours(bound), make_customer(bound.company.workspace, attributes={WECOM: "wm3"})
    customer.attributes = {UNION: "o123"}
    customer.save()
    bound.wecom.unions = {"wm2": "o123"}
    contacts_sync(bound.channel, utc_now())
    found = matched(bound)
    assert (found["zhangwei", "wm2"], found["lina", "wm2"], found["zhangwei", "wm3"]) == ("union", "union", "id")
    assert WecomContact.objects.get(matched_by="id").customer == other


def test_what_nobody_knows_is_matched_by_hand_and_stays_so(bound: Desk) -> None:
    contacts_sync(bound.channel, utc_now())
    actor = make_actor(bound.company.workspace, Role.OPERATIONS)
    assert contacts_unmatched(actor=actor).count() == 4
    wm2 = next(row for row in contacts_unmatched(actor=actor) if open_text(row.sealed) == "wm2")
    contact_match(actor=actor, contact_id=wm2.pk, customer_id=ours(bound).pk)
    assert matched(bound)["lina", "wm2"] == "hand"
    contacts_sync(bound.channel, utc_now())
    assert contacts_unmatched(actor=actor).count() == 2
    with pytest.raises(NotFound):
        contact_match(actor=actor, contact_id=0, customer_id=ours(bound).pk)
    with pytest.raises(NotFound):
        contact_match(actor=make_actor(make_workspace()), contact_id=wm2.pk, customer_id=ours(bound).pk)
    with pytest.raises(Forbidden):
        contacts_unmatched(actor=make_actor(bound.company.workspace, Role.ANALYST))


@pytest.mark.parametrize("change", ["add_external_contact", "add_half_external_contact", "edit_external_contact"])
def test_a_new_or_edited_contact_is_fetched_at_once(bound: Desk, change: str) -> None:
    Contact.objects.create(customer=ours(bound), key="p", name="王晓", phone=PHONE)
    bound.wecom.mobiles = {"wm1": [PHONE]}
    for _ in range(2):
        assert bound.tell(event(bound, change, "wm1", State="card")) == 200
    bound.work()
    row = WecomContact.objects.get()
    assert (row.customer, row.matched_by) == (ours(bound), "phone")


def test_an_event_whose_contact_cannot_be_fetched_now_is_no_failure(bound: Desk) -> None:
    bound.wecom.fails("/cgi-bin/externalcontact/get", said({"errcode": 48002, "errmsg": "api forbidden"}), times=5)
    bound.tell(event(bound, "add_external_contact", "wm1"))
    bound.work()
    assert not WecomContact.objects.exists()
    assert CallbackEvent.objects.get().error.startswith("wecom")
    assert contacts_sync(bound.channel, utc_now()) == 4


@pytest.mark.parametrize(
    ("why", "key"), [("customer_refused", "notices.wecom_move_refused"), ("customer_limit_exceed", "notices.wecom_move_failed")]
)
def test_a_move_that_failed_is_told_to_the_owner(bound: Desk, why: str, key: str) -> None:
    customer = ours(bound)
    customer.attributes = {WECOM: "wm1"}
    customer.save()
    for _ in range(2):
        bound.tell(event(bound, "transfer_fail", "wm1", FailReason=why))
    bound.work()
    told = Notice.objects.filter(key=key)
    assert customer.owner_id in set(told.values_list("recipient_id", flat=True))
    assert told.values("recipient_id").distinct().count() == told.count()


def test_SIG_54_a_customer_known_only_by_a_matched_contact_counts_as_one_who_left(bound: Desk) -> None:
    """The company has several people in WeCom: the one who deletes is not the one whom we write to."""
    customer = ours(bound)
    customer.attributes = {WECOM: "wm1"}
    customer.save()
    Contact.objects.create(customer=customer, key="p", name="王晓", phone=PHONE)
    bound.wecom.mobiles = {"wm3": [PHONE]}
    contacts_sync(bound.channel, utc_now())
    bound.tell(bound.wecom.customer_deletes("wm3", "ZhangWei"))
    bound.work()
    assert CallbackEvent.objects.get().error == ""
    assert ("zhangwei", "wm3") not in matched(bound)
