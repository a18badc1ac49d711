"""What tests of routing share: a review by scores, and a published plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from liuke.accounts.store.models import Absence, Membership
from liuke.act import service as act
from liuke.act.store.models import Notice
from liuke.alert.domain.changes import AlertChanges
from liuke.alert.service import routing_publish
from tests.alert.world import Company, scored


def review(acme: Company, at: datetime, scores: Mapping[str, float], kind: str = "nightly") -> AlertChanges:
    """A review of these customers' scores."""
    customers = [scored(acme.customers[name], score) for name, score in scores.items()]
    return act.customers_review(workspace=acme.workspace, as_of=at, kind=kind, scored=customers)


def publish(acme: Company, **plan: object) -> None:
    """Put a plan in force; channels may be named by kind."""
    routing_publish(actor=acme.actor(acme.admin), plan=plan, channels={"kind:email", "kind:webhook"}, based_on=0)


def told(acme: Company, member: Membership) -> list[str]:
    """The keys of a member's notices, oldest first."""
    return list(Notice.objects.filter(workspace=acme.workspace, recipient=member).order_by("id").values_list("key", flat=True))


def away(acme: Company, member: Membership, deputy: Membership, start: datetime, end: datetime) -> Absence:
    """An absence of these days."""
    return Absence.objects.create(workspace=acme.workspace, member=member, deputy=deputy, starts_on=start.date(), ends_on=end.date())
