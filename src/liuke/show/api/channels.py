"""Channels: their kinds, settings, order, tests, checks, and messages that did not surely arrive."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from liuke.act import service as act
from liuke.show.api.gate import reader_for
from liuke.show.api.schemas.channels import (
    ChannelIn,
    ChannelKindOut,
    ChannelOrderIn,
    ChannelOut,
    ChannelTestIn,
    ChannelTestOut,
    FindingOut,
    TroubleAskOut,
    TroubleMarkIn,
    TroubleOut,
)
from liuke.show.api.schemas.common import OkOut
from liuke.show.queries.channels import channel_kinds, channel_out, channel_test_out, channels_out, finding_out, trouble_out
from liuke.show.queries.reader import word

router = Router(tags=["channels"])
ONE = "/w/{slug}/channels/{channel_id}"


@router.get("/w/{slug}/channel-kinds", response=list[ChannelKindOut])
def channel_kind_list(request: HttpRequest, slug: str) -> list[ChannelKindOut]:
    """Kinds of channels with the fields of their forms."""
    return channel_kinds(reader_for(request, slug))


@router.get("/w/{slug}/channels", response=list[ChannelOut])
def channel_list(request: HttpRequest, slug: str) -> list[ChannelOut]:
    """Channels in their order, with their health."""
    return channels_out(reader_for(request, slug))


@router.post("/w/{slug}/channels", response=ChannelOut)
def channel_create(request: HttpRequest, slug: str, data: ChannelIn) -> ChannelOut:
    """A new channel."""
    reader = reader_for(request, slug)
    return channel_out(act.channel_create(actor=reader.actor, **data.model_dump()), reader)


@router.post("/w/{slug}/channels/order", response=OkOut)
def channel_order(request: HttpRequest, slug: str, data: ChannelOrderIn) -> OkOut:
    """Sorts the channels."""
    act.channels_order(actor=reader_for(request, slug).actor, ids=data.ids)
    return OkOut()


@router.patch(ONE, response=ChannelOut)
def channel_update(request: HttpRequest, slug: str, channel_id: int, data: ChannelIn) -> ChannelOut:
    """Changes a channel; secrets that are not given stay."""
    reader = reader_for(request, slug)
    changed = data.model_dump(exclude={"kind"})
    return channel_out(act.channel_update(actor=reader.actor, channel_id=channel_id, **changed), reader)


@router.delete(ONE, response=OkOut)
def channel_delete(request: HttpRequest, slug: str, channel_id: int) -> OkOut:
    """Deletes a channel."""
    act.channel_delete(actor=reader_for(request, slug).actor, channel_id=channel_id)
    return OkOut()


@router.post(f"{ONE}/test", response=ChannelTestOut)
def channel_test(request: HttpRequest, slug: str, channel_id: int, data: ChannelTestIn | None = None) -> ChannelTestOut:
    """Sends a test message and explains the answer."""
    reader = reader_for(request, slug)
    to = act.TestTo(data.membership_id, data.address) if data else None
    return channel_test_out(act.channel_test(actor=reader.actor, channel_id=channel_id, to=to), reader)


@router.post(f"{ONE}/check", response=list[FindingOut])
def channel_check(request: HttpRequest, slug: str, channel_id: int) -> list[FindingOut]:
    """Looks at credentials, callback and whatever else the vendor wants."""
    reader = reader_for(request, slug)
    return [finding_out(finding, reader) for finding in act.channel_check(actor=reader.actor, channel_id=channel_id)]


@router.post(f"{ONE}/callback", response=ChannelOut)
def channel_callback_renew(request: HttpRequest, slug: str, channel_id: int) -> ChannelOut:
    """A new callback address; the old one is void."""
    reader = reader_for(request, slug)
    return channel_out(act.channel_renew_callback(actor=reader.actor, channel_id=channel_id), reader)


@router.get(f"{ONE}/troubles", response=list[TroubleOut])
def channel_trouble_list(request: HttpRequest, slug: str, channel_id: int) -> list[TroubleOut]:
    """Messages that failed or whose fate is unknown."""
    reader = reader_for(request, slug)
    return [trouble_out(each, reader) for each in act.troubles(actor=reader.actor, channel_id=channel_id)]


@router.post(f"{ONE}/troubles/{{message_id}}/ask", response=TroubleAskOut)
def channel_trouble_ask(request: HttpRequest, slug: str, channel_id: int, message_id: int) -> TroubleAskOut:
    """Asks the vendor once more what became of it; nothing is sent."""
    reader = reader_for(request, slug)
    return TroubleAskOut(state=word(act.trouble_ask(actor=reader.actor, channel_id=channel_id, message_id=message_id)))


@router.post(f"{ONE}/troubles/{{message_id}}/mark", response=OkOut)
def channel_trouble_mark(request: HttpRequest, slug: str, channel_id: int, message_id: int, data: TroubleMarkIn) -> OkOut:
    """Writes what a person has found out; nothing is sent."""
    actor = reader_for(request, slug).actor
    act.trouble_mark(actor=actor, channel_id=channel_id, message_id=message_id, arrived=data.arrived)
    return OkOut()
