"""What rules ask of other teams: one ticket per match, to the team of the rule's or the topic's choice (RUL-01, PLY-14)."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import Membership
from liuke.act import service as act
from liuke.act.plans import service as plans
from liuke.act.plans.asked import due_of
from liuke.act.plans.domain_tickets import Topic
from liuke.act.store.models import Notice, Ticket, TicketEntry
from liuke.alert.domain.changes import ReviewKind
from liuke.facts.store.models import Customer
from liuke.signals.domain.effects import TICKET_TOPICS
from liuke.signals.store.models import Rule
from tests.act.test_rules import live, night
from tests.alert.world import Company, at, scored
from tests.factories import make_member, make_team, make_workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def quality(acme: Company) -> Membership:
    return make_member(acme.workspace, Role.MANAGER, team=make_team(acme.workspace, name="质检"))


def told(member: Membership) -> list[tuple[str, Mapping[str, object]]]:
    return [(note.key, note.params) for note in Notice.objects.filter(recipient=member, key__startswith="notices.ticket").order_by("pk")]


def test_signals_and_tickets_know_the_same_topics() -> None:
    assert tuple(Topic) == TICKET_TOPICS


def test_a_match_asks_the_team_of_the_rules_choice_once(acme: Company, quality: Membership) -> None:
    rule = live(acme, {"ticket": "quality", "ticket_team": quality.team_id, "title": "复查批次"})
    for day in (0, 0, 1):
        night(acme, day, {rule: ["wang1"]})
    ticket = Ticket.objects.get()
    assert (ticket.team_id, ticket.owner, ticket.topic, ticket.title) == (quality.team_id, None, "quality", "复查批次")
    assert (ticket.customer, ticket.hit.rule_id) == (acme.customers["wang1"], rule.rule_id)
    assert ticket.due_at == due_of(acme.workspace, at(0))
    assert [entry.status for entry in TicketEntry.objects.filter(ticket=ticket)] == ["open"]
    assert [key for key, _ in told(quality)] == ["notices.ticket_new"]


def test_without_a_choice_the_topics_team_receives_it_and_without_one_the_owners_supervisor(acme: Company, quality: Membership) -> None:
    plans.ticket_routes_set(actor=acme.actor(acme.admin), routes={"parts": quality.team_id})
    night(acme, 0, {live(acme, {"ticket": "parts"}, "缺件"): ["wang1"], live(acme, {"ticket": "billing"}, "账期"): ["wang1"]})
    found = {ticket.topic: (ticket.team_id, ticket.owner_id, ticket.title) for ticket in Ticket.objects.all()}
    assert found == {"parts": (quality.team_id, None, "缺件"), "billing": (acme.supervisor.team_id, acme.supervisor.pk, "账期")}


def test_a_team_that_is_gone_or_of_another_company_stands_for_the_topics(acme: Company, quality: Membership) -> None:
    strange = make_team(make_workspace())
    night(acme, 0, {live(acme, {"ticket": "parts", "ticket_team": strange.pk}): ["wang1"]})
    assert Ticket.objects.get().owner == acme.supervisor


def test_several_of_a_rule_are_told_as_a_number(acme: Company, quality: Membership) -> None:
    rule = live(acme, {"ticket": "quality", "ticket_team": quality.team_id})
    night(acme, 0, {rule: ["wang1", "li1"]})
    assert Ticket.objects.count() == 2
    [(key, params)] = told(quality)
    assert (key, params["n"], params["title"]) == ("notices.tickets_new", 2, "沉默大客户")


def test_a_customer_with_an_open_ticket_of_the_topic_gets_no_second_one_until_it_is_solved(acme: Company, quality: Membership) -> None:
    one, other = (live(acme, {"ticket": "quality", "ticket_team": quality.team_id}, name) for name in ("一", "二"))
    night(acme, 0, {one: ["wang1"], other: ["wang1"]})
    assert Ticket.objects.get().title == "一"
    plans.ticket_move(actor=acme.actor(quality), ticket_id=Ticket.objects.get().pk, move="solve")
    night(acme, 1, {one: ["wang1"], other: ["wang1"]})
    assert [ticket.title for ticket in Ticket.objects.order_by("pk")] == ["一", "二"]


def test_a_ticket_stays_when_its_match_ends_and_a_new_match_asks_again_only_after_it(acme: Company, quality: Membership) -> None:
    rule = live(acme, {"ticket": "quality", "ticket_team": quality.team_id})
    night(acme, 0, {rule: ["wang1"]})
    night(acme, 1, {rule: []})
    night(acme, 2, {rule: ["wang1"]})
    assert [ticket.status for ticket in Ticket.objects.all()] == ["open"]


@pytest.mark.parametrize("kind", [ReviewKind.FIRST, ReviewKind.REPLAY])
def test_only_a_night_asks(acme: Company, quality: Membership, kind: ReviewKind) -> None:
    night(acme, 0, {live(acme, {"ticket": "quality"}): ["wang1"]}, kind)
    assert not Ticket.objects.exists()


def test_a_disabled_rule_a_trial_and_a_customer_who_is_gone_ask_for_nothing(acme: Company) -> None:
    off, trial, lost = (live(acme, {"ticket": "quality"}, name) for name in ("停用", "试", "流失"))
    Rule.objects.filter(pk=off.rule_id).update(enabled=False)
    type(trial).objects.filter(pk=trial.pk).update(status="trial")
    Customer.objects.filter(pk=acme.customers["li1"].pk).update(status="lost")
    night(acme, 0, {off: ["wang1"], trial: ["wang1"], lost: ["li1"]})
    assert not Ticket.objects.exists()


def test_a_ticket_of_a_customer_with_an_alert_hangs_on_the_alert_and_its_task(acme: Company, quality: Membership) -> None:
    act.customers_review(workspace=acme.workspace, as_of=at(0), kind="nightly", scored=[scored(acme.customers["wang1"], 95)])
    night(acme, 0, {live(acme, {"ticket": "quality"}): ["wang1"]})
    ticket = Ticket.objects.get()
    assert ticket.alert is not None
    assert ticket.work_item is not None
    assert ticket.work_item.alert == ticket.alert
