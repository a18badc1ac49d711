"""What WeCom posts: clicks, customers who removed a colleague, and the warning that too few colleagues open the app."""

from __future__ import annotations

from datetime import UTC, datetime

from liuke.act.channels.wecom.app import keys_of
from liuke.act.domain.channel import ChannelTarget
from liuke.act.domain.channel_events import Answer, Event, EventKind, Request
from liuke.vendors.aes_callback import BadCallback
from liuke.vendors.wecom.callbacks import WecomEvent, echo, event

REFUSED = Answer(401)
CLICK = "template_card_event"
DELETED = "change_external_contact.del_follow_user"
DROPPED = "change_external_contact.del_external_contact"
CHANGED = {
    "change_external_contact.add_external_contact": "added",
    "change_external_contact.add_half_external_contact": "added",
    "change_external_contact.edit_external_contact": "edited",
    "change_external_contact.transfer_fail": "move_failed",
}
MOVED = "DELETE_BY_TRANSFER"
LOW = "low_active_alert"


def hear(request: Request, target: ChannelTarget) -> Answer:
    """GET proves the address; POST brings one event and is answered with an empty body. Anything unverified is refused."""
    keys = keys_of(target)
    if not keys.token:
        return REFUSED
    try:
        if request.method == "GET":
            return Answer(200, body=echo(keys, request.query))
        told = event(keys, request.query, request.body)
    except BadCallback:
        return REFUSED
    made = _event(told, target)
    return Answer(200, events=(made,) if made else ())


def _event(told: WecomEvent, target: ChannelTarget) -> Event | None:
    """None for what means nothing to us."""
    at = datetime.fromtimestamp(told.at, UTC) if told.at else target.now()
    fields = told.fields
    if told.name == CLICK:
        data = {"task_id": fields.get("TaskId", ""), "button": fields.get("EventKey", ""), "response": fields.get("ResponseCode", "")}
        return Event(EventKind.CLICKED, _once(told, data["task_id"], data["button"], data["response"]), at, user=told.user, data=data)
    if told.name in {DELETED, DROPPED}:
        customer = fields.get("ExternalUserID", "")
        by = "move" if fields.get("Source") == MOVED else "customer" if told.name == DELETED else "staff"
        return Event(EventKind.CONTACT_DELETED, _once(told, customer), at, user=told.user, address=customer, data={"by": by})
    if told.name in CHANGED:
        customer, why = fields.get("ExternalUserID", ""), fields.get("FailReason", "")
        data = {"what": CHANGED[told.name], "why": why}
        return Event(EventKind.CONTACT_CHANGED, _once(told, customer, why), at, user=told.user, address=customer, data=data)
    if told.name == LOW:
        return Event(EventKind.WARNING, _once(told), at, data={"code": "wecom_low_active", "effect": fields.get("EffectTime", "")})
    return None


def _once(told: WecomEvent, *parts: str) -> str:
    """WeCom gives no id: the same moment, person and thing is the same event."""
    return ":".join((told.name, str(told.at), told.user, *parts))
