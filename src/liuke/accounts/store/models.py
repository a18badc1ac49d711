"""People, workspaces, roles, keys and the audit trail."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from liuke.accounts.domain.calendar import PeriodKind
from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models_absence import Absence
from liuke.accounts.store.models_addresses import StaffAddress
from liuke.accounts.store.models_erasure import Tombstone

__all__ = [
    "Absence",
    "ApiKey",
    "AuditEntry",
    "CalendarPeriod",
    "Invitation",
    "Membership",
    "StaffAddress",
    "Team",
    "Tombstone",
    "User",
    "UserManager",
    "Workspace",
]


class UserManager(BaseUserManager["User"]):
    """Creates people by e-mail address; django-allauth logs them in."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        """A person who can log in; without a password only by invitation."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person. What they may do hangs on their memberships, never on this row."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=80)
    phone = models.CharField(max_length=32, blank=True)
    language = models.CharField(max_length=8, default="zh-CN")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name or self.email


class Workspace(models.Model):
    """One company's data; every query is scoped to one."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    industry = models.CharField(max_length=40)
    time_zone = models.CharField(max_length=40, default="Asia/Shanghai")
    currency = models.CharField(max_length=3, default="CNY")
    country = models.CharField(max_length=2, default="CN")
    locale = models.CharField(max_length=8, default="zh-CN")
    counting_word = models.CharField(max_length=2, default="家")
    money_basis = models.CharField(max_length=40, default="含税·下单")
    churn = models.JSONField(default=dict)
    """A `features.domain.churn.ChurnDefinition` as plain data."""
    alert_policy = models.JSONField(default=dict)
    """An `alert.domain.policy.AlertPolicy` as plain data; {} = the defaults."""
    simulated_as_of = models.DateTimeField(null=True)
    """The workspace clock; null = the real clock. A simulated workspace never sends outside."""
    is_sample = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class CalendarPeriod(models.Model):
    """A period of a workspace's calendar: one of its own, or its word on one that the product knows (`key`)."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in PeriodKind])
    name = models.CharField(max_length=40)
    starts_on = models.DateField()
    ends_on = models.DateField()
    """The last day within."""
    tolerant = models.BooleanField(default=False)
    lunar = models.BooleanField(default=False)
    key = models.CharField(max_length=60, null=True)
    """The key of the known period that this row stands for; null = the workspace's own."""
    is_removed = models.BooleanField(default=False)
    """The known period does not apply here."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "key"], name="calendar_key_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.starts_on}"


class Team(models.Model):
    """Account managers under one or more supervisors."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    name = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "name"], name="team_name_once")]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person's role in a workspace. Customers, alerts and work items are owned by a membership."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    role = models.CharField(max_length=16, choices=[(role.value, role.value) for role in Role])
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "user"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"


class Invitation(models.Model):
    """A one-time link by which a new person sets a password."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    membership = models.OneToOneField(Membership, on_delete=models.CASCADE)
    token_digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    is_reset = models.BooleanField(default=False)
    """A new password for a person who already has one; a plain invitation may never change an existing password."""


class ApiKey(models.Model):
    """A machine's way in: hashed, scoped to a workspace and a role, revocable."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    """Names of `accounts.domain.roles.Permission`."""
    origins = models.JSONField(default=list)
    """Of a key of pages: the sites whose pages may send with it, e.g. https://www.example.com."""
    created_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class AuditEntry(models.Model):
    """Who saw, changed, exported or sent what. Append-only."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, null=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=120)
    """`user:7`, `key:3` or `system`."""
    actor_name = models.CharField(max_length=120, blank=True)
    action = models.CharField(max_length=60)
    object_type = models.CharField(max_length=40, blank=True)
    object_id = models.CharField(max_length=60, blank=True)
    detail = models.JSONField(default=dict)
    ip = models.CharField(max_length=45, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["workspace", "-at"], name="audit_recent")]
