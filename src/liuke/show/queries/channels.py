"""Channels as the API shows them: kinds in words, health, findings, and answers of the other side explained."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from liuke.accounts.domain.roles import Permission
from liuke.act import service as act
from liuke.act.channels import KINDS
from liuke.act.domain.channel import ChannelKind, Delivered, Field, Finding, Result, Unknown
from liuke.act.outgoing.reachable import is_public
from liuke.act.outgoing.targets import callback_url
from liuke.act.store.models import Channel
from liuke.base.times import utc_now
from liuke.base.words import catalogue
from liuke.show.api.schemas.channels import (
    ChannelCountsOut,
    ChannelFieldOut,
    ChannelHealthOut,
    ChannelKindOut,
    ChannelOut,
    ChannelTestOut,
    FindingOut,
    LimitUseOut,
    TroubleOut,
)
from liuke.show.api.schemas.common import ChoiceOut
from liuke.show.queries.jobs import stored_error
from liuke.show.queries.reader import Reader, word


def channel_kinds(reader: Reader) -> list[ChannelKindOut]:
    """All kinds that can be configured."""
    reader.actor.require(Permission.CHANNELS)
    return [_kind_out(kind, reader) for kind in KINDS.values() if kind.name != "inapp"]


def _kind_out(kind: ChannelKind, reader: Reader) -> ChannelKindOut:
    return ChannelKindOut(
        name=kind.name,
        label=reader.text(f"channels.{kind.name}"),
        about=_said(f"channels.{kind.name}.about", reader),
        address=kind.address,
        reaches=[word(reach) for reach in sorted(kind.reaches)],
        fields=[_field_out(kind.name, each, reader) for each in kind.fields],
        takes_callbacks=kind.callback is not None,
        can_check=kind.check is not None or kind.callback is not None,
    )


def _field_out(kind: str, each: Field, reader: Reader) -> ChannelFieldOut:
    own, shared = f"channels.{kind}.{each.name}", f"channels.any.{each.name}"
    return ChannelFieldOut(
        name=each.name,
        kind=word(each.kind),
        label=_said(own, reader) or _said(shared, reader) or each.name,
        help=_said(f"{own}.help", reader) or _said(f"{shared}.help", reader),
        required=each.required,
        choices=[ChoiceOut(value=value, label=_said(f"{own}.{value}", reader) or value) for value in each.choices],
        default=each.default,
    )


def _said(key: str, reader: Reader) -> str:
    return reader.text(key) if key in catalogue("zh-CN") else ""


def channels_out(reader: Reader) -> list[ChannelOut]:
    """The workspace's channels in their order."""
    channels = list(act.channels_list(reader.actor))
    health = act.health_of(channels, utc_now())
    return [_out(channel, health[channel.pk], reader) for channel in channels]


def channel_out(channel: Channel, reader: Reader) -> ChannelOut:
    """One channel with its health."""
    everything = list(act.channels_list(reader.actor))
    return _out(channel, act.health_of(everything, utc_now())[channel.pk], reader)


def _out(channel: Channel, health: act.Health, reader: Reader) -> ChannelOut:
    url = callback_url(channel)
    error = channel.last_error
    return ChannelOut(
        id=channel.pk,
        kind=channel.kind,
        kind_label=reader.text(f"channels.{channel.kind}"),
        name=channel.name,
        config=channel.config,
        secrets_set=sorted(act.channel_secrets_set(channel)),
        enabled=channel.enabled,
        last_ok_at=channel.last_ok_at,
        last_error=stored_error(error, reader.language),
        last_error_at=datetime.fromisoformat(error["at"]) if error and error.get("at") else None,
        callback_url=url,
        callback_public=bool(url) and is_public(url),
        last_callback_at=channel.last_callback_at,
        health=ChannelHealthOut(
            day=_counts(health.day),
            week=_counts(health.week),
            waiting=health.waiting,
            receipts_open=health.receipts_open,
            uses=[
                LimitUseOut(label=use.key.partition(":")[2][:12], used=use.used, most=use.most, seconds=use.seconds) for use in health.uses
            ],
        ),
    )


def _limit(key: str) -> str:
    """What is counted, without more of an account's name than tells it from others."""
    return key.partition(":")[2][:12]


def _counts(counts: Mapping[str, int]) -> ChannelCountsOut:
    return ChannelCountsOut(sent=counts.get("sent", 0), failed=counts.get("failed", 0), unknown=counts.get("unknown", 0))


def channel_test_out(result: Result, reader: Reader) -> ChannelTestOut:
    """What the other side answered to a test message."""
    if isinstance(result, Delivered):
        message = f"{reader.text('show.channel_ok')} {result.detail}".strip()
        return ChannelTestOut(ok=True, outcome="sent", message=message, code="")
    outcome = "unknown" if isinstance(result, Unknown) else "failed"
    said = reader.text(f"errors.{result.code}", result.params)
    return ChannelTestOut(ok=False, outcome=word(outcome), message=said, code=str(result.params.get("code", result.code)))


def finding_out(finding: Finding, reader: Reader) -> FindingOut:
    """A finding in words; a fault of the vendor's speaks as it does when sending."""
    key = f"findings.{finding.code}" if f"findings.{finding.code}" in catalogue("zh-CN") else f"errors.{finding.code}"
    label = _said(f"findings.name.{finding.name}", reader) or finding.name
    return FindingOut(name=finding.name, label=label, ok=finding.ok, message=reader.text(key, finding.params))


def trouble_out(trouble: act.Trouble, reader: Reader) -> TroubleOut:
    """A troubled message with its reason in words."""
    error = stored_error(trouble.error, reader.language)
    return TroubleOut(
        id=trouble.id,
        state=word(trouble.state),
        at=trouble.at,
        to_customer=trouble.to_customer,
        message=error.message if error else reader.text(f"channels.trouble.{trouble.state}"),
        can_ask=trouble.can_ask,
    )
