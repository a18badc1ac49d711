"""A worker process for `kill9.py`: the product's own loop, outbox and channels, over messages that carry their address."""

from __future__ import annotations

import sys
from threading import Event

from liuke.server import boot  # isort: split

from liuke.act.channels import KINDS
from liuke.act.domain.channel import Delivered as Taken
from liuke.act.domain.channel import OutMessage, Unknown
from liuke.act.outgoing.sending import fault_of, send
from liuke.act.store.models import Channel
from liuke.jobs.domain.contract import Delivered, Message, Topic
from liuke.jobs.worker import run


def deliver(message: Message) -> Delivered:
    """Through the channel of the payload, as the product's deliverers do."""
    channel = Channel.objects.get(pk=message.payload["channel"])
    to = str(message.payload["to"])
    result = send(channel, OutMessage(message.key, "customer", "s", "t", to=to, template="SMS_1", params={"name": "x"}))
    if isinstance(result, Taken):
        return Delivered.SENT
    if isinstance(result, Unknown):
        return Delivered.UNKNOWN
    raise fault_of(result)


if __name__ == "__main__" and boot.READY:
    topics = {f"channel.{kind}": Topic(deliver, dedupes=KINDS[kind].dedupes) for kind in ("webhook", "sms_aliyun")}
    print("ready", flush=True)  # noqa: T201 - tells who started it
    run({}, topics, Event(), name=sys.argv[1])
