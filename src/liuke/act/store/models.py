"""Work items, follow-ups, renewals, notices and channels."""

from __future__ import annotations

from secrets import token_hex
from typing import Any, ClassVar

from django.db import models

from liuke.act.store.models_callbacks import CallbackEvent
from liuke.act.store.models_contacts import WecomContact
from liuke.act.store.models_doings import OwnActivity
from liuke.act.store.models_governor import Consent, DoNotContact, GovernorDecision, GovernorLock, GovernorPolicyVersion, Suppression
from liuke.act.store.models_links import ContactLink, LinkVisit
from liuke.act.store.models_loyalty import CouponCode, CouponKind, LoyaltyMark, LoyaltyMember, LoyaltyVersion, PointsEntry, Referral
from liuke.act.store.models_messages import CustomerMessage, MessageEvent, MessageTemplate, MessageTemplateVersion, TrackedLink
from liuke.act.store.models_outgoing import Receipt, VendorToken, VendorUse
from liuke.act.store.models_plans import (
    CalendarFeed,
    Comment,
    ContentPack,
    PackFile,
    Plan,
    PlanStep,
    PlanTemplate,
    Ticket,
    TicketEntry,
    TicketRoute,
    Visit,
    VisitPhoto,
)
from liuke.act.store.models_playbooks import (
    Enrolment,
    EnrolmentStep,
    Playbook,
    PlaybookApproval,
    PlaybookMatch,
    PlaybookRefusal,
    PlaybookVersion,
)
from liuke.act.store.models_simulation import PlaybookSimulation
from liuke.act.store.models_surveys import SurveyAnswer
from liuke.act.store.models_watch import HandOver, HandOverMove, Watch

__all__ = [
    "BulkChange",
    "CalendarFeed",
    "CallbackEvent",
    "Channel",
    "Comment",
    "Consent",
    "ContactLink",
    "ContentPack",
    "CouponCode",
    "CouponKind",
    "CustomerMessage",
    "DoNotContact",
    "Enrolment",
    "EnrolmentStep",
    "FollowUp",
    "GovernorDecision",
    "GovernorLock",
    "GovernorPolicyVersion",
    "HandOver",
    "HandOverMove",
    "LinkVisit",
    "LoyaltyMark",
    "LoyaltyMember",
    "LoyaltyVersion",
    "MessageEvent",
    "MessageTemplate",
    "MessageTemplateVersion",
    "Notice",
    "OwnActivity",
    "PackFile",
    "Plan",
    "PlanStep",
    "PlanTemplate",
    "Playbook",
    "PlaybookApproval",
    "PlaybookMatch",
    "PlaybookRefusal",
    "PlaybookSimulation",
    "PlaybookVersion",
    "PointsEntry",
    "Receipt",
    "Referral",
    "Renewal",
    "Suppression",
    "SurveyAnswer",
    "Ticket",
    "TicketEntry",
    "TicketRoute",
    "TrackedLink",
    "VendorToken",
    "VendorUse",
    "Visit",
    "VisitPhoto",
    "Watch",
    "WecomContact",
    "WorkItem",
]


class WorkItemQuerySet(models.QuerySet["WorkItem"]):
    """Counts the moves of work items, whoever moves them."""

    def update(self, **values: Any) -> int:
        """As Django's; another status is one move more."""
        moved = {"seq": models.F("seq") + 1} if "status" in values else {}
        return super().update(**moved, **values)


class WorkItem(models.Model):
    """Something to do for a customer. One that belongs to an alert is that alert's task: 跟进 is the one verb."""

    class Status(models.TextChoices):
        """Todo → doing (claimed) → done | cancelled."""

        TODO = "todo"
        DOING = "doing"
        DONE = "done"
        CANCELLED = "cancelled"

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    customer = models.ForeignKey("facts.Customer", on_delete=models.CASCADE)
    alert = models.OneToOneField("alert.Alert", on_delete=models.CASCADE, null=True)
    kind = models.CharField(max_length=12)
    """`winback` (of an alert), `renewal`, `manual` or `playbook`."""
    title = models.CharField(max_length=160, blank=True)
    """Blank for an alert's item: rendered from its first reason."""
    owner = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.TODO)
    due_at = models.DateTimeField(null=True)
    renewal = models.OneToOneField("act.Renewal", on_delete=models.CASCADE, null=True)
    """Of a `renewal` item: 启动续约 twice is one item."""
    hit = models.OneToOneField("signals.RuleHit", on_delete=models.SET_NULL, null=True)
    """Of a `manual` item that a rule asked for: one match is one item."""
    key = models.CharField(max_length=200, null=True, unique=True)
    """`<workspace>:<key>` of a `playbook` item: the same step done twice is one item."""
    note = models.TextField(blank=True)
    created_by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    seq = models.PositiveIntegerField(default=0, db_default=0)
    """How often its status was set: whoever moves a task names the move that they have seen, so that the same tap twice is one move."""

    objects = WorkItemQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["workspace", "owner", "status", "due_at"], name="work_mine"),
            models.Index(fields=["customer", "-created_at"], name="work_customer"),
        ]


class FollowUp(models.Model):
    """One contact with the customer: 接通/未接/改约 (reached, missed, rescheduled) or only a note, and the next date."""

    work_item = models.ForeignKey(WorkItem, on_delete=models.CASCADE)
    by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True)
    at = models.DateTimeField()
    result = models.CharField(max_length=12)
    note = models.TextField(blank=True)
    next_at = models.DateTimeField(null=True)
    request_key = models.CharField(max_length=80, unique=True)
    """`<workspace>:<key made by the client>`: the same tap sent twice is one follow-up."""


class Renewal(models.Model):
    """The ledger row of one contract."""

    class Status(models.TextChoices):
        """未启动 / 沟通中 / 已报价 / 已续 / 不续."""

        NOT_STARTED = "not_started"
        TALKING = "talking"
        QUOTED = "quoted"
        RENEWED = "renewed"
        DECLINED = "declined"

    contract = models.OneToOneField("facts.Contract", on_delete=models.CASCADE)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.NOT_STARTED)
    reason = models.CharField(max_length=200, blank=True)
    next_step = models.CharField(max_length=200, blank=True)
    next_step_on = models.DateField(null=True)
    forecast = models.FloatField(null=True)
    """Probability 0–1 that it renews, set by a person; null = the product's default for the status."""
    started_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True)


class BulkChange(models.Model):
    """How alerts and work items stood before a bulk change, kept for its undo."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    token = models.CharField(max_length=32, unique=True)
    by = models.CharField(max_length=40)
    """The actor's label: only who changed takes back."""
    at = models.DateTimeField()
    """Real time: the undo is offered for ten minutes of the reader's life, not of a simulated clock."""
    before = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)


class Notice(models.Model):
    """An in-app notification. Its id is the SSE event id."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    recipient = models.ForeignKey("accounts.Membership", on_delete=models.CASCADE)
    key = models.CharField(max_length=60)
    """Message key; `params` fill it, rendered per reader."""
    params = models.JSONField(default=dict)
    link = models.CharField(max_length=200, blank=True)
    dedupe = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["recipient", "-id"], name="notice_recent")]


def _salt() -> str:
    return token_hex(16)


class Channel(models.Model):
    """A configured way out of one of the kinds under `act/channels`. In-app needs no row."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    kind = models.CharField(max_length=24)
    name = models.CharField(max_length=80)
    config = models.JSONField(default=dict)
    secret = models.BinaryField(null=True)
    """Secrets, sealed: one JSON object by field name (of old, the bare secret of a webhook)."""
    enabled = models.BooleanField(default=True)
    position = models.PositiveIntegerField(default=0)
    """The order in which channels are shown and tried."""
    callback_salt = models.CharField(max_length=32, default=_salt)
    """Goes into the callback address; a new one makes the old address void."""
    last_callback_at = models.DateTimeField(null=True)
    """The last verified call of the vendor."""
    created_at = models.DateTimeField(auto_now_add=True)
    last_ok_at = models.DateTimeField(null=True)
    last_error = models.JSONField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "name"], name="channel_name_once")]
