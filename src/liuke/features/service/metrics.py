"""The metrics of a workspace: the built-in ones and those that people made, changed and put away. Needs Django."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record
from liuke.accounts.store.models import Workspace
from liuke.base.errors import Conflict, Invalid, NotFound
from liuke.base.times import utc_now
from liuke.features.domain.builtin import BUILTIN
from liuke.features.domain.builtin import BY_CODE as BUILTIN_BY_CODE
from liuke.features.domain.code import code_of
from liuke.features.domain.named import NamedMetric, Unit, metric_of
from liuke.features.domain.spec import MetricSpec, spec_from_plain, spec_to_plain
from liuke.features.store.models import MetricDefinition

LIMIT = 200
"""Own metrics of a workspace that are not archived."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a description may name: kinds of activity, and columns to group customers by."""

    kinds: Collection[str]
    groups: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class MetricIn:
    """A metric as a person sends it. `unit` empty: the one that follows from the description."""

    name: str
    spec: Mapping[str, object]
    unit: str = ""


def metrics_of(workspace: Workspace) -> list[NamedMetric]:
    """Every metric that can be used: built-in ones in their order, then own ones by name."""
    own = MetricDefinition.objects.filter(workspace=workspace, archived_at=None).order_by("name")
    return [*BUILTIN, *(named(row) for row in own)]


def definitions_of(workspace: Workspace, *, archived: bool = False) -> list[MetricDefinition]:
    """The rows of own metrics, by name; the archived ones instead where asked."""
    rows = MetricDefinition.objects.filter(workspace=workspace, archived_at__isnull=not archived)
    return list(rows.select_related("created_by__user").order_by("name"))


def named(row: MetricDefinition) -> NamedMetric:
    """An own metric as everything uses it."""
    return metric_of(row.code, _stored(row.spec), unit=row.unit, name=row.name)


def metric_read(given: MetricIn, known: Known) -> NamedMetric:
    """The metric that somebody describes, not stored, under the code `preview`. Raises Invalid("metric") with every fault."""
    spec, unit = _checked(given, known, named_too=False)
    return metric_of("preview", spec, unit=unit, name=given.name.strip() or "…")


def metric_create(*, actor: Actor, workspace: Workspace, given: MetricIn, known: Known) -> MetricDefinition:
    """A new metric. Raises Invalid("metric", faults=…), Conflict("metric_name_taken"), Conflict("metrics_too_many")."""
    actor.require(Permission.PUBLISH)
    spec, unit = _checked(given, known)
    with transaction.atomic():
        if MetricDefinition.objects.filter(workspace=workspace, archived_at=None).count() >= LIMIT:
            raise Conflict("metrics_too_many", limit=LIMIT)
        taken = set(MetricDefinition.objects.filter(workspace=workspace).values_list("code", flat=True))
        now = utc_now()
        row = MetricDefinition(
            workspace=workspace, code=code_of(given.name, spec, taken), created_at=now, created_by_id=actor.membership_id
        )
        _write(row, given.name, spec, unit)
        audit_record(actor=actor, action="metric_create", object_type="metric", object_id=row.code, detail={})
    return row


def metric_edit(*, actor: Actor, workspace: Workspace, code: str, given: MetricIn, known: Known) -> MetricDefinition:
    """Another name, description or unit; the code stays. Raises like `metric_create`, NotFound, Conflict("metric_builtin")."""
    actor.require(Permission.PUBLISH)
    row = metric_get(workspace, code)
    spec, unit = _checked(given, known)
    with transaction.atomic():
        _write(row, given.name, spec, unit)
        audit_record(actor=actor, action="metric_edit", object_type="metric", object_id=code, detail={})
    return row


def metric_archive(*, actor: Actor, workspace: Workspace, code: str, uses: Collection[str] = ()) -> MetricDefinition:
    """Put away: no longer computed or offered. Raises Conflict("metric_in_use") where the caller found `uses` that are live."""
    actor.require(Permission.PUBLISH)
    row = metric_get(workspace, code)
    if uses:
        raise Conflict("metric_in_use", uses=", ".join(sorted(uses)))
    return _shelved(actor, row, archived=True)


def metric_unarchive(*, actor: Actor, workspace: Workspace, code: str) -> MetricDefinition:
    """Take it back. Raises NotFound, Conflict("metric_name_taken") where its name went to another one since."""
    actor.require(Permission.PUBLISH)
    return _shelved(actor, metric_get(workspace, code), archived=False)


def metric_get(workspace: Workspace, code: str) -> MetricDefinition:
    """One own metric, archived or not. Raises NotFound("metric_not_found"), Conflict("metric_builtin")."""
    if code in BUILTIN_BY_CODE:
        raise Conflict("metric_builtin", metric=code)
    row = MetricDefinition.objects.filter(workspace=workspace, code=code).first()
    if row is None:
        raise NotFound("metric_not_found", metric=code)
    return row


def _checked(given: MetricIn, known: Known, *, named_too: bool = True) -> tuple[MetricSpec, str]:
    """The description and unit, or every fault at once, the name's too."""
    faults: list[object] = []
    spec = MetricSpec()
    try:
        spec = spec_from_plain(given.spec, kinds=known.kinds, groups=known.groups)
    except Invalid as fault:
        found = fault.params["faults"]
        faults += [{**one, "at": f"spec.{one['at']}"} for one in found] if isinstance(found, list) else []
    if named_too and not 1 <= len(given.name.strip()) <= 60:
        faults.insert(0, {"at": "name", "key": "metrics.faults.name"})
    units = [unit.value for unit in Unit]
    if given.unit not in {"", *units}:
        faults.append({"at": "unit", "key": "metrics.faults.choice", "allowed": units, "got": given.unit[:60]})
    if faults:
        raise Invalid("metric", faults=faults)
    return spec, given.unit


def _stored(plain: Mapping[str, object]) -> MetricSpec:
    """A description that was checked when it was stored: its own kinds and group are known."""
    kinds = plain.get("kinds")
    return spec_from_plain(plain, kinds=[str(kind) for kind in kinds] if isinstance(kinds, list) else [], groups=[str(plain.get("by", ""))])


def _write(row: MetricDefinition, name: str, spec: MetricSpec, unit: str) -> None:
    row.name, row.spec, row.updated_at = name.strip(), spec_to_plain(spec), utc_now()
    row.unit = metric_of(row.code, spec, unit=unit).unit
    _save(row)


def _shelved(actor: Actor, row: MetricDefinition, *, archived: bool) -> MetricDefinition:
    with transaction.atomic():
        row.archived_at = utc_now() if archived else None
        _save(row)
        action = "metric_archive" if archived else "metric_unarchive"
        audit_record(actor=actor, action=action, object_type="metric", object_id=row.code, detail={})
    return row


def _save(row: MetricDefinition) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as clash:
        raise Conflict("metric_name_taken", name=row.name) from clash
