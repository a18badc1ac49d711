"""Clicks and events over the long connection: stored first, acknowledged then; what could not be stored is asked for again."""

from __future__ import annotations

from functools import partial

from liuke.act.channels.feishu.app import app_of
from liuke.act.channels.feishu.callbacks import clicked
from liuke.act.domain.channel import ChannelTarget
from liuke.act.domain.channel_events import Ears
from liuke.base.errors import LiukeError
from liuke.vendors.aes_callback import BadCallback
from liuke.vendors.feishu.callbacks import CLICK
from liuke.vendors.feishu.long_connection import DATA, FAILED, Frame, Parts, answer, frame_read, long_connection_open, ping, told_by
from liuke.vendors.websocket import messages


def listen(target: ChannelTarget, ears: Ears) -> None:
    """One connection, until it ends or `ears` stop it. Raises VendorFault, Closed."""
    connection, parts = long_connection_open(app_of(target)), Parts()
    with connection.socket as socket:
        ears.connected()
        for message in messages(socket, ears.stopped, ask=partial(ping, connection), every=connection.ping_every):
            ears.connected()
            try:
                frame = frame_read(message)
                payload = parts.whole(frame) if frame.method == DATA else None
            except BadCallback:
                continue
            if payload is not None:
                socket.send(_answered(frame, payload, target, ears))


def _answered(frame: Frame, payload: bytes, target: ChannelTarget, ears: Ears) -> bytes:
    try:
        found = told_by(payload)
        if found.kind != CLICK:
            return answer(frame)
        said = clicked(found, target)
        ears.hear(said.events)
    except BadCallback:
        return answer(frame)
    except LiukeError:
        return answer(frame, code=FAILED)
    return answer(frame, said.body)
