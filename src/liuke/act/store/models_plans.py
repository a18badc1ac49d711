"""Checklist plans, content packs, visits, comments, cross-department tickets and calendar feeds."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class PlanTemplate(models.Model):
    """A checklist of the workspace's own. The shipped ones are files of `act/plans/packs`; a row with the same code stands in for one."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    code = models.CharField(max_length=40)
    spec = models.JSONField(default=dict)
    """An `act.plans.domain.PlanSpec` as plain data."""
    archived_at = models.DateTimeField(null=True)
    """A shipped one that is archived here is not proposed any more."""
    updated_by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "code"], name="plan_template_once")]


class Plan(models.Model):
    """A checklist as it was applied to a work item. Taking it back keeps the row."""

    work_item = models.ForeignKey("act.WorkItem", on_delete=models.CASCADE)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    packs = models.JSONField(default=list)
    """Codes of the content packs that belong to it."""
    applied_by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    applied_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)


class PlanStep(models.Model):
    """One line of a work item's checklist: who, by when, what it should bring (PLY-07)."""

    work_item = models.ForeignKey("act.WorkItem", on_delete=models.CASCADE)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, null=True)
    """Null: added by hand."""
    position = models.IntegerField(default=0)
    text = models.CharField(max_length=200)
    owner = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True)
    """Null: the work item's owner."""
    due_at = models.DateTimeField(null=True)
    effect = models.CharField(max_length=200, blank=True)
    effect_amount = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    """What it should save or earn, in the workspace's currency."""
    remind_hours = models.IntegerField(default=24)
    """How long before `due_at` its owner is reminded; 0 = at the moment itself, negative = never."""
    reminded_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["work_item", "position"], name="plan_step_order"),
            models.Index(fields=["done_at", "reminded_at", "due_at"], name="plan_step_due"),
        ]


class ContentPack(models.Model):
    """话术 of the workspace's own. Shipped ones are files of `act/plans/scripts`; a row with the same code stands in for one."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    code = models.CharField(max_length=40)
    spec = models.JSONField(default=dict)
    """An `act.plans.domain_packs.PackSpec` as plain data."""
    archived_at = models.DateTimeField(null=True)
    updated_by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "code"], name="content_pack_once")]


class PackFile(models.Model):
    """A file of a content pack, shipped or own. Its bytes lie in the data folder under a random name."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    pack_code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    stored = models.CharField(max_length=64, unique=True)
    size = models.IntegerField()
    """Bytes."""
    by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["workspace", "pack_code"], name="pack_file_of")]


class Visit(models.Model):
    """拜访记录: what was seen and said at a customer's. Personal data: text hidden by role, seeing it is audited."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    customer = models.ForeignKey("facts.Customer", on_delete=models.CASCADE)
    work_item = models.ForeignKey("act.WorkItem", on_delete=models.SET_NULL, null=True)
    by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(blank=True)
    place = models.CharField(max_length=120, blank=True)
    """In words."""
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    accuracy = models.FloatField(null=True)
    """Metres, as the phone says; latitude and longitude are degrees (WGS 84), given by consent only."""
    request_key = models.CharField(max_length=80, unique=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["customer", "-at"], name="visit_of_customer")]


class VisitPhoto(models.Model):
    """A photo of a visit, without the data that cameras write into it. Personal data: opening it is audited."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE)
    stored = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=16)
    """`image/jpeg` or `image/png`."""
    width = models.IntegerField()
    height = models.IntegerField()
    size = models.IntegerField()
    """Bytes."""
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)


class Comment(models.Model):
    """What a colleague says on a work item; `mentions` are told."""

    work_item = models.ForeignKey("act.WorkItem", on_delete=models.CASCADE)
    by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()
    mentions = models.JSONField(default=list)
    """Ids of memberships."""
    request_key = models.CharField(max_length=80, unique=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["work_item", "at"], name="comment_of_item")]


class Ticket(models.Model):
    """协同工单: something that another team has to do for a customer (PLY-14, ALT-10)."""

    class Status(models.TextChoices):
        """待受理 → 处理中 → 已解决, or 退回 to whoever raised it."""

        OPEN = "open"
        WORKING = "working"
        SOLVED = "solved"
        RETURNED = "returned"

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    customer = models.ForeignKey("facts.Customer", on_delete=models.CASCADE)
    work_item = models.ForeignKey("act.WorkItem", on_delete=models.SET_NULL, null=True)
    alert = models.ForeignKey("alert.Alert", on_delete=models.SET_NULL, null=True)
    hit = models.OneToOneField("signals.RuleHit", on_delete=models.SET_NULL, null=True)
    """Of a ticket that a rule asked for: one match is one ticket."""
    team = models.ForeignKey("accounts.Team", on_delete=models.SET_NULL, null=True)
    topic = models.CharField(max_length=12)
    """An `act.plans.domain_tickets.Topic` value."""
    title = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    owner = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.OPEN)
    due_at = models.DateTimeField(null=True)
    raised_by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    raised_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    solved_at = models.DateTimeField(null=True)
    key = models.CharField(max_length=160, null=True, unique=True)
    """`<workspace>:<key>` of whatever asked for it: the same asked twice is one ticket."""

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["workspace", "status", "due_at"], name="ticket_list"),
            models.Index(fields=["team", "status"], name="ticket_team"),
            models.Index(fields=["customer", "-raised_at"], name="ticket_customer"),
        ]


class TicketEntry(models.Model):
    """One step in a ticket's life, append-only."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    status = models.CharField(max_length=8)
    note = models.TextField(blank=True)


class CalendarFeed(models.Model):
    """A person's calendar address. Secret: only its digest is kept; a new one ends the old one."""

    membership = models.OneToOneField("accounts.Membership", on_delete=models.CASCADE)
    token_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    """Real time of the last reading."""


class TicketRoute(models.Model):
    """Which team receives tickets of a topic."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    topic = models.CharField(max_length=12)
    team = models.ForeignKey("accounts.Team", on_delete=models.CASCADE)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "topic"], name="ticket_route_once")]
