"""A press on a card's button: done as the person whose id the vendor names. The stored state is the truth; the card tells it (BEY-09)."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from liuke.accounts.domain.actor import Actor
from liuke.accounts.service.addresses import staff_by_address
from liuke.accounts.store.auth import actor_of_member
from liuke.act.channels import KINDS
from liuke.act.domain.cards import APPROVAL_BUTTONS, AlertTask, ApprovalTask, task_of
from liuke.act.domain.channel_events import Event
from liuke.act.playbooks.approvals import approval_decide
from liuke.act.store.models import Channel, PlaybookApproval, WorkItem
from liuke.act.tasks.handling import alert_verdict, alerts_claim, alerts_snooze
from liuke.alert.service import now_of
from liuke.alert.store.models import Alert
from liuke.base.errors import Conflict, LiukeError
from liuke.base.words import render

KNOWN_FOR = timedelta(days=30)
"""已知 from a card is silent so long."""


def click_done(channel: Channel, event: Event) -> tuple[str, str]:
    """Do what was pressed: the text that the card shows from now on, and the code of what stood in the way (empty = done)."""
    member = staff_by_address(workspace_id=channel.workspace_id, kind=KINDS[channel.kind].address, address=event.user)
    task = task_of(event.data.get("task_id", ""))
    if member is None:
        return render("cards.unbound", {"user": event.user}), "click_unbound"
    actor = actor_of_member(member)
    if task is None:
        return render("cards.gone", {}, language=actor.language), "click_task"
    try:
        if isinstance(task, ApprovalTask):
            return _decided(actor, task, event.data.get("button", "")), ""
        return _done(actor, task, event.data.get("button", "")), ""
    except LiukeError as fault:
        return render(f"errors.{fault.code}", fault.params, language=actor.language), fault.code


def _decided(actor: Actor, task: ApprovalTask, button: str) -> str:
    """The person's own yes or no; where somebody else was quicker the card tells theirs."""
    if button not in APPROVAL_BUTTONS:
        return render("cards.gone", {}, language=actor.language)
    with suppress(Conflict):
        approval_decide(actor=actor, approval_id=task.approval_id, approved=button == "approve")
    rows = PlaybookApproval.objects.filter(workspace_id=actor.workspace_id).select_related("decided_by__user")
    stored = rows.get(pk=task.approval_id)
    name = stored.decided_by.user.name if stored.decided_by else ""
    return render("cards.done.approve" if stored.approved else "cards.done.decline", {"name": name}, language=actor.language)


def _done(actor: Actor, task: AlertTask, button: str) -> str:
    name, _, value = button.partition(":")
    said = {"name": actor.name}
    if name == "claim":
        alerts_claim(actor=actor, alert_ids=[task.alert_id])
        return _standing(actor, task)
    if name == "snooze" and value.isdigit() and 0 < int(value) <= 30:
        days = int(value)
        alerts_snooze(actor=actor, alert_ids=[task.alert_id], until=now_of(actor) + timedelta(days=days))
        return render("cards.done.snooze", said | {"days": value}, language=actor.language)
    if name == "verdict":
        return _judged(actor, task, value)
    return render("cards.gone", {}, language=actor.language)


def _judged(actor: Actor, task: AlertTask, value: str) -> str:
    """`value` is the verdict, for 误报 with its reason after a colon; a card that cannot ask for it leads to the page."""
    kind, _, reason = value.partition(":")
    if kind == "false_alarm" and not reason:
        return render("cards.why", {}, language=actor.language)
    until = now_of(actor) + KNOWN_FOR if kind == "known" else None
    alert_verdict(actor=actor, alert_id=task.alert_id, verdict=kind, reason=reason, until=until)
    words = {"name": actor.name, "verdict": render(f"cards.verdict:{kind}", {}, language=actor.language)}
    return render("cards.done.verdict", words, language=actor.language)


def _standing(actor: Actor, task: AlertTask) -> str:
    """Who has it in hand, as it is stored: perhaps somebody else was quicker."""
    item = WorkItem.objects.filter(alert_id=task.alert_id).select_related("owner__user").first()
    closed = Alert.objects.filter(pk=task.alert_id, status=Alert.Status.CLOSED).exists()
    if closed or item is None or item.owner is None:
        return render("cards.done.closed", {}, language=actor.language)
    return render("cards.done.claim", {"name": item.owner.user.name}, language=actor.language)
