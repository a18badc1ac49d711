"""SIG-36: a complaint becomes a ticket of the team that owns its topic, once, and none where nobody owns it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import Team, Workspace
from liuke.act.plans.complaints import complaint_tickets
from liuke.act.store.models import Ticket
from liuke.align.domain.batch import AlignedBatch
from liuke.base.times import to_us
from liuke.facts.service import batch_write
from liuke.facts.service.readings_lists import lists_save
from liuke.warehouse.local import LocalWarehouse
from tests.factories import actor_of, make_member, make_team, make_workspace
from tests.facts.activities import Row, activity, table

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, tzinfo=UTC)


class Shop:
    """A workspace whose word lists give the topic `slow` to a team."""

    def __init__(self, folder: Path) -> None:
        self.workspace: Workspace = make_workspace(simulated_as_of=NOW)
        self.warehouse = LocalWarehouse(folder)
        self.team: Team = make_team(self.workspace)
        admin = actor_of(make_member(self.workspace, Role.ADMIN))
        topic = {"code": "slow", "label": "等太久", "words": ["等了"], "team": self.team.name}
        lists_save(actor=admin, workspace=self.workspace, lists={"topics": [topic]})

    def complain(self, topic: str, *, days: float = 0.5, number: int = 1, complaint: int = 1) -> None:
        attrs = {"text": "x", "topic": topic, "complaint": complaint}
        row: Row = activity(f"{topic}{number}", ts=to_us(NOW - timedelta(days=days)), attrs=attrs)
        batch_write(workspace=self.workspace, batch=AlignedBatch(json.dumps([topic, number]), [table([row])]), warehouse=self.warehouse)

    def tickets(self) -> int:
        return complaint_tickets(workspace=self.workspace, warehouse=self.warehouse, at=NOW)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def test_a_complaint_goes_to_the_team_that_owns_its_topic_once(shop: Shop) -> None:
    shop.complain("slow")
    assert shop.tickets() == 1
    ticket = Ticket.objects.get()
    assert (ticket.team, ticket.topic, ticket.title) == (shop.team, "other", "C1 投诉：等太久")
    shop.complain("slow", days=0.2, number=2)
    assert shop.tickets() == 0, "the open ticket says it already"


def test_a_solved_ticket_is_not_raised_again_for_the_same_complaint(shop: Shop) -> None:
    shop.complain("slow")
    shop.tickets()
    Ticket.objects.update(status="solved")
    assert shop.tickets() == 0
    shop.complain("slow", days=0.1, number=2)
    assert shop.tickets() == 1


@pytest.mark.parametrize(("topic", "days", "complaint"), [("weather", 0.5, 1), ("slow", 3, 1), ("slow", 0.5, 0), ("slow", -1, 1)])
def test_what_nobody_owns_what_is_old_and_what_is_no_complaint_raises_none(shop: Shop, topic: str, days: float, complaint: int) -> None:
    shop.complain(topic, days=days, complaint=complaint)
    assert shop.tickets() == 0
