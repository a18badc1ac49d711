"""Writing, trying, publishing and rolling back flows: who may, what is refused, what leaves a trace."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import AuditEntry
from liuke.act.playbooks import service
from liuke.act.store.models import PlaybookApproval
from liuke.base.errors import Conflict, Forbidden, Invalid, NotFound
from tests.act.playbooks.world import Fleet, document, node, stays
from tests.factories import actor_of, make_actor, make_member, make_workspace

pytestmark = pytest.mark.django_db
SLEEP = document([node("w", "wait", {"done": "e"}, days=2), node("e", "end")])


def text(spec: dict[str, Any] | None = None, **fields: Any) -> service.PlaybookText:
    """A flow as a person writes it."""
    return service.PlaybookText(**({"name": "挽留", "about": "", "kind": "winback", "spec": spec or SLEEP} | fields))


def test_a_new_flow_is_a_draft_and_off(fleet: Fleet) -> None:
    made = service.playbook_create(actor=fleet.actor, text=text())
    assert not made.enabled
    assert [(row.number, row.status) for row in made.versions.all()] == [(1, "draft")]
    with pytest.raises(Conflict):
        service.playbook_enable(actor=fleet.actor, playbook_id=made.pk, enabled=True)


def test_a_draft_may_have_faults_and_a_publication_none(fleet: Fleet) -> None:
    broken = {**SLEEP, "start": "nowhere"}
    made = service.playbook_create(actor=fleet.actor, text=text(broken))
    assert service.playbook_problems(fleet.workspace, broken)
    for publish in (service.playbook_publish, service.playbook_trial):
        with pytest.raises(Invalid) as told:
            publish(actor=fleet.actor, playbook_id=made.pk)
        assert told.value.params["faults"]


def test_publishing_retires_the_version_before_and_a_rollback_is_a_new_draft(fleet: Fleet) -> None:
    made = service.playbook_create(actor=fleet.actor, text=text())
    service.playbook_publish(actor=fleet.actor, playbook_id=made.pk, note="first")
    newer = document([node("e", "end")])
    service.playbook_update_draft(actor=fleet.actor, playbook_id=made.pk, text=text(newer))
    service.playbook_publish(actor=fleet.actor, playbook_id=made.pk)
    service.playbook_rollback(actor=fleet.actor, playbook_id=made.pk, number=1)
    versions = list(made.versions.order_by("number"))
    assert [(row.number, row.status, row.note) for row in versions] == [(1, "retired", "first"), (2, "published", ""), (3, "draft", "v1")]
    assert versions[2].spec == SLEEP
    assert AuditEntry.objects.filter(action="playbook_publish").count() == 2
    with pytest.raises(NotFound):
        service.playbook_rollback(actor=fleet.actor, playbook_id=made.pk, number=9)


def test_who_began_with_an_older_state_is_told(fleet: Fleet) -> None:
    made = service.playbook_create(actor=fleet.actor, text=text())
    with pytest.raises(Conflict):
        service.playbook_update_draft(actor=fleet.actor, playbook_id=made.pk, text=text(seen=made.updated_at - timedelta(seconds=1)))
    service.playbook_update_draft(actor=fleet.actor, playbook_id=made.pk, text=text(seen=made.updated_at, name="新名"))
    made.refresh_from_db()
    assert made.name == "新名"


def test_a_draft_can_be_thrown_away_and_then_nothing_can_be_published(fleet: Fleet) -> None:
    made = service.playbook_create(actor=fleet.actor, text=text())
    service.playbook_discard_draft(actor=fleet.actor, playbook_id=made.pk)
    with pytest.raises(NotFound):
        service.playbook_publish(actor=fleet.actor, playbook_id=made.pk)


@pytest.mark.parametrize("fields", [{"name": " "}, {"kind": "party"}])
def test_a_flow_needs_a_name_and_a_kind(fleet: Fleet, fields: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        service.playbook_create(actor=fleet.actor, text=text(**fields))


def test_a_code_is_there_once(fleet: Fleet) -> None:
    service.playbook_create(actor=fleet.actor, text=text(), code="care")
    with pytest.raises(Conflict):
        service.playbook_create(actor=fleet.actor, text=text(), code="care")


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.MANAGER, Role.ANALYST, Role.IT])
def test_only_who_may_publish_edits_and_switches(fleet: Fleet, role: Role) -> None:
    made = service.playbook_create(actor=fleet.actor, text=text())
    other: Actor = actor_of(make_member(fleet.workspace, role))
    with pytest.raises(Forbidden):
        service.playbook_create(actor=other, text=text())
    for switch in (service.playbook_publish, service.playbook_pause, service.playbook_stop, service.playbook_archive):
        with pytest.raises(Forbidden):
            switch(actor=other, playbook_id=made.pk)


def test_another_workspace_does_not_know_of_it(fleet: Fleet) -> None:
    made = service.playbook_create(actor=fleet.actor, text=text())
    stranger = make_actor(make_workspace())
    with pytest.raises(NotFound):
        service.playbook_get(actor=stranger, playbook_id=made.pk)
    assert list(service.playbooks_visible(stranger)) == []


def test_an_archived_flow_is_out_of_the_list_and_cannot_be_changed(fleet: Fleet) -> None:
    playbook = fleet.playbook(SLEEP)
    fleet.enrol(playbook)
    service.playbook_archive(actor=fleet.actor, playbook_id=playbook.pk)
    assert {stay.status for stay in stays(playbook)} == {"stopped"}
    assert list(service.playbooks_visible(fleet.actor)) == []
    assert [row.pk for row in service.playbooks_visible(fleet.actor, archived=True)] == [playbook.pk]
    with pytest.raises(Conflict):
        service.playbook_update_draft(actor=fleet.actor, playbook_id=playbook.pk, text=text())


def test_one_customer_is_taken_out_by_whoever_handles_them(fleet: Fleet) -> None:
    playbook = fleet.playbook(SLEEP)
    fleet.enrol(playbook)
    first = stays(playbook)[0]
    stopped = service.enrolment_stop(actor=actor_of(fleet.manager), enrolment_id=first.pk)
    assert (stopped.status, stopped.end_reason) == ("stopped", "stopped")
    stranger = actor_of(make_member(fleet.workspace, Role.MANAGER))
    with pytest.raises(NotFound):
        service.enrolment_stop(actor=stranger, enrolment_id=stays(playbook)[1].pk)


def test_counts_and_history_say_where_everybody_is(fleet: Fleet) -> None:
    playbook = fleet.playbook(SLEEP)
    fleet.enrol(playbook, fleet.customers[:2])
    fleet.wake()
    fleet.later(days=2).wake()
    fleet.enrol(playbook, fleet.customers[2:])
    fleet.wake()
    counts = service.node_counts(actor=fleet.actor, playbook_id=playbook.pk)
    assert (counts.standing, counts.left, counts.outlets["w"]) == ({"w": 1}, {"w": 2, "e": 2}, {"done": 2})
    stay = service.customer_history(actor=fleet.actor, customer_id=fleet.customers[0].pk)[0]
    assert [(step.node, step.detail["key"]) for step in stay.steps] == [("w", "playbooks.did.waited"), ("e", "playbooks.did.ended")]


def test_an_approval_is_seen_by_whom_it_asks(fleet: Fleet) -> None:
    ways = {"approved": "e", "declined": "e", "timeout": "e"}
    spec = document([node("a", "approval", ways, text="8折?", approver=fleet.manager.pk, days=2), node("e", "end")])
    playbook = fleet.playbook(spec)
    fleet.enrol(playbook, fleet.customers[:1])
    fleet.wake()
    manager = actor_of(fleet.manager)
    asked = PlaybookApproval.objects.get()
    assert [row.pk for row in service.approvals_visible(manager)] == [asked.pk]
    assert list(service.approvals_visible(fleet.actor)) == []
    with pytest.raises(NotFound):
        service.approval_decide(actor=fleet.actor, approval_id=asked.pk, approved=True)
    service.approval_decide(actor=manager, approval_id=asked.pk, approved=True, note="好")
    assert list(service.approvals_visible(manager)) == []


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_builder_gets_every_kind_in_words(language: str) -> None:
    kinds = service.playbook_kinds(language)
    assert {kind.name for kind in kinds.triggers} >= {"alert", "signal", "segment_entered", "date", "event", "outcome", "manual"}
    assert {kind.name for kind in kinds.nodes} >= {"wait", "wait_for", "branch", "split", "adaptive", "message", "approval", "end"}
    for kind in (*kinds.triggers, *kinds.nodes):
        assert kind.label != "name"
        assert all(field.label and not field.label.startswith("playbooks.") for field in kind.fields)
