"""What people see of flows: the list, one with its versions, who stands where, one customer's way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Prefetch, Q, QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.act.store.models import Enrolment, EnrolmentStep, Playbook, PlaybookVersion
from liuke.act.store.models_playbooks import RUNNING
from liuke.base.errors import NotFound
from liuke.facts.service import customer_get, customers_visible


@dataclass(frozen=True, slots=True)
class NodeCounts:
    """Who is where, and who went on. `outlets` counts the ways taken from a node."""

    standing: Mapping[str, int]
    left: Mapping[str, int]
    outlets: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class ArmCounts:
    """One side of the comparison (BEY-02): everybody who entered, who reached the goal in time, whose time is over."""

    entered: int
    reached: int
    over: int
    reached_of_over: int


def playbooks_visible(actor: Actor, *, archived: bool = False) -> QuerySet[Playbook]:
    """The workspace's flows by name, with `version_list` (newest first). Flows are no secret: whoever sees customers sees them."""
    versions = PlaybookVersion.objects.select_related("created_by__user").order_by("-number")
    rows = Playbook.objects.filter(workspace_id=actor.workspace_id, archived_at__isnull=not archived)
    return rows.prefetch_related(Prefetch("versions", queryset=versions, to_attr="version_list")).order_by("name", "pk")


def playbook_get(*, actor: Actor, playbook_id: int) -> Playbook:
    """One flow, also an archived one. Raises NotFound("playbook_unknown")."""
    versions = PlaybookVersion.objects.select_related("created_by__user").order_by("-number")
    rows = Playbook.objects.filter(workspace_id=actor.workspace_id, pk=playbook_id)
    found = rows.prefetch_related(Prefetch("versions", queryset=versions, to_attr="version_list")).first()
    if found is None:
        raise NotFound("playbook_unknown", playbook=playbook_id)
    return found


def version_live(playbook: Playbook) -> PlaybookVersion | None:
    """The published version, if there is one."""
    return playbook.versions.filter(status=PlaybookVersion.Status.PUBLISHED).first()


def version_draft(playbook: Playbook) -> PlaybookVersion | None:
    """The version being edited, on trial or not."""
    return playbook.versions.filter(status__in=["draft", "trial"]).first()


def node_counts(*, actor: Actor, playbook_id: int, version_id: int | None = None) -> NodeCounts:
    """Who stands at each node now, and how many went through; `version_id` None = all versions. Hold-outs stand nowhere."""
    playbook = playbook_get(actor=actor, playbook_id=playbook_id)
    enrolments = Enrolment.objects.filter(playbook=playbook, arm=Enrolment.Arm.TREATED, customer__in=customers_visible(actor))
    if version_id is not None:
        enrolments = enrolments.filter(version_id=version_id)
    standing = enrolments.filter(status__in=RUNNING).values_list("node").annotate(n=Count("pk"))
    ways: dict[str, dict[str, int]] = {}
    steps = EnrolmentStep.objects.filter(enrolment__in=enrolments).values_list("node", "outlet").annotate(n=Count("pk"))
    for node, outlet, number in steps:
        ways.setdefault(node, {})[outlet] = number
    return NodeCounts(dict(standing), {node: sum(found.values()) for node, found in ways.items()}, ways)


def arm_counts(*, actor: Actor, playbook_id: int) -> Mapping[str, ArmCounts]:
    """Treated and hold-out, counted the same way: `over` are those whose time for the goal has passed or who reached it."""
    playbook = playbook_get(actor=actor, playbook_id=playbook_id)
    over = Q(goal_at__isnull=False) | Q(goal_until__lte=playbook.watched_until) if playbook.watched_until else Q(goal_at__isnull=False)
    found = {}
    for arm in Enrolment.Arm.values:
        rows = Enrolment.objects.filter(playbook=playbook, arm=arm, customer__in=customers_visible(actor))
        counts = rows.aggregate(
            entered=Count("pk"), reached=Count("pk", filter=Q(goal_at__isnull=False)), over=Count("pk", filter=over),
        )  # fmt: skip
        found[arm] = ArmCounts(counts["entered"], counts["reached"], counts["over"], counts["reached"])
    return found


def enrolments_visible(actor: Actor) -> QuerySet[Enrolment]:
    """Enrolments of the customers that the actor may know of, the newest first."""
    rows = Enrolment.objects.filter(workspace_id=actor.workspace_id, customer__in=customers_visible(actor))
    return rows.select_related("playbook", "version", "customer").order_by("-entered_at", "-pk")


@dataclass(frozen=True, slots=True)
class Stay:
    """One customer's stay in one flow, with what each step did."""

    enrolment: Enrolment
    steps: Sequence[EnrolmentStep]


def customer_history(*, actor: Actor, customer_id: int, limit: int = 50) -> list[Stay]:
    """A visible customer's stays, the newest first. Raises NotFound("customer_unknown")."""
    customer = customer_get(actor=actor, customer_id=customer_id)
    stays = list(enrolments_visible(actor).filter(customer=customer)[:limit])
    steps: dict[int, list[EnrolmentStep]] = {stay.pk: [] for stay in stays}
    for step in EnrolmentStep.objects.filter(enrolment__in=stays).order_by("enrolment_id", "seq"):
        steps[step.enrolment_id].append(step)
    return [Stay(stay, steps[stay.pk]) for stay in stays]


def entered_since(playbook: Playbook, moment: datetime) -> int:
    """How many entered from `moment` on."""
    return Enrolment.objects.filter(playbook=playbook, entered_at__gte=moment).count()
