"""Activities that are old enough go: decided per workspace and group, previewed, carried out at night."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record, workspace_now
from liuke.accounts.store.models import Workspace
from liuke.base.faults import Faults
from liuke.base.times import from_us, to_us, utc_now
from liuke.facts.domain.retention import DAYS, MOST_MONTHS, Group, kinds_of, least_months
from liuke.facts.store.models import Retention
from liuke.warehouse import Expire, Warehouse

_BY_KIND = "SELECT kind, count(*) AS rows, min(ts_us) AS oldest FROM activity GROUP BY kind ORDER BY kind"
_OLDER = "SELECT count(*) AS rows, count(DISTINCT customer_id) AS customers FROM activity WHERE list_contains(?, kind) AND ts_us < ?"


@dataclass(frozen=True, slots=True)
class Kept:
    """A group as it stands: what there is, how long it is kept (None = for ever) and how short it may be kept."""

    group: Group
    months: int | None
    least: int
    rows: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Going:
    """What a choice of months would take away from a group today, and since when rows would stay."""

    group: Group
    months: int
    since: datetime
    rows: int
    customers: int


def retention_of(*, workspace: Workspace, warehouse: Warehouse, churn: tuple[tuple[str, ...], int]) -> list[Kept]:
    """Every group. `churn`: the kinds and days that decide who counts as lost."""
    chosen, found = _chosen(workspace), warehouse.query(workspace.pk, _BY_KIND).to_pylist()
    kept: list[Kept] = []
    for group in Group:
        mine = [row for row in found if row["kind"] in kinds_of(group, [str(row["kind"]) for row in found])]
        oldest = min((int(row["oldest"]) for row in mine), default=None)
        rows = sum(int(row["rows"]) for row in mine)
        kept.append(Kept(group, chosen.get(group), least_months(group, *churn), rows, None if oldest is None else from_us(oldest)))
    return kept


def retention_preview(*, workspace: Workspace, warehouse: Warehouse, months: Mapping[Group, int | None]) -> list[Going]:
    """What would go if groups were kept so long; those that are kept for ever are left out."""
    now = workspace_now(workspace)
    kinds = [str(row["kind"]) for row in warehouse.query(workspace.pk, _BY_KIND).to_pylist()]
    going: list[Going] = []
    for group, number in months.items():
        if number is None:
            continue
        since = now - timedelta(days=number * DAYS)
        found = warehouse.query(workspace.pk, _OLDER, [kinds_of(group, kinds), to_us(since)]).to_pylist()[0]
        going.append(Going(group, number, since, int(found["rows"]), int(found["customers"])))
    return going


def retention_set(*, actor: Actor, workspace: Workspace, months: Mapping[Group, int | None], churn: tuple[tuple[str, ...], int]) -> None:
    """Decide how long groups are kept; what is too old goes in the next night. Forbidden without `sources`.

    Raises Invalid `retention_months` with the shortest time that each wrong group may be kept.
    """
    actor.require(Permission.SOURCES)
    faults = Faults()
    for group, number in months.items():
        if number is not None:
            faults.within(group.value, number, least_months(group, *churn), MOST_MONTHS)
    faults.raise_if_any("retention_months")
    with transaction.atomic():
        for group, number in months.items():
            if number is None:
                Retention.objects.filter(workspace=workspace, kinds=group.value).delete()
                continue
            given = {"months": number, "decided_at": utc_now(), "decided_by_id": actor.membership_id}
            Retention.objects.update_or_create(workspace=workspace, kinds=group.value, defaults=given)
        detail = {group.value: number for group, number in months.items()}
        audit_record(actor=actor, action="retention_set", object_type="workspace", object_id=workspace.pk, detail=detail)


def retention_run(*, workspace: Workspace, warehouse: Warehouse) -> int:
    """Take away what is too old by the workspace's clock; the number of rows. Safe to repeat."""
    chosen = _chosen(workspace)
    removed = 0
    for going in retention_preview(workspace=workspace, warehouse=warehouse, months=chosen):
        if going.rows:
            kinds = [str(row["kind"]) for row in warehouse.query(workspace.pk, _BY_KIND).to_pylist()]
            step = Expire(kinds_of(going.group, kinds), to_us(going.since))
            removed += warehouse.transact(workspace.pk, None, [step]).counts[0]["removed"]
    return removed


def _chosen(workspace: Workspace) -> dict[Group, int | None]:
    return {Group(row.kinds): row.months for row in Retention.objects.filter(workspace=workspace)}
