"""The second look, as a job: doubtful texts of the last weeks go to the language model, masked; without it everything stays as read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import pyarrow as pa

from liuke.accounts.service import workspace_now
from liuke.accounts.store.models import Workspace
from liuke.base.times import to_us, utc_now
from liuke.facts.domain.readings import READ, TEXTS, own_attrs, with_reading, words_of
from liuke.facts.domain.second_look import GREY, combined, is_doubtful, masked
from liuke.facts.service.readings import lists_live
from liuke.facts.service.readings_again import ANNOTATION, annotate
from liuke.facts.service.readings_model import Ask, asker, cached
from liuke.facts.store.models import Contact, Customer, TextSettings
from liuke.jobs.domain.contract import JobContext
from liuke.jobs.service import job_enqueue
from liuke.text import Lists
from liuke.vendors.answers import VendorFault
from liuke.warehouse.domain.steps import Warehouse

KIND = "second_look"
RECENT = timedelta(days=30)
MOST = 500
"""Questions of one run; the next run goes on."""
PATIENCE = 3
"""So many faults in a row end a run: the endpoint is not well, and the local readings hold."""
SHIPPED_TOPICS = ("delivery", "quality", "price", "fault", "service", "after_sales", "mismatch")


@dataclass(frozen=True, slots=True)
class Looked:
    """What a run did; `fault` is the code that ended it early."""

    asked: int = 0
    changed: int = 0
    fault: str = ""


def second_look_soon(workspace: Workspace) -> None:
    """Queue a run where the model is on; one for everything within a minute."""
    if TextSettings.objects.filter(workspace=workspace, model_enabled=True).exists():
        slot = int(utc_now().timestamp() // 60)
        job_enqueue(kind=KIND, key=f"{KIND}:{workspace.pk}:{slot}", payload={}, workspace_id=workspace.pk)


def second_look_job(*, workspace: Workspace, warehouse: Warehouse, context: JobContext) -> dict[str, object]:
    """The job. The model is never asked where it is off; whatever it does, nothing that was read is lost."""
    kept = TextSettings.objects.filter(workspace=workspace, model_enabled=True).first()
    if kept is None:
        return {"asked": 0, "changed": 0, "fault": ""}
    done = second_look(workspace=workspace, warehouse=warehouse, asking=cached(workspace, kept, asker(kept)), context=context)
    return {"asked": done.asked, "changed": done.changed, "fault": done.fault}


def second_look(*, workspace: Workspace, warehouse: Warehouse, asking: Ask, context: JobContext) -> Looked:
    """Ask about the doubtful texts of the last RECENT, newest first, and write what comes of it row by row."""
    rows, topics = _doubtful(workspace, warehouse), topics_of(lists_live(workspace.pk))
    names = _names(sorted({int(row["customer_id"]) for row in rows}))
    faults, changed, fault = 0, 0, ""
    for number, row in enumerate(rows):
        context.progress(number / len(rows), "stages.second_look", done=number, total=len(rows))
        attrs = json.loads(row["attrs"])
        try:
            look = asking(masked(words_of(attrs), names.get(int(row["customer_id"]), ())), topics)
        except VendorFault as failed:
            faults, fault = faults + 1, failed.code
            if faults == PATIENCE:
                return Looked(number + 1, changed, fault)
            continue
        faults, fault = 0, ""
        _write(workspace, warehouse, row, combined(_found(row["attrs"], attrs), look))
        changed += 1
    return Looked(len(rows), changed, fault)


def topics_of(lists: Lists) -> tuple[str, ...]:
    """The codes that the model may choose from: shipped and own."""
    return tuple(dict.fromkeys((*SHIPPED_TOPICS, *(topic.code for topic in lists.topics))))


def _found(text: str, attrs: Mapping[str, object]) -> dict[str, object]:
    own = json.loads(own_attrs(text))
    return {name: value for name, value in attrs.items() if name not in own and name != READ}


def _doubtful(workspace: Workspace, warehouse: Warehouse) -> list[dict[str, str]]:
    sql = """SELECT source, activity_id, customer_id, attrs FROM activity
        WHERE kind = ANY($kinds) AND ts_us >= $since AND ts_us < $now AND (attrs->>'$.second') IS NULL
            AND TRY_CAST(attrs->>'$.negative' AS DOUBLE) >= $low
        ORDER BY ts_us DESC, source, activity_id LIMIT $rows"""
    now = workspace_now(workspace)
    given = {"kinds": list(TEXTS), "since": to_us(now - RECENT), "now": to_us(now), "low": GREY[0], "rows": 4 * MOST}
    found = warehouse.query(workspace.pk, sql, given).to_pylist()
    return [row for row in found if is_doubtful(json.loads(row["attrs"]))][:MOST]


def _names(customer_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Names that a text may hold: of the customer and of its people."""
    found: dict[int, tuple[str, ...]] = {pk: (name,) for pk, name in Customer.objects.filter(pk__in=customer_ids).values_list("pk", "name")}
    for customer, name in Contact.objects.filter(customer_id__in=customer_ids).values_list("customer_id", "name"):
        found[customer] = (*found.get(customer, ()), name)
    return found


def _write(workspace: Workspace, warehouse: Warehouse, row: Mapping[str, str], found: Mapping[str, object]) -> None:
    table = pa.table([[row["source"]], [row["activity_id"]], [with_reading(row["attrs"], found)]], schema=ANNOTATION)
    annotate(warehouse, workspace.pk, table)
