"""Asks people for the yes or no that flows wait for: in-app always, and as cards through the channels of the routing table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from liuke.accounts.domain.roles import PERMISSIONS, Permission, Role
from liuke.accounts.store.models import Membership, Workspace
from liuke.act.channels.inapp.write import NoticeDraft, notices_write
from liuke.act.notices.events import Event, events_write
from liuke.act.playbooks.domain.contract import AskApproval
from liuke.act.store.models import PlaybookApproval
from liuke.alert.service import routing_plan
from liuke.facts.store.models import Customer

CHUNK = 500
MOST_CARDS = 20
"""A wake that asks for more than this many at once fills nobody's messenger: in-app only."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One visit of an approval step. `key` is the same for the same visit."""

    enrolment_id: int
    seq: int
    customer_id: int
    key: str
    ask: AskApproval


def approvals_ask(workspace: Workspace, asked: Sequence[Asked], now: datetime) -> None:
    """Write approvals and tell those who may give them, in the caller's transaction; asked again nothing changes."""
    if not asked:
        return
    rows = [
        PlaybookApproval(
            workspace=workspace, enrolment_id=each.enrolment_id, seq=each.seq, text=each.ask.text, approver_id=each.ask.approver_id,
            asked_at=now, due_at=each.ask.due_at,
        )
        for each in asked
    ]  # fmt: skip
    PlaybookApproval.objects.bulk_create(rows, batch_size=CHUNK, ignore_conflicts=True)
    events = _events(workspace, asked)
    if len(asked) > MOST_CARDS:
        notices_write((event.draft for event in events), workspace_id=workspace.pk, at=now)
    else:
        events_write(workspace, routing_plan(workspace), events, at=now)


def _events(workspace: Workspace, asked: Sequence[Asked]) -> list[Event]:
    stored = PlaybookApproval.objects.filter(enrolment_id__in=[each.enrolment_id for each in asked])
    numbers = {(enrolment, seq): number for number, enrolment, seq in stored.values_list("pk", "enrolment_id", "seq")}
    names = dict(Customer.objects.filter(pk__in=[each.customer_id for each in asked]).values_list("pk", "name"))
    theirs = _supervisors(workspace, [each.customer_id for each in asked if each.ask.approver_id is None])
    return [
        Event(
            NoticeDraft(
                member, "notices.playbook_approval", f"{each.key}:{member}",
                {"text": each.ask.text, "customer": names.get(each.customer_id, "")}, f"/customers/{each.customer_id}",
            ),
            "approval", once=each.key, approval_id=numbers[each.enrolment_id, each.seq],
        )
        for each in asked
        for member in ([each.ask.approver_id] if each.ask.approver_id else theirs[each.customer_id])
    ]  # fmt: skip


def _supervisors(workspace: Workspace, customers: Sequence[int]) -> dict[int, list[int]]:
    """By customer, the supervisors of the owner's team; where there is none, those who assign and see everybody's customers.

    Others who may assign find the approval in their list; it is their right, not their task.
    """
    members = Membership.objects.filter(workspace=workspace, is_active=True)
    of_team: defaultdict[int | None, list[int]] = defaultdict(list)
    for member, team in members.filter(role=Role.SUPERVISOR.value, team__isnull=False).order_by("pk").values_list("pk", "team_id"):
        of_team[team].append(member)
    roles = [role.value for role, allowed in PERMISSIONS.items() if Permission.ASSIGN in allowed and role is not Role.SUPERVISOR]
    leading = list(members.filter(role__in=roles).order_by("pk").values_list("pk", flat=True))
    teams = Customer.objects.filter(pk__in=customers).values_list("pk", "owner__team_id")
    return {customer: of_team.get(team, leading) if team is not None else leading for customer, team in teams}
