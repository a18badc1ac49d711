"""Every use case of playbooks by name: the API, the pipeline and other parts of the product import from here."""

from liuke.act.playbooks.approvals import approval_decide, approvals_visible
from liuke.act.playbooks.domain.fields import World
from liuke.act.playbooks.editing import (
    PlaybookText,
    playbook_create,
    playbook_discard_draft,
    playbook_publish,
    playbook_rollback,
    playbook_trial,
    playbook_update_draft,
)
from liuke.act.playbooks.enrolling import Enrolled, enrol_manual
from liuke.act.playbooks.reading import (
    ArmCounts,
    NodeCounts,
    Stay,
    arm_counts,
    customer_history,
    enrolments_visible,
    node_counts,
    playbook_get,
    playbooks_visible,
    version_draft,
    version_live,
)
from liuke.act.playbooks.running import (
    enrolment_stop,
    playbook_archive,
    playbook_enable,
    playbook_pause,
    playbook_resume,
    playbook_stop,
)
from liuke.act.playbooks.simulating import Acted, SimulatedDay, Simulation, playbook_simulate
from liuke.act.playbooks.simulation_runs import (
    SimulationAsk,
    simulation_cancel,
    simulation_get,
    simulation_start,
)
from liuke.act.playbooks.why import Check, PastRefusal, WhyNot, why_not
from liuke.act.playbooks.world import FieldWords, Kinds, KindWords, playbook_kinds, playbook_problems, spec_of, world_of

__all__ = [
    "Acted",
    "ArmCounts",
    "Check",
    "Enrolled",
    "FieldWords",
    "KindWords",
    "Kinds",
    "NodeCounts",
    "PastRefusal",
    "PlaybookText",
    "SimulatedDay",
    "Simulation",
    "SimulationAsk",
    "Stay",
    "WhyNot",
    "World",
    "approval_decide",
    "approvals_visible",
    "arm_counts",
    "customer_history",
    "enrol_manual",
    "enrolment_stop",
    "enrolments_visible",
    "node_counts",
    "playbook_archive",
    "playbook_create",
    "playbook_discard_draft",
    "playbook_enable",
    "playbook_get",
    "playbook_kinds",
    "playbook_pause",
    "playbook_problems",
    "playbook_publish",
    "playbook_resume",
    "playbook_rollback",
    "playbook_simulate",
    "playbook_stop",
    "playbook_trial",
    "playbook_update_draft",
    "playbooks_visible",
    "simulation_cancel",
    "simulation_get",
    "simulation_start",
    "spec_of",
    "version_draft",
    "version_live",
    "why_not",
    "world_of",
]
