"""待验证: cases are opened and ended by scorings, decided by people, and what they decide counts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission, Scope
from liuke.accounts.service.audit import audit_record
from liuke.accounts.store.models import Workspace
from liuke.base.errors import Invalid
from liuke.facts.service import customers_visible
from liuke.segments.service.members import hand_add, hand_remove
from liuke.signals.domain.verification import CaseKind, CaseStatus, Decision, Finding, steps_of
from liuke.signals.store.verification import VerificationCase

CONFIRMED_TAG = "confirmed_drop"
"""The built-in tag whose members a person confirmed: its weight is what a confirmed case counts."""
LATER = timedelta(days=7)
MOST = 500
PART = 500


@transaction.atomic
def cases_open(*, workspace: Workspace, as_of: datetime, found: Iterable[Finding], checked: Collection[CaseKind] = tuple(CaseKind)) -> int:
    """Bring the cases up to what a scoring found; how many are new. Safe to repeat; call it after every live scoring.

    A thing that is gone ends its case; nobody's decision is then asked any more (status gone), a confirmed one stops to count.
    """
    Workspace.objects.select_for_update().get(pk=workspace.pk)
    running = {
        (case.kind, case.about, case.customer_id): case
        for case in VerificationCase.objects.filter(workspace=workspace, ended_at__isnull=True)
    }
    steps = steps_of(running.keys(), list(found), checked=checked)
    VerificationCase.objects.bulk_create(
        [
            VerificationCase(
                workspace=workspace, kind=finding.kind.value, about=finding.about, customer_id=finding.customer_id, key=finding.key,
                params=dict(finding.params), opened_at=as_of, seen_at=as_of,
            )
            for finding in steps.opened
        ],
        batch_size=PART,
    )  # fmt: skip
    _of(running[place].pk for place in steps.seen).update(seen_at=as_of)
    ended = [running[place] for place in steps.ended]
    _of(case.pk for case in ended if case.status == CaseStatus.OPEN).update(status=CaseStatus.GONE, ended_at=as_of)
    _of(case.pk for case in ended).update(ended_at=as_of)
    hand_remove(workspace=workspace, code=CONFIRMED_TAG, customers=_counting(ended), now=as_of)
    return len(steps.opened)


def _of(ids: Iterable[int]) -> QuerySet[VerificationCase]:
    return VerificationCase.objects.filter(pk__in=list(ids))


def _counting(cases: Iterable[VerificationCase]) -> list[int]:
    """Customers whose confirmed fall counts."""
    return _fallen(case for case in cases if case.status == CaseStatus.CONFIRMED)


def _fallen(cases: Iterable[VerificationCase]) -> list[int]:
    """Customers whose fall the cases are about."""
    return [case.customer_id for case in cases if case.kind == CaseKind.DROP and case.customer_id]


def sources_trusted(workspace: Workspace) -> frozenset[str]:
    """Silent sources of which a person said that nothing is wrong with them: 数据错误 (of the case) or 季节性."""
    fine = (CaseStatus.WRONG.value, CaseStatus.SEASONAL.value)
    cases = VerificationCase.objects.filter(workspace=workspace, kind=CaseKind.SOURCE.value, ended_at__isnull=True, status__in=fine)
    return frozenset(cases.values_list("about", flat=True))


def cases_visible(actor: Actor) -> QuerySet[VerificationCase]:
    """Cases of visible customers; those of sources for who sees all customers. A QuerySet: costs nothing yet."""
    cases = VerificationCase.objects.filter(workspace_id=actor.workspace_id)
    if actor.scope is Scope.ALL:
        return cases
    return cases.filter(customer_id__in=customers_visible(actor).values("pk"))


def cases_waiting(actor: Actor, now: datetime) -> QuerySet[VerificationCase]:
    """Visible cases that wait for a word now."""
    return cases_visible(actor).filter(Q(later_until__isnull=True) | Q(later_until__lte=now), status=CaseStatus.OPEN.value)


def cases_decide(
    *, actor: Actor, workspace: Workspace, case_ids: Collection[int], decision: str, note: str, now: datetime, until: datetime | None = None
) -> list[int]:
    """A person's word on visible running cases; the ids that it changed. Raises Invalid("case_decision"/"case_many")."""
    actor.require(Permission.HANDLE)
    if decision not in set(Decision):
        raise Invalid("case_decision", got=decision, allowed=", ".join(Decision))
    if len(case_ids) > MOST:
        raise Invalid("case_many", most=MOST)
    said = {"note": note[:200], "decided_by_id": actor.membership_id, "decided_at": now}
    with transaction.atomic():
        cases = list(cases_visible(actor).filter(pk__in=case_ids, status=CaseStatus.OPEN.value, ended_at__isnull=True))
        if decision == Decision.LATER:
            _of(case.pk for case in cases).update(**said, later_until=until or now + LATER)
        else:
            _of(case.pk for case in cases).update(**said, status=decision, later_until=None)
        if decision == Decision.CONFIRMED:
            hand_add(workspace=workspace, code=CONFIRMED_TAG, customers=_fallen(cases), now=now, by=actor.membership_id)
        ids = [case.pk for case in cases]
        audit_record(actor=actor, action="case_decide", object_type="case", object_id="", detail={"decision": decision, "ids": ids})
    return ids


def cases_reopen(*, actor: Actor, workspace: Workspace, case_ids: Collection[int], now: datetime) -> list[int]:
    """Take a word back (undo): the cases wait again; the ids that it changed."""
    actor.require(Permission.HANDLE)
    with transaction.atomic():
        cases = list(cases_visible(actor).filter(pk__in=case_ids, ended_at__isnull=True).exclude(decided_at__isnull=True))
        hand_remove(workspace=workspace, code=CONFIRMED_TAG, customers=_counting(cases), now=now)
        _of(case.pk for case in cases).update(status=CaseStatus.OPEN, note="", decided_by=None, decided_at=None, later_until=None)
        ids = [case.pk for case in cases]
        audit_record(actor=actor, action="case_reopen", object_type="case", object_id="", detail={"ids": ids})
    return ids
