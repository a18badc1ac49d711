"""How alerts were answered, by owner; and when there was last any contact with a customer. For the morning board and the weekly report."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from django.db.models import F, Max, Q, QuerySet

from liuke.accounts.store.models import Workspace
from liuke.act.store.models import CustomerMessage, FollowUp, Visit
from liuke.alert.store.models import Alert, Escalation, Verdict
from liuke.show.domain.answers import Answers, Course, answers_of
from liuke.show.queries.deadlines import deadlines
from liuke.show.store.models import CustomerCard

NOBODY = 0
"""The owner of what has none."""
_CHUNK = 500
_LEFT = (CustomerMessage.Status.ACCEPTED, CustomerMessage.Status.DELIVERED)


def answers_by_owner(workspace: Workspace, since: datetime, until: datetime) -> dict[int, Answers]:
    """What became of the alerts that people were told of in `[since, until)`, by the alert's owner; answers up to `until` count."""
    told = _told(workspace, since, until)
    first, verdicts = _first_answers(told, until), _verdicts(workspace, since, until)
    due = deadlines(workspace, {alert_id: moment for alert_id, (moment, _) in told.items()})
    climbed = Escalation.objects.filter(workspace=workspace, at__gte=since, at__lt=until).values_list("alert__owner_id", flat=True)
    ladder = Counter(owner or NOBODY for owner in climbed)
    courses: defaultdict[int, list[Course]] = defaultdict(list)
    for alert_id, (moment, owner) in told.items():
        courses[owner or NOBODY].append(Course(moment, first.get(alert_id), due.get(alert_id)))
    return {
        owner: answers_of(courses[owner], until, escalated=ladder[owner], verdicts=verdicts.get(owner, {}))
        for owner in {*courses, *verdicts, *ladder}
    }


def last_contacts(workspace: Workspace, customers: Collection[int]) -> dict[int, datetime]:
    """The last contact from either side: what the customer did, a call that was answered, a visit, a message that left."""
    found: dict[int, datetime] = {}
    for ids in _chunks(customers):
        parts: list[Mapping[int, datetime]] = [
            {pk: at for pk, at in CustomerCard.objects.filter(pk__in=ids).values_list("pk", "last_activity_at") if at is not None},
            _newest(FollowUp.objects.filter(work_item__customer_id__in=ids, result="reached"), "work_item__customer_id"),
            _newest(Visit.objects.filter(workspace=workspace, customer_id__in=ids, removed_at=None), "customer_id"),
            dict(
                CustomerMessage.objects.filter(workspace=workspace, customer_id__in=ids, status__in=_LEFT)
                .values_list("customer_id")
                .annotate(at=Max("planned_at"))
            ),
        ]
        for part in parts:
            for customer, at in part.items():
                found[customer] = max(found.get(customer, at), at)
    return found


def _newest(rows: QuerySet[FollowUp] | QuerySet[Visit], customer: str) -> dict[int, datetime]:
    return dict(rows.order_by().values_list(customer).annotate(newest=Max("at")))


def _told(workspace: Workspace, since: datetime, until: datetime) -> dict[int, tuple[datetime, int | None]]:
    """When each alert's owner was first told within the time, and who owns it."""
    within = {"gte": since, "lt": until}
    pushed = Q(**{f"pushed_at__{name}": moment for name, moment in within.items()})
    released = Q(**{f"released_at__{name}": moment for name, moment in within.items()})
    rows = Alert.objects.filter(pushed | released, workspace=workspace).values_list("pk", "pushed_at", "released_at", "owner_id")
    found: dict[int, tuple[datetime, int | None]] = {}
    for alert_id, pushed_at, released_at, owner in rows:
        moments = [moment for moment in (pushed_at, released_at) if moment and since <= moment < until]
        found[alert_id] = (min(moments), owner)
    return found


def _first_answers(told: Mapping[int, tuple[datetime, int | None]], until: datetime) -> dict[int, datetime]:
    """The first follow-up, verdict or close by hand after being told."""
    found: dict[int, datetime] = {}
    for ids in _chunks(told):
        contacts = FollowUp.objects.filter(work_item__alert_id__in=ids, at__lt=until).values_list("work_item__alert_id", "at")
        verdicts = Verdict.objects.filter(alert_id__in=ids, at__lt=until, undone_at=None).values_list("alert_id", "at")
        closed = Alert.objects.filter(pk__in=ids, close_reason__in=("handled", "outcome"), closed_at__lt=until).values_list(
            "pk", F("closed_at")
        )
        for alert_id, at in (*contacts, *verdicts, *closed):
            if at >= told[alert_id][0]:
                found[alert_id] = min(found.get(alert_id, at), at)
    return found


def _verdicts(workspace: Workspace, since: datetime, until: datetime) -> dict[int, dict[str, int]]:
    rows = Verdict.objects.filter(alert__workspace=workspace, at__gte=since, at__lt=until, undone_at=None)
    found: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for owner, verdict in rows.values_list("alert__owner_id", "verdict"):
        found[owner or NOBODY][verdict] += 1
    return {owner: dict(mix) for owner, mix in found.items()}


def _chunks(ids: Collection[int]) -> Iterator[list[int]]:
    listed = list(ids)
    for start in range(0, len(listed), _CHUNK):
        yield listed[start : start + _CHUNK]
