"""What a page of ours inside WeCom signs with."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Scope
from liuke.act.channels.vendor_results import fault_code
from liuke.act.channels.wecom.app import app_of
from liuke.act.outgoing.targets import target_of
from liuke.act.store.models import Channel
from liuke.base.errors import Conflict, Forbidden, Invalid, NotFound
from liuke.vendors.answers import VendorFault
from liuke.vendors.wecom.jssdk import Signed, signed_agent_config, signed_config


@dataclass(frozen=True, slots=True)
class Jssdk:
    """For `wx.config` and `wx.agentConfig`."""

    corp_id: str
    agent_id: int
    config: Signed
    agent_config: Signed


def jssdk_sign(*, actor: Actor, url: str) -> Jssdk:
    """Signatures for an address of this site. Raises Forbidden to who sees no customers, Invalid("jssdk_url"), NotFound without WeCom."""
    if actor.scope == Scope.NONE:
        raise Forbidden("forbidden", permission="customers")
    if not url.startswith(f"{settings.LIUKE.public_url}/"):
        raise Invalid("jssdk_url", got=url[:200])
    rows = Channel.objects.filter(workspace_id=actor.workspace_id, kind="wecom", enabled=True, workspace__simulated_as_of=None)
    channel = rows.order_by("position", "pk").first()
    if channel is None:
        raise NotFound("wecom_missing")
    app = app_of(target_of(channel))
    try:
        return Jssdk(app.corp_id, app.agent_id, signed_config(app, url), signed_agent_config(app, url))
    except VendorFault as fault:
        raise Conflict(fault_code("wecom", fault.code), said=fault.said[:200]) from None
