"""Log-in through WeCom: only who exists, is active and is bound; state checked; the second factor asked for as after a password."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.test import Client

from liuke.accounts.service.addresses import staff_addresses_set
from liuke.accounts.store.models import AuditEntry
from liuke.act import service as act
from liuke.act.outgoing.inside import jssdk_sign
from liuke.act.store.models import Channel
from liuke.base.errors import Conflict, Forbidden, Invalid, NotFound
from liuke.base.times import utc_now
from liuke.show.api.login import STATE, own_path
from liuke.vendors.wecom.jssdk import signature
from tests.alert.world import Company, company
from tests.simulators import wecom as world
from tests.simulators.server import Clock
from tests.simulators.wecom_customers import WeComCustomers

pytestmark = pytest.mark.django_db


@dataclass
class Door:
    """A company with WeCom; wang is bound."""

    company: Company
    wecom: WeComCustomers
    channel: Channel

    def begin(self, client: Client, **asked: str) -> str:
        """The state that goes to WeCom."""
        answer = client.get(f"/api/login/{self.channel.pk}/begin", asked)
        assert answer.status_code == 302
        return parse_qs(urlsplit(answer["Location"]).query)["state"][0]

    def done(self, client: Client, user: str, state: str) -> str:
        """Where the browser ends."""
        answer = client.get(f"/api/login/{self.channel.pk}/done", {"code": self.wecom.log_in(user), "state": state})
        assert answer.status_code == 302
        return answer["Location"]


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    acme = company()
    monkeypatch.setattr(settings, "LIUKE", replace(settings.LIUKE, webhook_allow=("127.0.0.0/8",), public_url="https://liuke.example"))
    with WeComCustomers(Clock(utc_now())) as wecom:
        config = {"corp_id": world.CORP, "agent_id": str(world.AGENT), "base_url": wecom.base_url}
        channel = act.channel_create(actor=acme.actor(acme.it), kind="wecom", name="w", config=config, secrets={"secret": world.SECRET})
        staff_addresses_set(actor=acme.actor(acme.admin), membership_id=acme.wang.pk, addresses={"wecom": "zhangwei"})
        yield Door(acme, wecom, channel)


def who(client: Client) -> str:
    me = client.get("/api/v1/session").json()["me"]
    return me["email"] if me else ""


def test_a_bound_member_is_in_and_lands_on_the_page_of_the_card(door: Door) -> None:
    client = Client()
    state = door.begin(client, next="/w/acme/alerts/1?do=claim", inside="1")
    assert door.done(client, "ZhangWei", state) == "/w/acme/alerts/1?do=claim"
    assert who(client) == "wang@acme.example"
    assert AuditEntry.objects.get(action="login_messenger").actor == f"user:{door.company.wang.user_id}"


def test_the_desktop_shows_a_code_to_scan_and_inside_nobody_scans(door: Door) -> None:
    desktop = Client().get(f"/api/login/{door.channel.pk}/begin")["Location"]
    inside = Client().get(f"/api/login/{door.channel.pk}/begin", {"inside": "1"})["Location"]
    assert desktop.startswith("https://login.work.weixin.qq.com/wwlogin/sso/login?")
    assert inside.startswith("https://open.weixin.qq.com/connect/oauth2/authorize?")
    assert parse_qs(urlsplit(inside).query)["redirect_uri"] == [f"https://liuke.example/api/login/{door.channel.pk}/done"]


def test_who_is_not_bound_stays_outside(door: Door) -> None:
    client = Client()
    assert door.done(client, "lina", door.begin(client)) == "/login?next=%2F&im=login_unbound"
    assert who(client) == ""
    assert AuditEntry.objects.get(action="login_messenger_refused").detail == {"kind": "wecom", "why": "unbound"}


def test_an_outsider_and_a_used_code_are_refused(door: Door) -> None:
    client = Client()
    assert "im=login_refused" in door.done(client, "wo-outsider", door.begin(client))
    used = door.wecom.log_in("zhangwei")
    door.wecom.codes.clear()
    answer = client.get(f"/api/login/{door.channel.pk}/done", {"code": used, "state": door.begin(client)})
    assert "im=login_refused" in answer["Location"]
    assert who(client) == ""


@pytest.mark.parametrize("which", ["membership", "user"])
def test_who_was_deactivated_stays_outside(door: Door, which: str) -> None:
    row = door.company.wang if which == "membership" else door.company.wang.user
    row.is_active = False
    row.save()
    client = Client()
    assert "im=login_unbound" in door.done(client, "zhangwei", door.begin(client))
    assert who(client) == ""


def test_a_code_without_our_state_opens_nothing(door: Door) -> None:
    victim, thief = Client(), Client()
    stolen = door.begin(thief)
    assert "im=state" in door.done(victim, "zhangwei", stolen)
    state = door.begin(victim)
    assert "im=state" in door.done(victim, "zhangwei", state + "x")
    assert "im=state" in door.done(victim, "zhangwei", state)
    assert (who(victim), who(thief)) == ("", "")


def test_a_state_is_of_one_channel_and_ends(door: Door) -> None:
    client = Client()
    state = door.begin(client)
    session = client.session
    session[STATE] = session[STATE] | {"at": session[STATE]["at"] - 601}
    session.save()
    assert "im=state" in door.done(client, "zhangwei", state)
    state = door.begin(client)
    answer = client.get(f"/api/login/{door.channel.pk + 1}/done", {"code": door.wecom.log_in("zhangwei"), "state": state})
    assert "im=state" in answer["Location"]


def test_a_second_factor_is_asked_for_as_after_a_password(door: Door) -> None:
    TOTP.activate(door.company.wang.user, generate_totp_secret())
    client = Client()
    assert door.done(client, "zhangwei", door.begin(client, next="/w/acme/")) == "/login?next=%2Fw%2Facme%2F&step=code"
    assert who(client) == ""
    pending = client.get("/_allauth/browser/v1/auth/session").json()["data"]["flows"]
    assert {"id": "mfa_authenticate", "is_pending": True}.items() <= next(flow for flow in pending if flow.get("is_pending")).items()


def test_offers_are_enabled_channels_of_real_workspaces(door: Door) -> None:
    offers = Client().get("/api/v1/login-offers").json()
    assert offers == [{"channel_id": door.channel.pk, "kind": "wecom", "name": ""}]
    door.company.workspace.simulated_as_of = utc_now()
    door.company.workspace.save()
    assert Client().get("/api/v1/login-offers").json() == []
    assert Client().get(f"/api/login/{door.channel.pk}/begin").status_code == 404


@pytest.mark.parametrize("trap", ["https://evil.example", "//evil.example", "/\\evil.example", "", "/a\nb", "javascript:x", "/x\\y"])
def test_the_way_on_never_leads_elsewhere(trap: str) -> None:
    assert own_path(trap) == "/"


def test_pages_inside_wecom_are_signed_for_this_site_alone(door: Door) -> None:
    actor, url = door.company.actor(door.company.wang), "https://liuke.example/sidebar?x=1"
    signed = jssdk_sign(actor=actor, url=url)
    config = signed.config
    assert config.signature == signature(ticket="corp-ticket", noncestr=config.noncestr, timestamp=config.timestamp, url=url)
    for foreign in ("https://evil.example/", "https://liuke.example.evil/"):
        with pytest.raises(Invalid):
            jssdk_sign(actor=actor, url=foreign)
    with pytest.raises(Forbidden):
        jssdk_sign(actor=door.company.actor(door.company.it), url=url)
    door.wecom.fails("/cgi-bin/get_jsapi_ticket", world.refuse(50001))
    door.channel.vendortoken_set.all().delete()
    with pytest.raises(Conflict):
        jssdk_sign(actor=actor, url=url)
    Channel.objects.all().delete()
    with pytest.raises(NotFound):
        jssdk_sign(actor=actor, url=url)


def test_the_side_bar_finds_the_visible_customer_of_an_external_id(door: Door) -> None:
    customer = door.company.customers["wang1"]
    customer.attributes = {"wecom_external_userid": "wm1"}
    customer.save()
    client, other = Client(), Client()
    client.force_login(door.company.wang.user)
    other.force_login(door.company.outsider.user)
    path = "/api/v1/w/acme/wecom/customers/wm1"
    assert client.get(path).json() == {"customer_id": customer.pk, "name": customer.name}
    assert other.get(path).status_code == 404
    assert client.get(f"/api/v1/w/acme/customers/{customer.pk}/wecom").json() == {"external_id": "wm1"}
