"""Every use case of messages by name: playbooks, callbacks, the API and the pipeline import from here."""

from liuke.act.governor.domain import Allowed, Budget, CouponOffer, Decision, Deferred, Refused, Touch
from liuke.act.messages.domain import Filled, MessageRequest, Missing, Template
from liuke.act.messages.preview import governor_preview
from liuke.act.messages.receiving import (
    bounce_record,
    click_record,
    confirmed_record,
    open_record,
    optout_record,
    receipt_record,
    reply_record,
)
from liuke.act.messages.sending import message_send, messages_send_many
from liuke.act.messages.templates import template_get, templates_of

__all__ = [
    "Allowed",
    "Budget",
    "CouponOffer",
    "Decision",
    "Deferred",
    "Filled",
    "MessageRequest",
    "Missing",
    "Refused",
    "Template",
    "Touch",
    "bounce_record",
    "click_record",
    "confirmed_record",
    "governor_preview",
    "message_send",
    "messages_send_many",
    "open_record",
    "optout_record",
    "receipt_record",
    "reply_record",
    "template_get",
    "templates_of",
]
