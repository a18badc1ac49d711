"""Wakes who is due: look, load, claim a batch, step it, write it, in one short transaction per batch. Any number of workers may."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import reduce

from django.db import transaction

from liuke.accounts.store.models import Workspace
from liuke.act.playbooks.domain.view import View
from liuke.act.playbooks.domain.walk import Walk
from liuke.act.playbooks.engine.effects import Deed, effects_do, questions_answer
from liuke.act.playbooks.engine.flows import Flow, flow_of, playbooks_on
from liuke.act.playbooks.engine.views import view_of
from liuke.act.playbooks.engine.writing import Claimed, claim, holdouts_end, walks_write
from liuke.act.store.models import Enrolment, Playbook, PlaybookVersion
from liuke.base.errors import LiukeError, Transient
from liuke.rules.columns import Catalogue
from liuke.signals.service.columns import catalogue_of
from liuke.warehouse import Warehouse

log = logging.getLogger("liuke.playbooks")
LOOK = 5_000
"""Due rows that are looked at, and loaded for, at a time."""


@dataclass(frozen=True, slots=True)
class _Due:
    """A row that was due when it was looked at."""

    pk: int
    version_id: int
    customer_id: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Woken:
    """What a wake did: rows claimed and nodes left."""

    enrolments: int = 0
    steps: int = 0

    def plus(self, other: Woken) -> Woken:
        """Both together."""
        return Woken(self.enrolments + other.enrolments, self.steps + other.steps)


def enrolments_wake(*, workspace: Workspace, warehouse: Warehouse, now: datetime, limit: int = 200) -> Woken:
    """Step everybody who is due at `now` (workspace time), `limit` to a transaction. Paused flows keep their people where they are."""
    due = [playbook for playbook in playbooks_on(workspace) if playbook.paused_at is None and _is_due(playbook, now)]
    done = Woken()
    for playbook in due:
        holdouts_end(playbook.pk, now)
    if due:
        catalogue = catalogue_of(workspace)
        for playbook in due:
            wake = _Wake(workspace, warehouse, playbook, catalogue, now, limit)
            while (claimed := wake.round()).enrolments:
                done = done.plus(claimed)
    return done


def workspaces_due(*, now: datetime) -> list[Workspace]:
    """Workspaces on the real clock in which somebody is due."""
    due = Enrolment.objects.filter(
        wake_at__lte=now, playbook__enabled=True, playbook__paused_at__isnull=True, playbook__archived_at__isnull=True
    )
    return list(Workspace.objects.filter(simulated_as_of__isnull=True, pk__in=due.values("workspace_id").distinct()).order_by("pk"))


def _is_due(playbook: Playbook, now: datetime) -> bool:
    return Enrolment.objects.filter(playbook=playbook, wake_at__lte=now).exists()


@dataclass(slots=True)
class _Wake:
    """One flow being woken."""

    workspace: Workspace
    warehouse: Warehouse
    playbook: Playbook
    catalogue: Catalogue
    now: datetime
    limit: int
    flows: dict[int, Flow | None] = field(default_factory=dict)

    def round(self) -> Woken:
        """Look at the next due rows, load what their steps see, step them batch by batch. Nobody claimed = nobody left for us."""
        rows = self._next_rows()
        versions = sorted({row.version_id for row in rows})
        self._read({*versions} - self.flows.keys())
        parts = [
            self._version(flow, [row for row in rows if row.version_id == version]) for version in versions if (flow := self.flows[version])
        ]
        if not parts and rows:
            return self.round()
        return reduce(Woken.plus, parts, Woken())

    def _next_rows(self) -> list[_Due]:
        """The next rows of versions that can be read, or have not been tried yet."""
        broken = [version for version, flow in self.flows.items() if flow is None]
        due = Enrolment.objects.filter(playbook=self.playbook, wake_at__lte=self.now, arm=Enrolment.Arm.TREATED)
        due = due.exclude(version_id__in=broken).order_by("wake_at", "pk")
        return [_Due(*row) for row in due.values_list("pk", "version_id", "customer_id", "since")[:LOOK]]

    def _read(self, versions: Collection[int]) -> None:
        for row in PlaybookVersion.objects.filter(pk__in=versions):
            self.flows[row.pk] = flow_of(self.playbook, row, self.catalogue)

    def _version(self, flow: Flow, rows: Sequence[_Due]) -> Woken:
        done = Woken()
        view = view_of(
            workspace=self.workspace, warehouse=self.warehouse, flow=flow, customers={row.customer_id for row in rows},
            enrolments=[row.pk for row in rows], since=min(row.since for row in rows) - timedelta(seconds=1), now=self.now,
        )  # fmt: skip
        for start in range(0, len(rows), self.limit):
            ids = [row.pk for row in rows[start : start + self.limit]]
            done = done.plus(batch_step(self.workspace, flow, ids, view))
        return done


def batch_step(workspace: Workspace, flow: Flow, ids: Sequence[int], view: View) -> Woken:
    """One transaction: claim, step, do, write. A row whose effect cannot be done fails alone."""
    try:
        with transaction.atomic():
            rows = claim(flow.playbook.pk, ids, view.now)
            walks = [_walk(row, flow) for row in rows]
            _run(workspace, flow, walks, view)
            walks_write(rows, walks, view.now)
    except Transient:
        raise
    except LiukeError as fault:
        if len(ids) > 1:
            return reduce(Woken.plus, (batch_step(workspace, flow, [one], view) for one in ids), Woken())
        log.warning("enrolment %s of playbook %s failed: %s", ids, flow.playbook.pk, fault)
        failed = Enrolment.objects.filter(pk__in=ids, wake_at__lte=view.now)
        number = failed.update(
            status=Enrolment.Status.FAILED, end_reason=fault.code[:40], ended_at=view.now, wake_at=None, waiting_for=""
        )  # fmt: skip
        return Woken(number)
    return Woken(len(walks), sum(len(walk.taken) for walk in walks))


def _walk(row: Claimed, flow: Flow) -> Walk:
    return Walk(
        enrolment_id=row.pk, customer_id=row.customer_id, salt=flow.playbook.salt, node=row.node or flow.spec.start, seq=row.seq,
        since=row.since, entry=row.entry, asked=row.waiting_for,
    )  # fmt: skip


def _run(workspace: Workspace, flow: Flow, walks: Sequence[Walk], view: View) -> None:
    for walk in walks:
        walk.go(flow.spec, view)
    while asking := [walk for walk in walks if walk.question is not None]:
        deeds = [
            Deed(walk.enrolment_id, walk.customer_id, walk.question.seq, walk.question.effect)
            for walk in asking
            if walk.question is not None
        ]
        answers = questions_answer(workspace, flow, deeds, view.now)
        for walk, deed in zip(asking, deeds, strict=True):
            answer = answers[deed.enrolment_id, deed.seq]
            walk.answer(answer.allowed, answer.params, flow.spec, view)
            walk.go(flow.spec, view)
    done = [Deed(walk.enrolment_id, walk.customer_id, want.seq, want.effect) for walk in walks for want in walk.wanted]
    effects_do(workspace, flow, done, view.now)
