"""Work items that playbooks ask for. Always inside the caller's transaction; the same key twice is one item."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from liuke.accounts.store.models import Workspace
from liuke.act.plans.applying import plan_lay
from liuke.act.plans.templates import plan_template
from liuke.act.store.models import WorkItem
from liuke.base.errors import NotFound
from liuke.facts.store.models import Customer

KIND = "playbook"
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class ItemAsk:
    """One item. `owner_id` None = the customer's owner; `plan_code` None = no checklist; `key` makes it one, at most 180 characters."""

    customer_id: int
    title: str
    key: str
    owner_id: int | None = None
    due_at: datetime | None = None
    plan_code: str | None = None
    note: str = ""


def item_for_playbook(
    *,
    workspace: Workspace,
    customer_id: int,
    title: str,
    owner_id: int | None,
    due_at: datetime | None,
    plan_code: str | None,
    note: str,
    key: str,
    at: datetime,
) -> WorkItem:
    """One work item, made now or before. Raises NotFound (customer_not_found, plan_not_found)."""
    ask = ItemAsk(customer_id, title, key, owner_id, due_at, plan_code, note)
    return items_for_playbook_many(workspace=workspace, asks=[ask], at=at)[0]


def items_for_playbook_many(*, workspace: Workspace, asks: Sequence[ItemAsk], at: datetime) -> list[WorkItem]:
    """The items of these asks in their order, made now or before, in few statements; plans are laid on new ones only.

    Raises NotFound (customer_not_found) for a customer of another workspace, (plan_not_found) for a plan that is not in use.
    """
    owners = _owners(workspace, {ask.customer_id for ask in asks})
    keys = [f"{workspace.pk}:{ask.key}" for ask in asks]
    known = set(_by_key(keys))
    rows = [
        WorkItem(
            workspace=workspace, customer_id=ask.customer_id, kind=KIND, title=ask.title[:160], note=ask.note, due_at=ask.due_at,
            owner_id=ask.owner_id if ask.owner_id is not None else owners[ask.customer_id], key=key, created_at=at,
        )
        for key, ask in dict(zip(keys, asks, strict=True)).items()
        if key not in known
    ]  # fmt: skip
    WorkItem.objects.bulk_create(rows, batch_size=_CHUNK, ignore_conflicts=True)
    found = _by_key(keys)
    wanted = {key: ask.plan_code for key, ask in zip(keys, asks, strict=True) if ask.plan_code}
    for code in set(wanted.values()):
        spec = plan_template(workspace.pk, code, language=workspace.locale)
        plan_lay(workspace=workspace, items=_fresh_of(code, wanted, found, known), spec=spec, by=None, at=at)
    return [found[key] for key in keys]


def _fresh_of(
    code: str, wanted: Mapping[str, str], found: Mapping[str | None, WorkItem], known: Collection[str | None]
) -> list[WorkItem]:  # fmt: skip
    """The items that were made now and want this plan."""
    return [found[key] for key in sorted(wanted) if wanted[key] == code and key not in known]


def _owners(workspace: Workspace, customer_ids: set[int]) -> dict[int, int | None]:
    listed = sorted(customer_ids)
    owners: dict[int, int | None] = {}
    for start in range(0, len(listed), _CHUNK):
        part = Customer.objects.filter(workspace=workspace, pk__in=listed[start : start + _CHUNK])
        owners.update(part.values_list("pk", "owner_id"))
    missing = customer_ids - owners.keys()
    if missing:
        raise NotFound("customer_unknown", customer_id=min(missing))
    return owners


def _by_key(keys: Sequence[str]) -> dict[str | None, WorkItem]:
    found: dict[str | None, WorkItem] = {}
    for start in range(0, len(keys), _CHUNK):
        found.update({item.key: item for item in WorkItem.objects.filter(key__in=keys[start : start + _CHUNK])})
    return found
