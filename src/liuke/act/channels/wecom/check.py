"""Whether the app is set up: credentials, 企业可信IP, trusted domain, the way back for clicks."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

import msgspec

from liuke.act.channels.vendor_results import fault_code
from liuke.act.channels.wecom.app import app_of, keys_of
from liuke.act.domain.channel import ChannelTarget, Finding
from liuke.vendors.aes_callback import BadCallback
from liuke.vendors.answers import VendorFault
from liuke.vendors.state import InMemoryTokens
from liuke.vendors.wecom.app import App

IP = "60020"


class _Agent(msgspec.Struct, frozen=True):
    name: str = ""
    redirect_domain: str = ""
    close: int = 0


def check(target: ChannelTarget) -> list[Finding]:
    """Everything at once; with a fresh token, whatever is still at hand."""
    app = replace(app_of(target), tokens=InMemoryTokens(target.now))
    try:
        agent = app.get("agent/get", _Agent, {"agentid": str(app.agent_id)})
    except VendorFault as fault:
        return [*_refused(app, fault), _callback(target)]
    return [
        Finding(
            "credentials", ok=not agent.close, code="wecom_closed" if agent.close else "wecom_credentials", params={"name": agent.name}
        ),
        Finding("trusted_ip", ok=True, code="wecom_ip"),
        _domain(agent.redirect_domain, target),
        _callback(target),
    ]


def _refused(app: App, fault: VendorFault) -> list[Finding]:
    params = {"code": fault.code, "said": fault.said[:200], "agent": app.agent_id}
    if fault.code == IP:
        return [
            Finding("credentials", ok=True, code="wecom_credentials", params={"name": ""}),
            Finding("trusted_ip", False, "wecom_ip_bad", params),
        ]
    return [Finding("credentials", False, "wecom_credentials_bad", params | {"fault": fault_code("wecom", fault.code)})]


def _domain(domain: str, target: ChannelTarget) -> Finding:
    """Log-in and the side bar need it; messages do not."""
    host = urlsplit(target.site.public_url).netloc
    return Finding(
        "trusted_domain", domain == host, "wecom_domain" if domain == host else "wecom_domain_bad", {"got": domain, "host": host}
    )


def _callback(target: ChannelTarget) -> Finding:
    keys = keys_of(target)
    if not keys.token:
        return Finding("callback", ok=True, code="wecom_no_callback")
    try:
        keys.key()
    except BadCallback:
        return Finding("callback", ok=False, code="wecom_aes_key")
    good = target.callback_url.startswith("https://")
    return Finding("callback", ok=good, code="wecom_callback" if good else "wecom_not_public", params={"url": target.site.public_url})
