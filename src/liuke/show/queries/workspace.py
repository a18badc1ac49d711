"""A workspace as its members see it."""

from __future__ import annotations

from datetime import datetime

from liuke.accounts.domain.actor import Actor
from liuke.accounts.service import workspace_now
from liuke.accounts.store.models import Workspace
from liuke.base.times import from_us
from liuke.show.api.schemas.accounts import BandsOut, WorkspaceOut
from liuke.show.queries.config import churn_of, config_of
from liuke.show.queries.warehouse import rows


def clock_max(workspace: Workspace) -> datetime | None:
    """How far the time machine can go: just after the newest thing known; None on a real clock or without data."""
    if workspace.simulated_as_of is None:
        return None
    newest = rows(workspace, "SELECT max(known_us) AS newest FROM activity").column("newest")[0].as_py()
    return None if newest is None else max(from_us(newest + 1), workspace.simulated_as_of)


def workspace_out(workspace: Workspace, actor: Actor) -> WorkspaceOut:
    """The workspace with the asker's role, permissions and scope."""
    bands, churn = config_of(workspace).bands, churn_of(workspace)
    return WorkspaceOut(
        slug=workspace.slug,
        name=workspace.name,
        industry=workspace.industry,
        time_zone=workspace.time_zone,
        currency=workspace.currency,
        country=workspace.country,
        locale=workspace.locale,
        counting_word=workspace.counting_word,
        money_basis=workspace.money_basis,
        is_sample=workspace.is_sample,
        is_simulated=workspace.simulated_as_of is not None,
        now=workspace_now(workspace),
        clock_max=clock_max(workspace),
        bands=BandsOut(early=bands.early, medium=bands.medium, high=bands.high),
        churn_days=churn.days,
        churn_kinds=list(churn.kinds),
        role=actor.role.value if actor.role else None,
        permissions=sorted(permission.value for permission in actor.permissions),
        scope=actor.scope.value,
        membership_id=actor.membership_id,
    )
