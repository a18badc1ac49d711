"""Messages to customers in WeCom: a task of the customer's own colleague, and what became of it, against the simulated vendor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import Membership, StaffAddress
from liuke.act.channels import KINDS
from liuke.act.domain.channel import ChannelTarget, Delivered, Failed, OutMessage, Reach, Unknown
from liuke.act.domain.channel_asks import ReceiptAsk
from liuke.act.domain.channel_events import Event, EventKind
from tests.act.targets import NOW, target
from tests.factories import make_member, make_workspace
from tests.simulators import wecom as world
from tests.simulators.server import Cut
from tests.simulators.wecom_customers import WeComCustomers

pytestmark = pytest.mark.django_db
KIND = KINDS["wecom_customer"]
ADD = "/cgi-bin/externalcontact/add_msg_template"


@pytest.fixture
def wecom() -> Iterator[WeComCustomers]:
    with WeComCustomers() as wecom:
        yield wecom


@pytest.fixture
def owner() -> Membership:
    found = make_member(make_workspace(), Role.MANAGER)
    StaffAddress.objects.create(workspace=found.workspace, membership=found, kind="wecom", address="zhangwei", folded="zhangwei")
    return found


def company(wecom: WeComCustomers) -> ChannelTarget:
    config = {"corp_id": world.CORP, "agent_id": str(world.AGENT), "base_url": wecom.base_url}
    return target(config, {"secret": world.SECRET}, now=wecom.clock)


def message(owner: Membership | None, to: str = "wm1") -> OutMessage:
    data = {"owner": owner.pk} if owner else {}
    return OutMessage("customer:1", "customer", "补货提醒", "您好，上次的货快用完了", to=to, data=data)


def ask(sent: object, to: str = "wm1") -> ReceiptAsk:
    assert isinstance(sent, Delivered)
    return ReceiptAsk("customer:1", sent.ref, to, NOW)


def heard(wecom: WeComCustomers, asked: ReceiptAsk) -> list[Event]:
    assert KIND.receipts is not None
    return KIND.receipts([asked], company(wecom))


def test_ALT_09_a_message_becomes_a_task_of_the_customers_own_colleague(wecom: WeComCustomers, owner: Membership) -> None:
    sent = KIND.send(message(owner), company(wecom))
    assert isinstance(sent, Delivered)
    mass = wecom.masses[sent.ref]
    assert (mass.sender, mass.to, mass.text, mass.confirmed) == ("zhangwei", ["wm1"], "您好，上次的货快用完了", False)
    assert KIND.reaches == {Reach.CUSTOMER}


def test_a_link_goes_with_the_text(wecom: WeComCustomers, owner: Membership) -> None:
    KIND.send(replace(message(owner), link="https://liuke.example/l/1"), company(wecom))
    (call,) = wecom.asked(ADD)
    assert "https://liuke.example/l/1" in str(call.json["attachments"])


def test_without_an_id_or_a_bound_owner_nothing_is_sent(wecom: WeComCustomers, owner: Membership) -> None:
    unbound = make_member(owner.workspace, Role.MANAGER)
    failed = [KIND.send(each, company(wecom)) for each in (message(owner, to=""), message(None), message(unbound))]
    assert [each.code for each in failed if isinstance(each, Failed)] == ["channel_recipient", "wecom_no_sender", "wecom_no_sender"]
    assert not wecom.masses


def test_somebody_elses_customer_is_refused_for_good(wecom: WeComCustomers, owner: Membership) -> None:
    failed = KIND.send(message(owner, to="wm9"), company(wecom))
    assert isinstance(failed, Failed)
    assert not failed.transient


def test_an_unanswered_task_stays_unknown_and_is_not_made_twice(wecom: WeComCustomers, owner: Membership) -> None:
    wecom.fails(ADD, Cut.AFTER)
    assert isinstance(KIND.send(message(owner), company(wecom)), Unknown)
    assert len(wecom.masses) == 1
    assert KIND.dedupes is False


def test_it_waits_for_the_colleague_then_is_delivered(wecom: WeComCustomers, owner: Membership) -> None:
    asked = ask(KIND.send(message(owner), company(wecom)))
    (waiting,) = heard(wecom, asked)
    assert (waiting.kind, waiting.data["confirmed"], waiting.data["of"]) == (EventKind.CONFIRMED, "0", "1")
    wecom.confirm_mass(asked.ref)
    confirmed, receipt = heard(wecom, asked)
    assert (confirmed.data["confirmed"], confirmed.data["key"]) == ("1", "customer:1")
    assert (receipt.kind, receipt.data["state"], receipt.address) == (EventKind.RECEIPT, "delivered", "wm1")
    assert waiting.dedupe != confirmed.dedupe
    assert [each.dedupe for each in heard(wecom, asked)] == [confirmed.dedupe, receipt.dedupe]


@pytest.mark.parametrize(("how", "code"), [("deleted", "wecom_no_longer_friend"), ("had_another", "wecom_got_another")])
def test_a_customer_who_did_not_get_it_is_told_as_failed(wecom: WeComCustomers, owner: Membership, how: str, code: str) -> None:
    asked = ask(KIND.send(message(owner), company(wecom)))
    wecom.confirm_mass(asked.ref, **{how: frozenset({"wm1"})})
    receipt = heard(wecom, asked)[-1]
    assert (receipt.data["state"], receipt.data["code"]) == ("failed", code)


def test_nothing_is_told_where_wecom_does_not_say(wecom: WeComCustomers, owner: Membership) -> None:
    asked = ask(KIND.send(message(owner), company(wecom)))
    wecom.fails("/cgi-bin/externalcontact/get_groupmsg_task", world.refuse(-1))
    assert heard(wecom, asked) == []
    assert heard(wecom, replace(asked, ref="")) == []
