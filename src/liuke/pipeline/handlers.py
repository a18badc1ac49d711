"""What a worker can do: every kind of job and every topic of the outbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from liuke.accounts.service import workspace_now
from liuke.accounts.store.models import Workspace
from liuke.act.doings.queue import KIND as DOINGS
from liuke.act.doings.queue import doings_due, doings_hand_over
from liuke.act.links.files import link_files_sweep
from liuke.act.messages.deliver import MESSAGE_TOPICS, messages_settle
from liuke.act.outgoing.callbacks import CALLBACK_TOPICS, callbacks_sweep
from liuke.act.outgoing.reconcile import contacts_reconcile_due
from liuke.act.playbooks.deliver import TOPICS as PLAYBOOK_TOPICS
from liuke.act.playbooks.simulation_runs import KIND as SIMULATION
from liuke.act.playbooks.simulation_runs import simulation_run
from liuke.act.service import OUTBOX_HANDLERS, bounces_poll, receipts_poll
from liuke.base.backups import JOB as BACKUP
from liuke.base.errors import NotFound
from liuke.base.settings import Settings, from_environment
from liuke.base.times import utc_now
from liuke.connect.service import sources_enqueue, uploads_sweep
from liuke.connect.service.accepting import bodies_sweep
from liuke.connect.service.live import LIVE, live_sweep
from liuke.jobs.domain.contract import Handler, JobContext
from liuke.learn.service.backtest_runs import backtest_run
from liuke.learn.service.mining_runs import mining_run
from liuke.learn.service.model_run import model_run
from liuke.learn.service.model_watch import model_watch, watch_enqueue
from liuke.learn.service.outcome_rows import KIND as OUTCOMES
from liuke.pipeline.clock import workspace_advance
from liuke.pipeline.erasure import erasure_run
from liuke.pipeline.imports import import_run, source_fetch
from liuke.pipeline.keeping.runs import backup_run, backups_enqueue, tidies_enqueue, tidy_run
from liuke.pipeline.lake import KIND as LAKE
from liuke.pipeline.lake import lake_bring_up, lake_soon
from liuke.pipeline.live import beside, live_run
from liuke.pipeline.nightly import nights_enqueue, sweeps_enqueue
from liuke.pipeline.outcomes import outcomes_run
from liuke.pipeline.person_export import person_export_run
from liuke.pipeline.playbooks import playbooks_tick, playbooks_wake
from liuke.pipeline.reading import texts_at_night, texts_reread, texts_second_look
from liuke.pipeline.runs import workspace_bring_up
from liuke.pipeline.sample import sample_load
from liuke.pipeline.sweep import workspace_sweep
from liuke.show.service.persons import ERASE as PERSON_ERASE
from liuke.show.service.persons import EXPORT as PERSON_EXPORT
from liuke.show.service.persons import exports_sweep
from liuke.warehouse import Warehouse, open_warehouse

Work = Callable[[Workspace, Warehouse, JobContext], Mapping[str, object]]

TOPICS = {**OUTBOX_HANDLERS, **MESSAGE_TOPICS, **CALLBACK_TOPICS, **PLAYBOOK_TOPICS}
EXCLUSIVE = frozenset({"sample", "import", "source", "advance", "score", "nightly", "sweep", "reread", "second_look", PERSON_ERASE})
"""Kinds that write a workspace's facts or scores: one at a time per workspace. Live work runs beside them (docs/adr/0007)."""
LIVE_EXCLUSIVE = frozenset({LIVE})
"""Of a workspace's live work too only one job runs at a time."""
LINGER = timedelta(seconds=5)
"""How long a live job waits for more rows."""


def _in_workspace(work: Work) -> Handler:
    """A handler that finds its workspace and the warehouse. A workspace that is gone ends the job."""

    def handle(context: JobContext) -> Mapping[str, object]:
        workspace = Workspace.objects.filter(pk=context.workspace_id or 0).first()
        if workspace is None:
            raise NotFound("workspace_gone", workspace=context.workspace_id)
        return work(workspace, open_warehouse(_settings()), context)

    return handle


def _settings() -> Settings:
    return from_environment()


def _sample(workspace: Workspace, warehouse: Warehouse, context: JobContext) -> Mapping[str, object]:
    return sample_load(workspace=workspace, warehouse=warehouse, context=context)


def _advance(workspace: Workspace, warehouse: Warehouse, context: JobContext) -> Mapping[str, object]:
    until = date.fromisoformat(str(context.payload["until"]))
    done = workspace_advance(workspace=workspace, warehouse=warehouse, until=until, context=context)
    workspace.refresh_from_db()
    watch_enqueue(workspace)
    return done


def _import(workspace: Workspace, warehouse: Warehouse, context: JobContext) -> Mapping[str, object]:
    done = import_run(workspace=workspace, warehouse=warehouse, batch_id=_number(context, "batch", "batch_id"), context=context)
    lake_soon(workspace, _settings(), now=utc_now())
    return done


def _lake(workspace: Workspace, warehouse: Warehouse, context: JobContext) -> Mapping[str, object]:
    done = lake_bring_up(workspace=workspace, warehouse=warehouse, settings=_settings(), context=context)
    return {"rows": done.rows, "written": done.written, "months": done.months_written}


def _live(workspace: Workspace, warehouse: Warehouse, context: JobContext) -> Mapping[str, object]:
    return live_run(workspace=workspace, warehouse=warehouse, context=context)


def _live_on(workspace: Workspace, warehouse: Warehouse, context: JobContext) -> Mapping[str, object]:
    with beside() as lane:
        return live_run(workspace=workspace, warehouse=warehouse, context=context, linger=LINGER, lane=lane)


def _outcomes(workspace: Workspace, _warehouse: Warehouse, context: JobContext) -> Mapping[str, object]:
    return outcomes_run(workspace=workspace, batch_id=_number(context, "batch"))


def _source(workspace: Workspace, _warehouse: Warehouse, context: JobContext) -> Mapping[str, object]:
    return source_fetch(workspace=workspace, source_id=_number(context, "source", "source_id"), context=context)


def _number(context: JobContext, *names: str) -> int:
    found = next((context.payload[name] for name in names if name in context.payload), None)
    if not isinstance(found, int):
        raise NotFound("job_payload", kind="/".join(names))
    return found


def _score(workspace: Workspace, warehouse: Warehouse, context: JobContext) -> Mapping[str, object]:
    done = workspace_bring_up(workspace=workspace, warehouse=warehouse, context=context)
    watch_enqueue(workspace)
    return done


def _nightly(workspace: Workspace, warehouse: Warehouse, context: JobContext) -> Mapping[str, object]:
    texts = texts_at_night(workspace=workspace, warehouse=warehouse)
    lake_soon(workspace, _settings(), now=utc_now())
    return {**texts, **workspace_bring_up(workspace=workspace, warehouse=warehouse, context=context)}


def _reread(workspace: Workspace, warehouse: Warehouse, context: JobContext) -> Mapping[str, object]:
    return texts_reread(workspace=workspace, warehouse=warehouse, context=context)


def _second_look(workspace: Workspace, warehouse: Warehouse, context: JobContext) -> Mapping[str, object]:
    return texts_second_look(workspace=workspace, warehouse=warehouse, context=context)


def _backtest(workspace: Workspace, warehouse: Warehouse, context: JobContext) -> Mapping[str, object]:
    return backtest_run(workspace=workspace, warehouse=warehouse, context=context)


def _model_train(workspace: Workspace, warehouse: Warehouse, context: JobContext) -> Mapping[str, object]:
    return model_run(workspace=workspace, warehouse=warehouse, context=context)


def _model_watch(workspace: Workspace, warehouse: Warehouse, context: JobContext) -> Mapping[str, object]:
    return model_watch(workspace=workspace, warehouse=warehouse, context=context)


def _mining(workspace: Workspace, warehouse: Warehouse, context: JobContext) -> Mapping[str, object]:
    return mining_run(workspace=workspace, warehouse=warehouse, context=context)


def _sweep(workspace: Workspace, warehouse: Warehouse, _context: JobContext) -> Mapping[str, object]:
    return workspace_sweep(workspace=workspace, warehouse=warehouse, now=workspace_now(workspace))


def _playbooks(context: JobContext) -> Mapping[str, object]:
    warehouse = open_warehouse(_settings())
    if context.workspace_id is None:
        return {"stepped": playbooks_tick(warehouse=warehouse, now=utc_now())}
    return _in_workspace(lambda workspace, opened, _: {"stepped": playbooks_wake(workspace=workspace, warehouse=opened)})(context)


def _doings(workspace: Workspace, _warehouse: Warehouse, _context: JobContext) -> Mapping[str, object]:
    return {"doings": doings_hand_over(workspace.pk)}


def _simulation(workspace: Workspace, warehouse: Warehouse, context: JobContext) -> Mapping[str, object]:
    return simulation_run(workspace=workspace, warehouse=warehouse, context=context)


def _tidy(workspace: Workspace, warehouse: Warehouse, context: JobContext) -> Mapping[str, object]:
    return tidy_run(workspace=workspace, warehouse=warehouse, context=context)


def _backup(context: JobContext) -> Mapping[str, object]:
    return backup_run(settings=_settings(), warehouse=open_warehouse(_settings()), context=context)


def _person_export(workspace: Workspace, warehouse: Warehouse, context: JobContext) -> Mapping[str, object]:
    return person_export_run(workspace=workspace, warehouse=warehouse, context=context)


def _person_erase(workspace: Workspace, warehouse: Warehouse, context: JobContext) -> Mapping[str, object]:
    return erasure_run(workspace=workspace, warehouse=warehouse, context=context)


def _tick(_context: JobContext) -> Mapping[str, object]:
    now = utc_now()
    return {
        "backups": backups_enqueue(settings=_settings(), now=now),
        "tidies": tidies_enqueue(now=now),
        "nights": nights_enqueue(now=now),
        "sweeps": sweeps_enqueue(now=now),
        "sources": sources_enqueue(now=now),
        "live": live_sweep(),
        "bodies_swept": bodies_sweep(now=now),
        "files_swept": uploads_sweep(now=now),
        "exports_swept": exports_sweep(),
        "doings": doings_due(),
        "messages_settled": messages_settle(),
        "receipts": receipts_poll(now),
        "bounces": bounces_poll(),
        "callbacks_swept": callbacks_sweep(now),
        "contacts_gone": contacts_reconcile_due(now),
        "link_files_swept": link_files_sweep(now),
    }


HANDLERS: Mapping[str, Handler] = {
    "sample": _in_workspace(_sample),
    "advance": _in_workspace(_advance),
    "import": _in_workspace(_import),
    LIVE: _in_workspace(_live),
    OUTCOMES: _in_workspace(_outcomes),
    "source": _in_workspace(_source),
    "score": _in_workspace(_score),
    LAKE: _in_workspace(_lake),
    "nightly": _in_workspace(_nightly),
    "reread": _in_workspace(_reread),
    "second_look": _in_workspace(_second_look),
    "sweep": _in_workspace(_sweep),
    "backtest": _in_workspace(_backtest),
    "mining": _in_workspace(_mining),
    "model_train": _in_workspace(_model_train),
    "model_watch": _in_workspace(_model_watch),
    "playbooks": _playbooks,
    PERSON_EXPORT: _in_workspace(_person_export),
    PERSON_ERASE: _in_workspace(_person_erase),
    DOINGS: _in_workspace(_doings),
    SIMULATION: _in_workspace(_simulation),
    BACKUP: _backup,
    "tidy": _in_workspace(_tidy),
    "tick": _tick,
}
LIVE_HANDLERS: Mapping[str, Handler] = {LIVE: _in_workspace(_live_on)}
"""What the worker does that takes nothing but live work: it waits for more before a job ends."""
