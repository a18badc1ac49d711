"""Clicks and events over Stream mode: stored first, acknowledged then; what could not be stored is asked for again."""

from __future__ import annotations

from liuke.act.channels.dingtalk.app import app_of
from liuke.act.channels.dingtalk.callbacks import click_event, seen
from liuke.act.domain.channel import ChannelTarget
from liuke.act.domain.channel_events import Ears
from liuke.base.errors import LiukeError
from liuke.vendors.aes_callback import BadCallback
from liuke.vendors.dingtalk.stream import FAILED, Frame, answer, clicked, frame_of, stream_open
from liuke.vendors.websocket import messages


def listen(target: ChannelTarget, ears: Ears) -> None:
    """One connection, until DingTalk says goodbye or `ears` stop it. Raises VendorFault, Closed."""
    with stream_open(app_of(target)) as socket:
        ears.connected()
        for message in messages(socket, ears.stopped):
            ears.connected()
            try:
                frame = frame_of(message)
            except BadCallback:
                continue
            if frame.is_goodbye:
                return
            socket.send(_answered(frame, target, ears))


def _answered(frame: Frame, target: ChannelTarget, ears: Ears) -> str:
    if not frame.is_click:
        return answer(frame, {"status": "SUCCESS", "message": "success"})
    try:
        ears.hear([click_event(clicked(frame), frame.headers.message_id, target)])
    except BadCallback:
        return answer(frame, {})
    except LiukeError as fault:
        return answer(frame, {"message": fault.code}, code=FAILED)
    return answer(frame, {"response": seen()})
