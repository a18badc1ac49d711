"""Tags of customers, and mass messages that a colleague must confirm in WeCom (待员工确认 n/N)."""

from __future__ import annotations

from liuke.act.channels.vendor_results import fault_code, refused
from liuke.act.channels.wecom.app import app_of
from liuke.act.domain.channel import ChannelTarget, Delivered, Failed, Result
from liuke.act.domain.channel_asks import MassAsk, MassState, TagAsk
from liuke.vendors.answers import VendorFault
from liuke.vendors.wecom.customers import tags_mark
from liuke.vendors.wecom.mass import CONFIRMED, RESULTS, SENT, MassLink, mass_create, mass_members, mass_results


def tag_customer(asked: TagAsk, target: ChannelTarget) -> Result:
    """Marking twice is marking once."""
    try:
        tags_mark(app_of(target), user=asked.user, external_id=asked.address, add=asked.add, remove=asked.remove)
    except VendorFault as fault:
        return refused("wecom", fault, repeatable=True)
    return Delivered()


def mass_task(asked: MassAsk, target: ChannelTarget) -> Result:
    """The task waits for its sender; an unanswered making stays unknown, since a second one would be a second message."""
    link = MassLink(asked.link_title or asked.link, asked.link) if asked.link else None
    try:
        task, missed = mass_create(app_of(target), sender=asked.sender, to=asked.to, text=asked.text, link=link)
    except VendorFault as fault:
        return refused("wecom", fault, repeatable=False)
    if missed >= set(asked.to):
        return Failed(fault_code("wecom", "84061"), {"code": "84061", "said": ""})
    return Delivered(f"missed {len(missed)}" if missed else "", task)


def mass_state(ref: str, target: ChannelTarget) -> MassState | None:
    """Who has confirmed, and what became of it for each customer. None where WeCom does not say now."""
    app = app_of(target)
    try:
        members = mass_members(app, ref)
        results = [each for member in members for each in mass_results(app, ref, member.userid)]
    except VendorFault:
        return None
    confirmed = sum(member.status == CONFIRMED for member in members)
    delivered = tuple(each.external_userid for each in results if each.status == SENT)
    failed = tuple((each.external_userid, f"wecom_{RESULTS[each.status]}") for each in results if each.status in RESULTS)
    return MassState(confirmed, len(members), delivered, failed)
