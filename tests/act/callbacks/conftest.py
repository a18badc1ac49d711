"""A company on the real clock with a WeCom channel, an alert of wang and its card."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from django.conf import settings
from django.test import Client

from liuke.accounts.service.addresses import staff_addresses_set
from liuke.act import service as act
from liuke.act.outgoing.callbacks import CALLBACK_TOPICS
from liuke.act.outgoing.targets import callback_url
from liuke.act.store.models import Channel
from liuke.alert.store.models import Alert
from liuke.base.times import utc_now
from liuke.jobs.domain.contract import Delivered, Message
from liuke.jobs.store.models import OutboxMessage
from liuke.pipeline.handlers import TOPICS
from tests.alert.world import Company, at, scored
from tests.simulators import wecom as world
from tests.simulators.server import Clock
from tests.simulators.wecom import Callback
from tests.simulators.wecom import Message as Card
from tests.simulators.wecom_customers import WeComCustomers


@dataclass
class Desk:
    """The product with its WeCom."""

    company: Company
    wecom: WeComCustomers
    channel: Channel
    alert: Alert

    def card(self) -> Card:
        """The card that wang has got."""
        for row in OutboxMessage.objects.filter(topic="channel.wecom", payload__alerts=[self.alert.pk], status="pending"):
            self.deliver(row)
        return self.wecom.shown("ZhangWei")[-1]

    def deliver(self, row: OutboxMessage) -> Delivered:
        """One row of the outbox, as a worker does it; what fails raises."""
        message = Message(row.pk, row.key, row.topic, row.payload, row.workspace_id, 1)
        ended = TOPICS[row.topic].deliver(message)
        OutboxMessage.objects.filter(pk=row.pk).update(status=ended.value)
        return ended

    def work(self) -> int:
        """Everything that callbacks have left to do; how many rows."""
        done = 0
        while rows := list(OutboxMessage.objects.filter(topic__in=list(CALLBACK_TOPICS), status="pending").order_by("pk")):
            for row in rows:
                self.deliver(row)
                done += 1
        return done

    def tell(self, told: Callback, *, path: str = "") -> int:
        """WeCom calls; the status of our answer."""
        address = path or callback_url(self.channel).removeprefix("https://liuke.example")
        query = "&".join(f"{name}={value}" for name, value in told.query.items())
        return Client().post(f"{address}?{query}", told.body, content_type="text/xml").status_code


@pytest.fixture
def desk(acme: Company, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    env = replace(settings.LIUKE, webhook_allow=("127.0.0.0/8",), public_url="https://liuke.example")
    monkeypatch.setattr(settings, "LIUKE", env)
    acme.workspace.simulated_as_of = None
    acme.workspace.save()
    with WeComCustomers(Clock(utc_now())) as wecom:
        config = {"corp_id": world.CORP, "agent_id": str(world.AGENT), "base_url": wecom.base_url}
        secrets = {"secret": world.SECRET, "callback_token": world.KEYS.token, "callback_aes_key": world.KEYS.aes_key}
        channel = act.channel_create(actor=acme.actor(acme.it), kind="wecom", name="企业微信", config=config, secrets=secrets)
        staff_addresses_set(actor=acme.actor(acme.admin), membership_id=acme.wang.pk, addresses={"wecom": "ZhangWei"})
        wecom.users |= {"ZhangWei"}
        act.customers_review(workspace=acme.workspace, as_of=at(0), kind="nightly", scored=[scored(acme.customers["wang1"], 80)])
        yield Desk(acme, wecom, channel, Alert.objects.get())
