"""触达模板 and messages to customers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema

from liuke.show.api.schemas.common import CustomerRef, PersonRef, at_most
from liuke.show.api.schemas.governor import MediumName, PurposeName

StatusName = Literal["queued", "deferred", "refused", "sending", "accepted", "delivered", "failed", "unknown", "suppressed"]


class LintOut(Schema):
    """Something that a carrier may refuse."""

    code: str
    text: str


class MessageTemplateOut(Schema):
    """A message template. `number` 0 = as shipped; `warnings` of its SMS wording."""

    code: str
    name: str
    purpose: PurposeName
    media: list[MediumName]
    subject: str
    body: str
    sms_template: str
    about: str
    open_pixel: bool
    """Whether its mails tell of their opening, where the workspace allows it."""
    number: int
    shipped: bool
    archived: bool
    variables: list[str]
    warnings: list[LintOut]


class MessageTemplateIn(Schema):
    """A template's contents. `based_on`: the number that was edited."""

    name: Annotated[str, at_most(200)]
    purpose: PurposeName
    media: list[MediumName]
    subject: Annotated[str, at_most(400)] = ""
    body: Annotated[str, at_most(8000)]
    sms_template: Annotated[str, at_most(100)] = ""
    about: Annotated[str, at_most(400)] = ""
    open_pixel: bool = False
    based_on: int = 0
    note: Annotated[str, at_most(200)] = ""


class NewMessageTemplateIn(MessageTemplateIn):
    """A template of the workspace's own."""

    code: Annotated[str, at_most(60)]


class ArchivedIn(Schema):
    """Away, or back."""

    archived: bool


class MessageTemplateVersionOut(Schema):
    """One saved version."""

    number: int
    note: str
    by: PersonRef | None
    at: datetime
    subject: str
    body: str


class MessageTemplateTryIn(Schema):
    """A template as it stands in the editor; with a customer it is filled."""

    template: NewMessageTemplateIn
    customer_id: int | None = None


class MessageTemplateTryOut(Schema):
    """How it reads. `missing`: variables that only a playbook or the sender can give."""

    warnings: list[LintOut]
    faults: list[str]
    subject: str
    text: str
    missing: list[str]


class MessageIn(Schema):
    """A message by hand. `channel`: a medium or a kind of channel."""

    channel: Annotated[str, at_most(24)]
    template: Annotated[str, at_most(60)]
    variables: Annotated[dict[str, str], at_most(30)] = {}  # noqa: RUF012 - pydantic copies defaults


class MessageSendIn(MessageIn):
    """`request_key`: made by the client, 8–64 characters; sent twice it is one message."""

    request_key: Annotated[str, at_most(64)]


class TouchVerdictOut(Schema):
    """The governor's word before sending."""

    verdict: Literal["allowed", "deferred", "refused"]
    rule: str
    text: str
    until: datetime | None
    holds: str | None
    """dry_run or simulated: it will be judged and logged, not sent."""


class MessagePreviewOut(Schema):
    """How the message would read, to whom it would go, and what the governor says."""

    subject: str
    text: str
    contact: str
    address: str
    channel: str
    missing: list[str]
    verdict: TouchVerdictOut


class MessageOut(Schema):
    """One message of the ledger; address and text are masked by role."""

    id: int
    customer: CustomerRef
    channel: str
    medium: MediumName
    purpose: PurposeName
    template: str
    template_name: str
    status: StatusName
    reason: str
    """The sentence of the rule or the error; empty where all is well."""
    subject: str
    text: str
    address: str
    at: datetime
    planned_at: datetime
    sent_at: datetime | None
    delivered_at: datetime | None
    opened_at: datetime | None
    clicked_at: datetime | None
    replied_at: datetime | None
    cost: float
    by: PersonRef | None
    playbook_id: int | None
    confirmed: str
    """待员工确认 n/N, else empty."""
