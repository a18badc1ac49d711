"""Playbooks, their versions, who is in them, what each step did, and why somebody is not in one."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

RUNNING = ("active", "waiting")
"""The statuses of an enrolment that is not over."""


class Playbook(models.Model):
    """A flow of a workspace. What it does lies in its versions; whether it runs (启用/停用) and is paused lies here."""

    class Kind(models.TextChoices):
        """挽留 before the loss, 关怀 at any time, 召回 after it."""

        WINBACK = "winback"
        CARE = "care"
        RECALL = "recall"

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    code = models.CharField(max_length=60)
    """Stays for life: the code of a ready playbook, made up otherwise."""
    name = models.CharField(max_length=80)
    about = models.CharField(max_length=400, blank=True)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.WINBACK)
    salt = models.CharField(max_length=32)
    """Goes into the hash that assigns the hold-out: another playbook holds out other customers."""
    enabled = models.BooleanField(default=False)
    paused_at = models.DateTimeField(null=True)
    """Workspace time; everybody keeps their place and nobody enters."""
    archived_at = models.DateTimeField(null=True)
    enabled_at = models.DateTimeField(null=True)
    """Workspace time of the last 启用: what occurred before lets nobody in."""
    matched_at = models.DateTimeField(null=True)
    """When a trigger that looks at a state first looked after that: who fulfilled it then does not enter."""
    triggered_until = models.DateTimeField(null=True)
    """Occurrences up to this moment of the workspace clock were looked at; set to the present when it begins to run."""
    watched_until = models.DateTimeField(null=True)
    """Goals and exits up to this moment were looked for."""
    created_by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    updated_by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "code"], name="playbook_code_once")]

    def __str__(self) -> str:
        return self.name


class PlaybookVersion(models.Model):
    """One state of a flow. At most one is being edited (draft, or on trial), at most one is live (published)."""

    class Status(models.TextChoices):
        """Draft → trial (who would enter is logged, nothing is done) → published → retired by the next published one."""

        DRAFT = "draft"
        TRIAL = "trial"
        PUBLISHED = "published"
        RETIRED = "retired"

    playbook = models.ForeignKey(Playbook, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    spec = models.JSONField()
    """`act.playbooks.domain.spec.Spec` as plain data; docs/reference/playbook.schema.json."""
    note = models.CharField(max_length=200, blank=True)
    created_by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    """Workspace time."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["playbook", "number"], name="playbook_version_once"),
            models.UniqueConstraint(fields=["playbook"], condition=models.Q(status__in=["draft", "trial"]), name="playbook_one_draft"),
            models.UniqueConstraint(fields=["playbook"], condition=models.Q(status="published"), name="playbook_one_live"),
        ]


class Enrolment(models.Model):
    """One stay of a customer in a playbook. Sleeping costs nothing: a row that is due is claimed, stepped and written back.

    All moments are of the workspace clock. A `holdout` row is never stepped; its goal is watched like everybody's (BEY-02).
    """

    class Arm(models.TextChoices):
        """By hash of playbook and customer: the same customer is always on the same side."""

        TREATED = "treated"
        HOLDOUT = "holdout"

    class Status(models.TextChoices):
        """`active`: due at once; `waiting`: asleep until `wake_at`; `done`: came to an end or reached the goal;
        `exited`: an exit condition took it out; `stopped`: by a person; `failed`: its version cannot go on."""

        ACTIVE = "active"
        WAITING = "waiting"
        DONE = "done"
        EXITED = "exited"
        STOPPED = "stopped"
        FAILED = "failed"

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    playbook = models.ForeignKey(Playbook, on_delete=models.CASCADE)
    version = models.ForeignKey(PlaybookVersion, on_delete=models.CASCADE)
    customer = models.ForeignKey("facts.Customer", on_delete=models.CASCADE)
    alert = models.ForeignKey("alert.Alert", on_delete=models.SET_NULL, null=True, related_name="+")
    """The alert that triggered it, for the exit `alert_closed`."""
    entry_key = models.CharField(max_length=120)
    """Made of the trigger's occurrence: the same occurrence enters once, however often it is looked at."""
    arm = models.CharField(max_length=8, choices=Arm.choices)
    share = models.FloatField(default=0)
    """The hold-out's share (0–1) in force at the entry."""
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.ACTIVE)
    node = models.CharField(max_length=40, blank=True)
    """Where it stands; blank for a hold-out."""
    seq = models.PositiveIntegerField(default=0)
    """Nodes it has come to; fences writes and names effects, so that none happens twice."""
    wake_at = models.DateTimeField(null=True)
    """When it is due; null when it is over."""
    waiting_for = models.CharField(max_length=60, blank=True)
    """`reply`, `order`, an activity kind or `approval`, where it waits for something."""
    since = models.DateTimeField()
    """When it came to its node."""
    vars = models.JSONField(default=dict)
    """`entry`: what the trigger gave (rendered into texts); `spent`: money so far."""
    entered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=40, blank=True)
    """`end`, `goal`, `watched` (a hold-out's time is over), an exit's name, `stopped`, or a fault's code."""
    goal_at = models.DateTimeField(null=True)
    """When the goal was reached, whatever the arm and whether the flow had ended."""
    goal_until = models.DateTimeField(null=True)
    """Until when the goal is watched: the same span from the entry for both arms. Null = no goal."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["playbook", "entry_key"], name="enrolment_entry_once"),
            models.UniqueConstraint(fields=["playbook", "customer"], condition=models.Q(status__in=RUNNING), name="enrolment_one_running"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["playbook", "wake_at"], condition=models.Q(wake_at__isnull=False), name="enrolment_due"),
            models.Index(fields=["customer", "-entered_at"], name="enrolment_customer"),
            models.Index(fields=["playbook", "status", "node"], name="enrolment_counts"),
            models.Index(
                fields=["workspace", "goal_until"],
                condition=models.Q(goal_at__isnull=True, goal_until__isnull=False),
                name="enrolment_goal",
            ),
        ]


class EnrolmentStep(models.Model):
    """History: one row per node an enrolment left, in order of `seq`."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE)
    seq = models.PositiveIntegerField()
    node = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    outlet = models.CharField(max_length=40, blank=True)
    """The way it took; blank where the flow ended here."""
    at = models.DateTimeField()
    detail = models.JSONField(default=dict)
    """`{"key": "playbooks.did.<x>", "params": {…}}` rendered per reader, and what the governor said."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["enrolment", "seq"], name="enrolment_step_once")]


class PlaybookRefusal(models.Model):
    """An occurrence that led to no entry, and why: the answer to 「为什么没有触发」(BEY-07)."""

    playbook = models.ForeignKey(Playbook, on_delete=models.CASCADE)
    customer = models.ForeignKey("facts.Customer", on_delete=models.CASCADE)
    entry_key = models.CharField(max_length=120)
    at = models.DateTimeField()
    reason = models.CharField(max_length=20)
    """`act.playbooks.domain.entry.Refusal`: audience, excluded, already_in, reentry, paused, budget, inactive or trial."""
    params = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["playbook", "entry_key"], name="playbook_refusal_once")]
        indexes: ClassVar = [models.Index(fields=["playbook", "customer", "-at"], name="playbook_refusals")]


class PlaybookMatch(models.Model):
    """A customer fulfils the condition of a trigger that looks at a state (a signal, the score); entering is the edge."""

    playbook = models.ForeignKey(Playbook, on_delete=models.CASCADE)
    customer = models.ForeignKey("facts.Customer", on_delete=models.CASCADE)
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["playbook", "customer"], name="playbook_match_once")]


class PlaybookApproval(models.Model):
    """A person's yes or no that an enrolment waits for."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE)
    seq = models.PositiveIntegerField()
    text = models.CharField(max_length=200)
    approver = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    """Null = anybody who may assign."""
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    approved = models.BooleanField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["enrolment", "seq"], name="playbook_approval_once")]
        indexes: ClassVar = [models.Index(fields=["workspace", "approved", "due_at"], name="playbook_approvals")]
