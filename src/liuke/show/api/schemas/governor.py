"""触达规则: the policy, refusals, consents, suppressed addresses, customers not to contact."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema

from liuke.show.api.schemas.common import CustomerRef, PersonRef, at_most

MediumName = Literal["sms", "email", "wecom", "other"]
PurposeName = Literal["marketing", "service"]
WordName = Literal["given", "withdrawn", "none"]
VerdictName = Literal["refused", "deferred", "held"]


class CapsOut(Schema):
    """At most so many in any 1, 7 and 30 days; null = no cap."""

    day: int | None
    week: int | None
    month: int | None


class TouchPolicy(Schema):
    """The policy as people edit it. Hours: Monday to Sunday, `09:00-20:00` or `closed`. Amounts in the workspace's currency."""

    dry_run: bool
    caps: dict[PurposeName, CapsOut]
    medium_caps: dict[str, CapsOut]
    apart: list[str]
    hours: dict[PurposeName, list[str]]
    holiday: Literal["send", "defer", "refuse"]
    defer_days: int
    needs: dict[str, str]
    per_head: str | None
    per_playbook: str | None
    costs: dict[str, str]
    fair_days: int
    barred_inputs: list[str]
    open_pixel: bool = False
    """Whether marketing mails may tell of their opening; each template says so for itself."""
    pixel_notice: str = ""
    """What such a mail says about it; empty = the shipped sentence."""


class TouchPolicyOut(Schema):
    """The policy in force. `number` 0 = the defaults."""

    number: int
    policy: TouchPolicy
    note: str
    by: PersonRef | None
    at: datetime | None
    holds: str | None
    """simulated or dry_run: nothing leaves this workspace."""


class TouchPolicyVersionOut(Schema):
    """One published version; `changed` names the fields that differ from the one before."""

    number: int
    note: str
    by: PersonRef | None
    at: datetime
    changed: list[str]


class TouchPolicyIn(Schema):
    """A policy to publish. `based_on`: the number that was edited."""

    policy: dict[str, Any]
    based_on: int
    note: Annotated[str, at_most(200)] = ""


class TouchPolicyTryIn(Schema):
    """A policy to try on the last 30 days."""

    policy: dict[str, Any]


class ReplayOut(Schema):
    """What a policy would have done to the messages of the last 30 days."""

    judged: int
    allowed: int
    deferred: int
    refused: dict[str, int]
    was_refused: int
    newly_refused: int
    newly_allowed: int
    capped: bool


class TouchDecisionOut(Schema):
    """One refusal or deferral; `text` says why."""

    id: int
    at: datetime
    verdict: VerdictName
    rule: str
    text: str
    customer: CustomerRef
    channel: str
    purpose: PurposeName
    playbook_id: int | None
    template: str
    until: datetime | None


class DoNotContactOut(Schema):
    """A customer whom nobody writes to."""

    customer: CustomerRef
    reason: str
    by: PersonRef | None
    at: datetime


class DoNotContactIn(Schema):
    """Customers to put on the list."""

    customer_ids: Annotated[list[int], at_most(500)]
    reason: Annotated[str, at_most(200)]


class SuppressionOut(Schema):
    """A suppressed address, masked."""

    id: int
    medium: MediumName
    hint: str
    scope: Literal["marketing", "all"]
    reason: str
    at: datetime
    lifted_at: datetime | None


class SuppressionIn(Schema):
    """An address to suppress."""

    medium: Annotated[str, at_most(12)]
    address: Annotated[str, at_most(160)]
    scope: Annotated[str, at_most(12)] = "marketing"


class CsvIn(Schema):
    """A CSV file's text."""

    text: Annotated[str, at_most(2_000_000)]


class CsvRejectOut(Schema):
    """A row that was not taken."""

    row: int
    message: str


class CsvImportedOut(Schema):
    """What became of a file."""

    taken: int
    rejected: list[CsvRejectOut]


class ConsentOut(Schema):
    """How a person, or the whole customer (contact null), stands."""

    contact_id: int | None
    medium: MediumName
    purpose: PurposeName
    word: WordName
    at: datetime | None
    source: str
    wording: str
    suppressed: str | None
    """Why the address is suppressed."""


class ConsentEventOut(Schema):
    """One word, for the history."""

    id: int
    at: datetime
    contact: str
    medium: MediumName
    purpose: PurposeName
    state: Literal["given", "withdrawn"]
    source: str
    wording: str
    by: PersonRef | None


class ConsentsOut(Schema):
    """The consent panel of a customer."""

    rows: list[ConsentOut]
    history: list[ConsentEventOut]
    do_not_contact: str | None
    """Its reason."""


class ConsentIn(Schema):
    """A word to write down. A consent names the wording that was agreed to."""

    medium: Annotated[str, at_most(12)]
    purpose: Annotated[str, at_most(12)]
    state: Annotated[str, at_most(12)]
    source: Annotated[str, at_most(40)]
    wording: Annotated[str, at_most(40)] = ""
    note: Annotated[str, at_most(200)] = ""
    contact_id: int | None = None
