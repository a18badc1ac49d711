"""Product time is the workspace's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from liuke.accounts.domain.roles import Role
from liuke.accounts.service import workspace_clock_set, workspace_now
from liuke.accounts.store.models import AuditEntry
from liuke.base.errors import Forbidden, Invalid
from liuke.base.times import utc_now
from tests.factories import make_actor, make_workspace

OPENED = datetime(2011, 9, 9, 23, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_a_simulated_workspace_lives_at_its_own_moment() -> None:
    assert workspace_now(make_workspace(simulated_as_of=OPENED)) == OPENED


def test_other_workspaces_live_now() -> None:
    before = utc_now()
    assert before <= workspace_now(make_workspace()) <= utc_now()


def test_the_clock_moves_forward_and_leaves_a_trace() -> None:
    workspace = make_workspace(simulated_as_of=OPENED)
    workspace_clock_set(actor=make_actor(workspace), workspace=workspace, as_of=OPENED + timedelta(days=1))
    workspace.refresh_from_db()
    assert workspace_now(workspace) == OPENED + timedelta(days=1)
    assert AuditEntry.objects.get().action == "clock_set"


@pytest.mark.parametrize("step", [timedelta(0), timedelta(days=-1)])
def test_the_clock_never_moves_back(step: timedelta) -> None:
    workspace = make_workspace(simulated_as_of=OPENED)
    with pytest.raises(Invalid, match="clock_only_forward"):
        workspace_clock_set(actor=make_actor(workspace), workspace=workspace, as_of=OPENED + step)


def test_a_real_clock_cannot_be_set() -> None:
    workspace = make_workspace()
    with pytest.raises(Invalid, match="clock_not_simulated"):
        workspace_clock_set(actor=make_actor(workspace), workspace=workspace, as_of=OPENED)


def test_setting_the_clock_needs_the_permission() -> None:
    workspace = make_workspace(simulated_as_of=OPENED)
    with pytest.raises(Forbidden):
        workspace_clock_set(actor=make_actor(workspace, Role.MANAGER), workspace=workspace, as_of=OPENED + timedelta(days=1))
