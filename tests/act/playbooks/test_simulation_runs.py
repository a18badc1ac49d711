"""试运行 as a job: asked for by a person, told how far it is, stopped, kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from liuke.accounts.domain.roles import Role
from liuke.act.playbooks import service
from liuke.act.playbooks.service import SimulationAsk
from liuke.act.playbooks.simulated import plain_of, simulation_of
from liuke.act.playbooks.simulation_runs import KEPT, KIND, simulation_run
from liuke.act.store.models import Enrolment, PlaybookSimulation
from liuke.base.errors import Forbidden, Invalid, NotFound
from liuke.base.times import utc_now
from liuke.jobs.domain.contract import Cancelled, PlainContext
from liuke.jobs.store.models import Job
from liuke.pipeline.handlers import HANDLERS
from tests.act.playbooks.world import Fleet, document, node
from tests.factories import make_actor, make_workspace

pytestmark = pytest.mark.django_db
STEPS = [node("w", "wait", {"done": "i"}, days=2), node("i", "work_item", {"done": "v"}, title="回访"),
         node("v", "wait", {"done": "e"}, days=5), node("e", "end")]  # fmt: skip
GREET = {"channel": "email", "template": "care_checkin", "purpose": "service", "cost": 0.5}


@dataclass
class Watching:
    """A job that is told of and, from a share on, stopped."""

    workspace_id: int
    payload: Mapping[str, object]
    stop_at: float = 2.0
    told: list[tuple[float, str]] = field(default_factory=list)
    job_id: int = 1
    attempt: int = 1

    def progress(self, fraction: float, stage_key: str, **_params: object) -> None:
        self.told.append((fraction, stage_key))

    def check_cancelled(self) -> None:
        if self.told and self.told[-1][0] >= self.stop_at:
            raise Cancelled


def asked(fleet: Fleet, **more: object) -> PlaybookSimulation:
    ask = SimulationAsk(**({"spec": document(STEPS), "days": 10} | more))  # type: ignore[arg-type]
    return service.simulation_start(actor=fleet.actor, workspace=fleet.workspace, ask=ask)


def test_it_is_queued_run_and_kept_and_writes_nothing_else(fleet: Fleet) -> None:
    run = asked(fleet)
    assert (run.job.kind, run.job.status, run.result) == (KIND, Job.Status.QUEUED, None)
    assert KIND in HANDLERS
    context = PlainContext(workspace_id=fleet.workspace.pk, payload={"run": run.pk})
    assert simulation_run(workspace=fleet.workspace, warehouse=fleet.warehouse, context=context) == {"run": run.pk, "entered": 3}
    kept = service.simulation_get(actor=fleet.actor, run_id=run.pk)
    straight = service.playbook_simulate(workspace=fleet.workspace, warehouse=fleet.warehouse, spec=document(STEPS), days=10)
    assert kept.finished_at is not None
    assert simulation_of(kept.result) == straight
    assert not Enrolment.objects.exists()


def test_progress_goes_up_with_the_days_and_a_stop_leaves_no_result(fleet: Fleet) -> None:
    run = asked(fleet)
    context = Watching(fleet.workspace.pk, {"run": run.pk})
    simulation_run(workspace=fleet.workspace, warehouse=fleet.warehouse, context=context)
    assert [share for share, _ in context.told] == pytest.approx([0, 0.2, 0.7])
    assert {key for _, key in context.told} == {"stages.playbook_simulation"}
    PlaybookSimulation.objects.update(result=None, finished_at=None)
    with pytest.raises(Cancelled):
        simulation_run(workspace=fleet.workspace, warehouse=fleet.warehouse, context=Watching(fleet.workspace.pk, {"run": run.pk}, 0.2))
    run.refresh_from_db()
    assert (run.result, run.finished_at) == (None, None)


def test_it_is_stopped_by_who_asked(fleet: Fleet) -> None:
    run = asked(fleet)
    assert service.simulation_cancel(actor=fleet.actor, run_id=run.pk).job.status == Job.Status.CANCELLED
    with pytest.raises(NotFound):
        service.simulation_cancel(actor=make_actor(fleet.workspace, Role.OPERATIONS), run_id=run.pk)


@pytest.mark.parametrize(("more", "code"), [({"days": 0}, "playbook_days"), ({"days": 91}, "playbook_days"), ({"spec": {}}, "playbook")])
def test_what_cannot_be_rehearsed_is_refused_before_it_is_queued(fleet: Fleet, more: dict[str, object], code: str) -> None:
    with pytest.raises(Invalid) as fault:
        asked(fleet, **more)
    assert fault.value.code == code
    assert not Job.objects.filter(kind=KIND).exists()


def test_only_those_who_publish_see_it_and_nobody_elsewhere(fleet: Fleet) -> None:
    run = asked(fleet)
    with pytest.raises(Forbidden):
        service.simulation_get(actor=make_actor(fleet.workspace, Role.MANAGER), run_id=run.pk)
    with pytest.raises(NotFound):
        service.simulation_get(actor=make_actor(make_workspace()), run_id=run.pk)
    with pytest.raises(NotFound, match="simulation_gone"):
        simulation_run(workspace=make_workspace(), warehouse=fleet.warehouse, context=PlainContext(workspace_id=1, payload={"run": run.pk}))


def test_old_ones_go_with_the_next(fleet: Fleet) -> None:
    old = asked(fleet)
    PlaybookSimulation.objects.filter(pk=old.pk).update(created_at=utc_now() - KEPT - timedelta(days=1))
    new = asked(fleet, limit=10**9, response=7.0)
    assert list(PlaybookSimulation.objects.values_list("pk", "response")) == [(new.pk, 1.0)]


def test_what_is_kept_comes_back_the_same_with_costs_and_refusals(fleet: Fleet) -> None:
    spec = document([node("m", "message", {"done": "e"}, **GREET), node("e", "end")])
    found = service.playbook_simulate(workspace=fleet.workspace, warehouse=fleet.warehouse, spec=spec, days=3)
    assert found.messages
    assert simulation_of(plain_of(found)) == found
