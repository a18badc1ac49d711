"""A small company for tests of alerts, work and outcomes: two teams, one workspace more for the stranger."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from liuke.accounts.domain.actor import Actor, person
from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import Membership, Team, User, Workspace
from liuke.alert.domain.scored import ScoredCustomer
from liuke.facts.store.models import Customer
from liuke.score.domain.levels import Bands

MONDAY = datetime(2011, 6, 13, tzinfo=UTC)
"""Local midnight in the test workspace, whose zone is UTC; no holiday within three months."""


def at(days: int, hours: int = 0) -> datetime:
    """Days after the Monday."""
    return MONDAY + timedelta(days=days, hours=hours)


def reason(signal: str = "SIG-20", points: float = 18.0, family: str = "consumption") -> dict[str, Any]:
    """One reason as the score table has it."""
    return {"signal": signal, "family": family, "points": points, "key": f"reasons.{signal}", "params": {"drop": 0.62}}


def scored(
    customer: Customer | int, score: float, *, value: float = 1000, reasons: Iterable[dict[str, Any]] | None = None, lost: bool = False
) -> ScoredCustomer:
    """A scored customer with the level that the default bands give."""
    key = customer if isinstance(customer, int) else customer.pk
    text = json.dumps(list(reasons) if reasons is not None else [reason()])
    return ScoredCustomer(key, score, Bands().level_of(score), text, value, lost)


@dataclass(frozen=True)
class Company:
    """The workspace and its people; every owner has `customers[name]`."""

    workspace: Workspace
    admin: Membership
    supervisor: Membership
    wang: Membership
    li: Membership
    outsider: Membership
    """A manager of the other team."""
    it: Membership
    analyst: Membership
    customers: dict[str, Customer]

    def actor(self, member: Membership) -> Actor:
        """That member asking."""
        return person(
            workspace_id=member.workspace_id, membership_id=member.pk, user_id=member.user_id, role=Role(member.role),
            team_id=member.team_id, language="zh-CN", name=member.user.name,
        )  # fmt: skip


def member(workspace: Workspace, name: str, role: Role, team: Team | None = None) -> Membership:
    """A new person in the workspace."""
    user = User.objects.create(email=f"{name}@{workspace.slug}.example", name=name)
    return Membership.objects.create(workspace=workspace, user=user, role=role.value, team=team)


def customer(workspace: Workspace, key: str, owner: Membership | None = None, **fields: Any) -> Customer:
    """A customer of the workspace."""
    return Customer.objects.create(workspace=workspace, key=key, name=f"客户{key}", owner=owner, **fields)


def company(slug: str = "acme", *, simulated: bool = False) -> Company:
    """A workspace in UTC with two teams and two customers per manager."""
    clock = MONDAY if simulated else None
    workspace = Workspace.objects.create(slug=slug, name=slug, industry="retail", time_zone="UTC", simulated_as_of=clock)
    east = Team.objects.create(workspace=workspace, name="east")
    west = Team.objects.create(workspace=workspace, name="west")
    people = {
        "admin": member(workspace, "admin", Role.ADMIN),
        "supervisor": member(workspace, "supervisor", Role.SUPERVISOR, east),
        "wang": member(workspace, "wang", Role.MANAGER, east),
        "li": member(workspace, "li", Role.MANAGER, east),
        "outsider": member(workspace, "outsider", Role.MANAGER, west),
        "it": member(workspace, "it", Role.IT),
        "analyst": member(workspace, "analyst", Role.ANALYST),
    }
    customers = {
        f"{owner}{n}": customer(workspace, f"{owner}{n}", people[owner]) for owner in ("wang", "li", "outsider") for n in range(1, 6)
    }
    return Company(workspace, customers=customers, **people)


def money(value: float) -> Decimal:
    """A whole amount as the database gives it back."""
    return Decimal(value).quantize(Decimal("0.01"))
