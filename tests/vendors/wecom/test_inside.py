"""JSSDK signatures, log-in and callbacks."""

from __future__ import annotations

import pytest

from liuke.vendors.aes_callback import BadCallback, CallbackKeys
from liuke.vendors.answers import Rejected
from liuke.vendors.wecom.app import App
from liuke.vendors.wecom.callbacks import echo, event, parsed
from liuke.vendors.wecom.jssdk import signature, signed_agent_config, signed_config
from liuke.vendors.wecom.login import OUTSIDER, desktop_address, inside_address, login_user
from tests.simulators import wecom as world
from tests.simulators.wecom_customers import WeComCustomers

TICKET = "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg"
VECTOR = "0f9de62fce790f9a083d5c99e95740ceb90c27ed"


@pytest.mark.parametrize("url", ["http://mp.weixin.qq.com?params=value", "http://mp.weixin.qq.com?params=value#fragment"])
def test_the_published_jssdk_vector(url: str) -> None:
    assert signature(ticket=TICKET, noncestr="Wm3WZYTPz0wzccnW", timestamp=1414587457, url=url) == VECTOR


def test_config_takes_the_companys_ticket_and_agent_config_the_apps(wecom: WeComCustomers, app: App) -> None:
    url = "https://liuke.example/sidebar?x=1#top"
    for ticket, signed in (("corp-ticket", signed_config(app, url)), ("app-ticket", signed_agent_config(app, url))):
        wanted = signature(ticket=ticket, noncestr=signed.noncestr, timestamp=signed.timestamp, url=url)
        assert (signed.signature, signed.timestamp) == (wanted, int(wecom.clock().timestamp()))
    signed_config(app, url)
    assert len(wecom.asked("/cgi-bin/get_jsapi_ticket")) == 1


def test_a_code_tells_once_who_scanned(wecom: WeComCustomers, app: App) -> None:
    code = wecom.log_in("lina")
    assert login_user(app, code) == "lina"
    with pytest.raises(Rejected) as refused:
        login_user(app, code)
    assert refused.value.code == "40029"


def test_a_code_lasts_five_minutes_and_outsiders_are_refused(wecom: WeComCustomers, app: App) -> None:
    with pytest.raises(Rejected) as refused:
        login_user(app, wecom.log_in("wo-outsider"))
    assert refused.value.code == OUTSIDER
    code = wecom.log_in("lina")
    wecom.clock.move(minutes=6)
    with pytest.raises(Rejected) as refused:
        login_user(app, code)
    assert refused.value.code == "40029"


def test_log_in_addresses_carry_state_and_return() -> None:
    inside = inside_address(corp_id="ww", agent_id=1, redirect="https://a.example/x?y=1", state="s")
    assert inside.endswith("#wechat_redirect")
    for address in (inside, desktop_address(corp_id="ww", agent_id=1, redirect="https://a.example/x?y=1", state="s")):
        assert "redirect_uri=https%3A%2F%2Fa.example%2Fx%3Fy%3D1" in address
        assert "state=s" in address
        assert "agentid=1" in address


def test_the_verification_gives_back_what_was_encrypted() -> None:
    assert echo(world.KEYS, world.echo("1616140317555161061", 1)) == b"1616140317555161061"
    with pytest.raises(BadCallback):
        echo(world.KEYS, world.echo("x", 1) | {"timestamp": "2"})


def test_an_event_is_opened_and_read(wecom: WeComCustomers) -> None:
    told = wecom.customer_deletes("wm2", "lina")
    got = event(world.KEYS, told.query, told.body)
    assert (got.name, got.user, got.fields["ExternalUserID"]) == ("change_external_contact.del_follow_user", "lina", "wm2")
    assert got.at == int(wecom.clock().timestamp())


def test_an_event_for_another_company_or_with_another_token_is_refused(wecom: WeComCustomers) -> None:
    foreign = CallbackKeys(world.KEYS.token, world.KEYS.aes_key, "wwother")
    told = world.wire(b"<xml/>", 1, foreign)
    with pytest.raises(BadCallback, match="receiver"):
        event(world.KEYS, told.query, told.body)
    told = wecom.event("lina", Event="enter_agent")
    with pytest.raises(BadCallback, match="signature"):
        event(CallbackKeys("other", world.KEYS.aes_key, world.CORP), told.query, told.body)


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><xml><Encrypt>&b;</Encrypt></xml>'
FILE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><Encrypt>&a;</Encrypt></xml>'


@pytest.mark.parametrize("body", [b"", b"<xml>", b"not xml", BOMB, FILE, b"<xml>" + b" " * 300_000 + b"</xml>"])
def test_hostile_xml_is_refused(body: bytes) -> None:
    with pytest.raises(BadCallback, match="xml"):
        event(world.KEYS, {}, body)


def test_lists_in_an_event_are_passed_over() -> None:
    plain = b"<xml><Event>template_card_event</Event><TaskId>t</TaskId><SelectedItems><SelectedItem>x</SelectedItem></SelectedItems></xml>"
    got = parsed(plain)
    assert (got.name, dict(got.fields), got.at) == ("template_card_event", {"Event": "template_card_event", "TaskId": "t"}, 0)
