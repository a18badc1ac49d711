"""What a colleague did with customers per day (document 92132). It describes the colleague, never a customer."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from liuke.vendors.answers import Rejected
from liuke.vendors.wecom.app import App

LONGEST = timedelta(days=30)


class BehaviourDay(msgspec.Struct, frozen=True):
    """One day of one colleague; counts, percent (0–100) and minutes."""

    stat_time: int
    """Unix seconds of the day's beginning."""
    new_apply_cnt: int = 0
    new_contact_cnt: int = 0
    chat_cnt: int = 0
    message_cnt: int = 0
    reply_percentage: float | None = None
    """Absent on a day without chats."""
    avg_reply_time: int | None = None
    negative_feedback_cnt: int = 0


class _Days(msgspec.Struct, frozen=True):
    behavior_data: tuple[BehaviourDay, ...] = ()


def behaviour_of(app: App, user: str, *, since: datetime, until: datetime) -> tuple[BehaviourDay, ...]:
    """The days of `[since, until]`, at most 30 and within the last 180. One colleague at a time: several come as one sum."""
    if until - since > LONGEST:
        raise Rejected("40035", "span")
    body = {"userid": [user], "start_time": int(since.timestamp()), "end_time": int(until.timestamp())}
    return app.post("externalcontact/get_user_behavior_data", _Days, body).behavior_data
