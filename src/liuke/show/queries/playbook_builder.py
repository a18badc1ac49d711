"""What the builder of flows offers, what is wrong with a flow, and what it would do."""

from __future__ import annotations

from collections.abc import Mapping

from liuke.accounts.store.models import Membership
from liuke.act.messages.service import templates_of
from liuke.act.plans.templates import plan_templates
from liuke.act.playbooks.domain.fields import USUAL
from liuke.act.playbooks.service import (
    KindWords,
    Simulation,
    SimulationAsk,
    playbook_kinds,
    playbook_problems,
    simulation_start,
    world_of,
)
from liuke.act.playbooks.simulated import simulation_of
from liuke.act.store.models import Channel, CouponKind, PlaybookSimulation
from liuke.base.words import catalogue
from liuke.rules.columns import ColumnType
from liuke.segments.service.tags import tags_all
from liuke.show.api.errors import fault_row
from liuke.show.api.schemas.common import ChoiceOut, Fault
from liuke.show.api.schemas.playbooks import (
    CountedOut,
    FlowFieldOut,
    FlowKindOut,
    FlowKindsOut,
    FlowTemplateOut,
    ProblemsOut,
)
from liuke.show.api.schemas.simulations import ActOut, SimulatedDayOut, SimulateIn, SimulationOut, SimulationRunOut
from liuke.show.queries.jobs import job_out
from liuke.show.queries.reader import Reader
from liuke.show.queries.rule_words import catalogue_out

MOST = 500


def kinds_out(reader: Reader) -> FlowKindsOut:
    """Triggers, nodes, and the workspace's things that their fields refer to."""
    reader.require_customers()
    kinds = playbook_kinds(reader.language)
    templates = [
        FlowTemplateOut(
            code=one.code, name=one.name, purpose=one.purpose.value, channels=list(one.channels), subject=one.subject, body=one.body
        )
        for one in templates_of(reader.workspace)
    ]
    return FlowKindsOut(
        triggers=[_kind(one) for one in kinds.triggers],
        nodes=[_kind(one) for one in kinds.nodes],
        choices=_choices(reader),
        templates=templates,
    )


def _kind(kind: KindWords) -> FlowKindOut:
    fields = [
        FlowFieldOut(
            name=one.name, kind=one.kind, label=one.label, required=one.required, choices=_pairs(dict(one.choices)),
            low=one.low, high=one.high, default=one.default,
        )
        for one in kind.fields
    ]  # fmt: skip
    return FlowKindOut(
        name=kind.name, group=kind.group, label=kind.label, about=kind.about, icon=kind.icon, fields=fields,
        outlets=_pairs(dict(kind.outlets)), optional=list(kind.optional),
    )  # fmt: skip


def _pairs(labels: Mapping[str, str]) -> list[ChoiceOut]:
    return [ChoiceOut(value=value, label=label) for value, label in labels.items()]


def _choices(reader: Reader) -> dict[str, list[ChoiceOut]]:
    return _of_workspace(reader) | _of_rules(reader)


def _of_workspace(reader: Reader) -> dict[str, list[ChoiceOut]]:
    """What people of the workspace set up: tags, ways out, members, plans, coupons."""
    space, words = reader.workspace, catalogue(reader.language)
    world = world_of(space)
    members = Membership.objects.filter(workspace=space, is_active=True).select_related("user")
    ways = Channel.objects.filter(workspace=space).order_by("name")
    channels = {name: words.get(f"playbooks.channels.{name}", name) for name in sorted(world.channels or ())}
    return {
        "tag": _pairs({tag.code: tag.name for tag in tags_all(space)}),
        "channel": _pairs(channels),
        "way_out": _pairs({str(way.pk): way.name for way in ways}),
        "member": _pairs({str(one.pk): one.user.name for one in members}),
        "plan": _pairs({code: plan.name for code, plan in plan_templates(space.pk, language=reader.language).items()}),
        "coupon": _pairs({kind.code: kind.name for kind in CouponKind.objects.filter(workspace=space, archived_at=None).order_by("name")}),
    }


def _of_rules(reader: Reader) -> dict[str, list[ChoiceOut]]:
    """What rules can name as well: signals, kinds of activity, columns that are moments."""
    known, words = catalogue_out(reader), catalogue(reader.language)
    usual = {name: words.get(f"playbooks.happenings.{name}", name) for name in USUAL}
    return {
        "signals": [
            ChoiceOut(value=one.name.removeprefix("signal."), label=one.label) for one in known.columns if one.name.startswith("signal.SIG")
        ],
        "kinds": [*_pairs(usual), *(ChoiceOut(value=kind.kind, label=kind.label) for kind in known.kinds)],
        "column": [ChoiceOut(value=one.name, label=one.label) for one in known.columns if one.type == ColumnType.MOMENT.value],
    }


def problems_out(reader: Reader, spec: Mapping[str, object]) -> ProblemsOut:
    """Every fault in the reader's language."""
    reader.require_customers()
    return ProblemsOut(faults=[Fault(**fault_row(one, reader.language)) for one in playbook_problems(reader.workspace, spec)])


def simulation_started(reader: Reader, asked: SimulateIn) -> SimulationRunOut:
    """Asks for one as a job. Raises as `simulation_start`."""
    ask = SimulationAsk(asked.spec, asked.playbook_id, asked.days, asked.limit, asked.response)
    return simulation_run_out(reader, simulation_start(actor=reader.actor, workspace=reader.workspace, ask=ask))


def simulation_run_out(reader: Reader, run: PlaybookSimulation) -> SimulationRunOut:
    """Whether it waits, runs, failed or was cancelled is its job's to say; a result means done."""
    job = job_out(run.job, reader.language) if run.job else None
    return SimulationRunOut(
        id=run.pk,
        status="done" if run.result else job.status if job else "failed",
        progress=1.0 if run.result else job.progress if job else 0.0,
        stage=job.stage if job else "",
        error=job.error if job and not run.result else None,
        result=_simulation(reader, simulation_of(run.result)) if run.result else None,
    )


def _simulation(reader: Reader, found: Simulation) -> SimulationOut:
    days = [
        SimulatedDayOut(
            day=day.day,
            acts=[
                ActOut(
                    node=act.node, customer_id=act.customer_id, customer=act.customer, action=act.action, outlet=act.outlet,
                    text=did_text(reader, act.did, act.params), verdict=act.verdict, rule=rule_text(reader, act.rule), cost=float(act.cost),
                )
                for act in day.acts
            ],
            total=day.total,
            cost=float(day.cost),
        )
        for day in found.days
    ]  # fmt: skip
    return SimulationOut(
        candidates=found.candidates,
        entered=found.entered,
        holdout=found.holdout,
        refused=counted(reader, found.refused),
        days=days,
        by_node=dict(found.by_node),
        messages=_ruled(reader, found.messages),
        coupons=_ruled(reader, {"given" if key == "allowed" else key: number for key, number in found.coupons.items()}),
        cost=float(found.cost),
        assumed=[reader.text(f"playbooks.assumed.{key}") for key in found.assumed],
    )


def _ruled(reader: Reader, words: Mapping[str, int]) -> list[CountedOut]:
    return [CountedOut(key=key, text=rule_text(reader, key), count=number) for key, number in words.items()]


def did_text(reader: Reader, did: str, params: Mapping[str, object]) -> str:
    """A step of history as a sentence; `did` may be the whole key."""
    return reader.text(did if did.startswith("playbooks.") else f"playbooks.did.{did}", params) if did else ""


def rule_text(reader: Reader, rule: str) -> str:
    """The governor's rule in a word or two; its whole sentence stands beside the message itself."""
    return reader.text(f"playbooks.rule.{rule}") if rule else ""


def counted(reader: Reader, by_reason: Mapping[str, int]) -> list[CountedOut]:
    """Reasons of no entry, the most frequent first."""
    pairs = sorted(by_reason.items(), key=lambda pair: (-pair[1], pair[0]))
    return [CountedOut(key=key, text=reader.text(f"playbooks.why.{key}"), count=number) for key, number in pairs]
