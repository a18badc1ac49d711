"""Rows for tests, each with the least that it needs. Names are made unique by a counter."""

from __future__ import annotations

from functools import cache
from itertools import count

from django.contrib.auth.hashers import make_password

from liuke.accounts.domain.actor import Actor, person
from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import Membership, Team, User, Workspace
from liuke.facts.store.models import Customer

PASSWORD = "liuke-geheim-9"
_numbers = count(1)


@cache
def _hashed(password: str) -> str:
    return make_password(password)


def make_user(**fields: object) -> User:
    """A person who can log in with `PASSWORD`; hashed once per run, since argon2 is slow on purpose."""
    number = next(_numbers)
    defaults = {"email": f"person{number}@example.test", "name": f"Person {number}", "password": _hashed(PASSWORD)}
    return User.objects.create(**(defaults | fields))


def make_workspace(**fields: object) -> Workspace:
    """An empty workspace on the real clock, as the e-commerce template makes it."""
    number = next(_numbers)
    defaults = {
        "slug": f"space-{number}",
        "name": f"Space {number}",
        "industry": "ecommerce",
        "churn": {"kinds": ["order.placed"], "days": 180},
    }
    return Workspace.objects.create(**(defaults | fields))


def make_team(workspace: Workspace, **fields: object) -> Team:
    """A team without members."""
    return Team.objects.create(workspace=workspace, **({"name": f"Team {next(_numbers)}"} | fields))


def make_member(workspace: Workspace, role: Role = Role.ADMIN, *, team: Team | None = None, **user_fields: object) -> Membership:
    """A person with a role in the workspace."""
    return Membership.objects.create(workspace=workspace, user=make_user(**user_fields), role=role, team=team)


def make_customer(workspace: Workspace, *, owner: Membership | None = None, **fields: object) -> Customer:
    """A customer without activities."""
    number = next(_numbers)
    return Customer.objects.create(workspace=workspace, owner=owner, **({"key": f"C{number}", "name": f"Customer {number}"} | fields))


def actor_of(member: Membership) -> Actor:
    """The actor that the member's requests become."""
    return person(
        workspace_id=member.workspace_id,
        membership_id=member.pk,
        user_id=member.user_id,
        role=Role(member.role),
        team_id=member.team_id,
        language=member.user.language,
        name=member.user.name,
    )


def make_actor(workspace: Workspace, role: Role = Role.ADMIN, *, team: Team | None = None) -> Actor:
    """A new member of the workspace, as an actor."""
    return actor_of(make_member(workspace, role, team=team))
