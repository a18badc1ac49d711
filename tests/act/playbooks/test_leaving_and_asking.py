"""Who leaves a flow for what they said, and who is asked for a yes or no."""

from __future__ import annotations

from datetime import timedelta

import pytest

from liuke.accounts.domain.roles import Role
from liuke.act.governor.consents import consent_write
from liuke.act.store.models import DoNotContact, Enrolment, Notice
from tests.act.playbooks.world import Fleet, document, node
from tests.factories import make_customer, make_member, make_team

pytestmark = pytest.mark.django_db


def messaging(channel: str | None, purpose: str = "marketing") -> dict[str, object]:
    """A flow that waits a week, then sends over this medium (None = sends nothing)."""
    template = {"marketing": "recall_news", "service": "care_checkin"}[purpose]
    last = (
        node("m", "message", {"done": "e"}, channel=channel, template=template, purpose=purpose)
        if channel
        else node("m", "work_item", {"done": "e"}, title="回访")
    )
    return document([node("w", "wait", {"done": "m"}, days=7), last, node("e", "end")], exits=["opted_out"])


@pytest.mark.parametrize(
    ("flow", "medium", "purpose", "leaves"),
    [
        (("email", "marketing"), "email", "marketing", True),
        (("email", "marketing"), "sms", "marketing", False),
        (("email", "marketing"), "email", "service", False),
        (("email", "service"), "email", "marketing", False),
        (("email", "service"), "email", "service", True),
        ((None, "marketing"), "email", "marketing", False),
    ],
)
def test_only_a_no_to_what_the_flow_sends_ends_it(
    fleet: Fleet, flow: tuple[str | None, str], medium: str, purpose: str, leaves: bool
) -> None:
    playbook = fleet.playbook(messaging(*flow))
    fleet.enrol(playbook)
    fleet.wake()
    consent_write(
        customer=fleet.customers[1], contact_id=None, medium="email", purpose="marketing", state="given", source="form", at=fleet.now
    )
    said = {"medium": medium, "purpose": purpose, "state": "withdrawn", "source": "phone", "at": fleet.now + timedelta(hours=1)}
    consent_write(customer=fleet.customers[0], contact_id=None, **said)
    fleet.later(days=1).watch()
    stay = Enrolment.objects.get(customer=fleet.customers[0])
    assert (stay.status == "exited") is leaves
    assert Enrolment.objects.exclude(pk=stay.pk).filter(status="exited").count() == 0


def test_a_customer_on_the_list_of_those_not_to_contact_leaves_every_flow(fleet: Fleet) -> None:
    playbook = fleet.playbook(messaging(None))
    fleet.enrol(playbook)
    fleet.wake()
    DoNotContact.objects.create(workspace=fleet.workspace, customer=fleet.customers[0], reason="诉讼", at=fleet.now)
    fleet.later(days=1).watch()
    assert Enrolment.objects.get(status="exited").customer == fleet.customers[0]


def asked(fleet: Fleet) -> set[int]:
    """Who was told that a yes or no is wanted."""
    return set(Notice.objects.filter(workspace=fleet.workspace, key="notices.playbook_approval").values_list("recipient_id", flat=True))


ASK = [node("a", "approval", {"approved": "e", "declined": "e", "timeout": "e"}, text="给8折?", days=2), node("e", "end")]


def test_without_a_named_approver_the_supervisors_of_the_owners_team_are_asked_and_nobody_else(fleet: Fleet) -> None:
    team, other = make_team(fleet.workspace), make_team(fleet.workspace)
    chiefs = {make_member(fleet.workspace, Role.SUPERVISOR, team=team).pk for _ in range(2)}
    make_member(fleet.workspace, Role.SUPERVISOR, team=other)
    make_member(fleet.workspace, Role.OPERATIONS)
    type(fleet.manager).objects.filter(pk=fleet.manager.pk).update(team=team)
    fleet.enrol(fleet.playbook(document(ASK)), fleet.customers[:1])
    fleet.wake()
    assert asked(fleet) == chiefs


def test_where_nobody_supervises_those_who_assign_for_everybody_are_asked(fleet: Fleet) -> None:
    operations = make_member(fleet.workspace, Role.OPERATIONS)
    make_member(fleet.workspace, Role.SUPERVISOR, team=make_team(fleet.workspace))
    gone = make_member(fleet.workspace, Role.OPERATIONS)
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    fleet.enrol(fleet.playbook(document(ASK)), [make_customer(fleet.workspace)])
    fleet.wake()
    assert asked(fleet) == {fleet.admin.pk, operations.pk}
