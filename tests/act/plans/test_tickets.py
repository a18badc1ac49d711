"""Tickets to other teams: who sees and moves them, who is told, and those that the product raises by itself."""

from __future__ import annotations

from itertools import product

import pytest

from liuke.accounts.store.models import Membership, Team
from liuke.act import service as act
from liuke.act.plans import service as plans
from liuke.act.plans.domain_tickets import MOVES, Move, Topic, after, moves_from, topics_asked
from liuke.act.plans.service import TicketDraft
from liuke.act.store.models import Notice, Ticket, TicketEntry, WorkItem
from liuke.alert.store.models import Alert
from liuke.base.errors import Conflict, Forbidden, Invalid, NotFound
from tests.alert.world import Company, at, reason, scored

pytestmark = pytest.mark.django_db
STATUSES = [status.value for status in Ticket.Status]


@pytest.fixture
def quality(acme: Company) -> Membership:
    """Somebody of 质检, who owns no customer: the other team's manager, moved there."""
    team = Team.objects.create(workspace=acme.workspace, name="质检")
    acme.outsider.team = team
    acme.outsider.save()
    return acme.outsider


def raised(acme: Company, quality: Membership, item: WorkItem, **fields: object) -> Ticket:
    """A ticket of wang's to 质检."""
    draft = TicketDraft(**({"topic": "quality", "title": "灯珠发黄", "team_id": quality.team_id, "item_id": item.pk} | fields))
    return plans.ticket_raise(actor=acme.actor(acme.wang), draft=draft, key="t1")


def told(member: Membership) -> list[str]:
    """The keys of the ticket notices of a person, oldest first."""
    return list(Notice.objects.filter(recipient=member, key__startswith="notices.ticket").order_by("pk").values_list("key", flat=True))


def test_PLY_14_a_ticket_goes_to_the_team_and_its_status_flows_back(acme: Company, quality: Membership, item: WorkItem) -> None:
    ticket = raised(acme, quality, item)
    assert (ticket.alert_id, ticket.customer_id, told(quality)) == (item.alert_id, item.customer_id, ["notices.ticket_new"])
    worker = acme.actor(quality)
    assert plans.ticket_move(actor=worker, ticket_id=ticket.pk, move="accept").owner_id == quality.pk
    solved = plans.ticket_move(actor=worker, ticket_id=ticket.pk, move="solve", note="已换批次")
    assert (solved.status, solved.solved_at is not None) == ("solved", True)
    assert told(acme.wang) == ["notices.ticket_working", "notices.ticket_solved"]
    assert list(TicketEntry.objects.order_by("pk").values_list("status", "note")) == [("open", ""), ("working", ""), ("solved", "已换批次")]


def test_the_team_sees_the_ticket_of_a_customer_that_it_does_not_see(acme: Company, quality: Membership, item: WorkItem) -> None:
    ticket = raised(acme, quality, item)
    seen = {
        member.user.name: plans.tickets_visible(acme.actor(member)).filter(pk=ticket.pk).exists()
        for member in (quality, acme.wang, acme.supervisor, acme.li, acme.it, acme.analyst, acme.admin)
    }
    assert seen == {"outsider": True, "wang": True, "supervisor": True, "li": False, "it": False, "analyst": True, "admin": True}


def test_a_stranger_finds_no_ticket(acme: Company, stranger: Company, quality: Membership, item: WorkItem) -> None:
    ticket = raised(acme, quality, item)
    with pytest.raises(NotFound):
        plans.ticket_get(actor=stranger.actor(stranger.admin), ticket_id=ticket.pk)


def test_a_return_needs_a_reason_and_is_sent_again_by_who_raised_it(acme: Company, quality: Membership, item: WorkItem) -> None:
    ticket = raised(acme, quality, item)
    with pytest.raises(Invalid):
        plans.ticket_move(actor=acme.actor(quality), ticket_id=ticket.pk, move="return", note=" ")
    plans.ticket_move(actor=acme.actor(quality), ticket_id=ticket.pk, move="return", note="缺批号")
    with pytest.raises(Forbidden):
        plans.ticket_move(actor=acme.actor(quality), ticket_id=ticket.pk, move="resubmit")
    plans.ticket_move(actor=acme.actor(acme.wang), ticket_id=ticket.pk, move="resubmit", note="批号 7")
    assert told(quality) == ["notices.ticket_new", "notices.ticket_new"]
    assert told(acme.wang) == ["notices.ticket_returned"]


def test_the_raiser_does_not_work_the_ticket_but_may_open_it_again(acme: Company, quality: Membership, item: WorkItem) -> None:
    ticket = raised(acme, quality, item)
    with pytest.raises(Forbidden):
        plans.ticket_move(actor=acme.actor(acme.wang), ticket_id=ticket.pk, move="accept")
    plans.ticket_move(actor=acme.actor(quality), ticket_id=ticket.pk, move="solve")
    again = plans.ticket_move(actor=acme.actor(acme.wang), ticket_id=ticket.pk, move="reopen")
    assert (again.status, again.solved_at) == ("working", None)


@pytest.mark.parametrize(("status", "move"), list(product(STATUSES, Move)))
def test_moves_are_possible_exactly_where_the_table_says(status: str, move: Move) -> None:
    offered = {
        one for receives in (True, False) for raised in (True, False) for one in moves_from(status, receives=receives, raised=raised)
    }
    if status in MOVES[move][0]:
        assert after(status, move) == MOVES[move][1]
        assert move in offered
    else:
        assert move not in offered
        with pytest.raises(Conflict):
            after(status, move)


def test_nobody_is_offered_a_move_who_is_on_neither_side() -> None:
    assert [moves_from(status, receives=False, raised=False) for status in STATUSES] == [[]] * len(STATUSES)


def test_the_same_key_is_one_ticket_and_another_customers_key_is_refused(acme: Company, quality: Membership, item: WorkItem) -> None:
    assert raised(acme, quality, item).pk == raised(acme, quality, item).pk
    with pytest.raises(Conflict):
        raised(acme, quality, item, item_id=None, customer_id=acme.customers["wang2"].pk)
    assert told(quality) == ["notices.ticket_new"]


@pytest.mark.parametrize(
    ("change", "field"),
    [({"topic": "weather"}, "topic"), ({"title": " "}, "title"), ({"text": "x" * 4001}, "text"), ({"team_id": 999_999}, "team_id")],
)
def test_a_ticket_that_cannot_be_says_what_is_wrong(
    acme: Company, quality: Membership, item: WorkItem, change: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        raised(acme, quality, item, **change)
    assert [fault["field"] for fault in caught.value.params["faults"]] == [field]


def test_the_owner_is_one_of_the_team(acme: Company, quality: Membership, item: WorkItem) -> None:
    with pytest.raises(Invalid):
        raised(acme, quality, item, owner_id=acme.li.pk)
    assert raised(acme, quality, item, owner_id=quality.pk).owner_id == quality.pk


def test_a_ticket_says_for_whom_and_only_of_what_is_seen(acme: Company, quality: Membership, item: WorkItem) -> None:
    for about in ({"customer_id": None}, {"customer_id": acme.customers["li1"].pk}, {"item_id": 999_999}, {"alert_id": 999_999}):
        with pytest.raises((Invalid, NotFound)):
            raised(acme, quality, item, **({"item_id": None} | about))
    assert raised(acme, quality, item, item_id=None, alert_id=item.alert_id).work_item_id == item.pk


def night(acme: Company, signal: str, day: int = 0) -> None:
    """A nightly review in which wang's first customer is dangerous for this reason."""
    rows = [scored(acme.customers["wang1"], 95, reasons=[reason(signal, 30, "service")])]
    act.customers_review(workspace=acme.workspace, as_of=at(day), kind="nightly", scored=rows)


def test_SIG_35_satisfaction_that_keeps_falling_goes_to_the_supervisor(acme: Company) -> None:
    night(acme, "SIG-35")
    ticket = Ticket.objects.get()
    assert (ticket.topic, ticket.owner_id, ticket.alert_id) == ("regional", acme.supervisor.pk, Alert.objects.get().pk)
    assert ticket.due_at is not None
    assert ticket.due_at > at(0)
    assert told(acme.supervisor) == ["notices.ticket_new"]


def test_ALT_10_a_bad_review_goes_to_the_team_of_the_topic_once(acme: Company, quality: Membership) -> None:
    plans.ticket_routes_set(actor=acme.actor(acme.admin), routes={"recovery": quality.team_id})
    night(acme, "SIG-31")
    night(acme, "SIG-31", 1)
    ticket = Ticket.objects.get()
    assert (ticket.topic, ticket.team_id, ticket.owner_id, told(quality)) == ("recovery", quality.team_id, None, ["notices.ticket_new"])


def test_other_reasons_raise_no_ticket_and_neither_does_a_first_scoring(acme: Company) -> None:
    night(acme, "SIG-20")
    rows = [scored(acme.customers["li1"], 95, reasons=[reason("SIG-35", 30, "service")])]
    act.customers_review(workspace=acme.workspace, as_of=at(0), kind="first", scored=rows)
    assert not Ticket.objects.exists()


def test_reasons_that_lower_the_score_ask_for_nothing() -> None:
    assert topics_asked([reason("SIG-35", -3), reason("SIG-31", 4), reason("SIG-31", 2)]) == [Topic.RECOVERY]


def test_routes_name_known_topics_and_teams_and_are_kept_by_those_who_keep_the_workspace(acme: Company, quality: Membership) -> None:
    admin = acme.actor(acme.admin)
    assert plans.ticket_routes_set(actor=admin, routes={"quality": quality.team_id, "parts": None}) == {"quality": quality.team_id}
    assert plans.ticket_routes_set(actor=admin, routes={"quality": None}) == {}
    for routes in ({"weather": quality.team_id}, {"quality": 999_999}):
        with pytest.raises(Invalid):
            plans.ticket_routes_set(actor=admin, routes=routes)
    with pytest.raises(Forbidden):
        plans.ticket_routes_set(actor=acme.actor(acme.supervisor), routes={})
