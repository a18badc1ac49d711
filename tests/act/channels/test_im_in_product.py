"""DingTalk and Feishu in the product: configured as an administrator does it, sent through the outbox, with state in the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.conf import settings

from liuke.act import service as act
from liuke.act.channels import KINDS
from liuke.act.domain.channel import Delivered, Failed
from liuke.act.outgoing.sending import send
from liuke.act.store.models import Channel, VendorToken
from liuke.base.times import utc_now
from liuke.jobs.domain.contract import Delivered as Outcome
from liuke.jobs.domain.contract import Message
from liuke.jobs.store.models import OutboxMessage
from tests.act.channels.cards import ALERT, CARD
from tests.alert.world import Company, at, scored
from tests.simulators.dingtalk import DingTalk
from tests.simulators.feishu import Feishu
from tests.simulators.server import Clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _outside(acme: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workspace on the real clock whose installation may reach the simulators and is reached by https."""
    env = replace(settings.LIUKE, webhook_allow=("127.0.0.0/8",), public_url="https://liuke.example")
    monkeypatch.setattr(settings, "LIUKE", env)
    acme.workspace.simulated_as_of = None
    acme.workspace.save()


@pytest.fixture
def clock() -> Clock:
    """The product's own moment: the database's tokens and limits count by it."""
    return Clock(utc_now())


@pytest.fixture
def dingtalk(clock: Clock) -> Iterator[DingTalk]:
    with DingTalk(clock) as running:
        yield running


@pytest.fixture
def feishu(clock: Clock) -> Iterator[Feishu]:
    with Feishu(clock) as running:
        yield running


def channel(acme: Company, kind: str, config: dict[str, object], secrets: dict[str, str]) -> Channel:
    return act.channel_create(actor=acme.actor(acme.it), kind=kind, name=kind, config=config, secrets=secrets)


def dingtalk_app(acme: Company, sim: DingTalk, secret: str = "secret") -> Channel:
    config = {"app_key": "key", "agent_id": "7", "card_template": "tpl", "base_url": sim.base_url, "oapi_url": sim.base_url}
    return channel(acme, "dingtalk", config, {"app_secret": secret})


def test_ALT_01_a_pushed_alert_reaches_a_dingtalk_group(acme: Company, dingtalk: DingTalk) -> None:
    channel(acme, "dingtalk_robot", {"base_url": dingtalk.base_url}, {"access_token": "rt", "sign_secret": "SECdemo"})
    assert pushed(acme) is Outcome.SENT
    assert "客户wang1" in str(dingtalk.robot_posts[0])


def test_ALT_01_a_pushed_alert_reaches_a_feishu_group(acme: Company, feishu: Feishu) -> None:
    channel(acme, "feishu_robot", {"base_url": feishu.base_url}, {"hook": "hook1", "sign_secret": "demo"})
    assert pushed(acme) is Outcome.SENT
    assert "客户wang1" in str(feishu.robot_posts[0])


def pushed(acme: Company) -> Outcome:
    """One alert of wang, decided and delivered."""
    act.customers_review(workspace=acme.workspace, as_of=at(0), kind="nightly", scored=[scored(acme.customers["wang1"], 80)])
    row = OutboxMessage.objects.get()
    return act.OUTBOX_HANDLERS[row.topic].deliver(Message(row.pk, row.key, row.topic, row.payload, row.workspace_id, 1))


def test_a_dingtalk_card_finds_its_tokens_and_its_address_in_the_database(acme: Company, dingtalk: DingTalk) -> None:
    made = dingtalk_app(acme, dingtalk)
    for task in ("alert_1_1_a", "alert_1_1_b"):
        sent = send(made, replace(ALERT, key=task, card=replace(CARD, task_id=task)))
        assert sent == Delivered("", f"card:{task}")
    assert len(dingtalk.asked("/v1.0/card/callbacks/register")) == 1
    (address, _) = next(iter(dingtalk.routes.values()))
    assert address.startswith(f"https://liuke.example/api/callbacks/{made.pk}/")
    assert VendorToken.objects.filter(channel=made).count() == 2
    made.refresh_from_db()
    assert made.last_ok_at is not None


def test_a_wrong_secret_is_seen_on_the_channel_and_never_shown(acme: Company, dingtalk: DingTalk) -> None:
    made = dingtalk_app(acme, dingtalk, "geheim")
    result = send(made, ALERT)
    assert isinstance(result, Failed)
    made.refresh_from_db()
    assert made.last_error["code"] == "dingtalk_invalidClientIdOrSecret"
    assert "geheim" not in str(made.__dict__) + str(made.last_error)


@pytest.mark.parametrize("style", ["tenant", "oauth"])
def test_a_feishu_card_is_sent_with_one_token_however_long(acme: Company, feishu: Feishu, style: str) -> None:
    config = {"app_id": "cli_a", "base_url": feishu.base_url, "accounts_url": feishu.base_url, "token_style": style}
    made = channel(acme, "feishu", config, {"app_secret": "secret", "verification_token": "vt"})
    for key in ("a", "b"):
        assert isinstance(send(made, replace(ALERT, to="ou_zhang", key=key)), Delivered)
    assert len(feishu.asked("/oauth/v3/token") + feishu.asked("/open-apis/auth/v3/")) == 1


def test_the_form_of_every_kind_is_made_of_its_fields() -> None:
    secret = {name: sorted(KINDS[name].secret_names) for name in ("dingtalk", "dingtalk_robot", "feishu", "feishu_robot")}
    assert secret == {
        "dingtalk": ["app_secret", "event_aes_key", "event_token"],
        "dingtalk_robot": ["access_token", "sign_secret"],
        "feishu": ["app_secret", "encrypt_key", "verification_token"],
        "feishu_robot": ["hook", "sign_secret"],
    }
