"""The erasure of one person everywhere, as a job that may be killed anywhere, and its repetition after a restore (DAT-18).

What an installation holds of a person lies in the application database, the warehouse, its Parquet copy and files; a backup is none of
these: tombstones (`accounts.service.tombstones`), which no backup carries, make `erasures_replay` erase again what a restore brings back.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc
from django.db import transaction

from liuke.accounts.domain.actor import system
from liuke.accounts.service import audit_record
from liuke.accounts.service.tombstones import refusals_of, tombstones_recall, tombstones_write
from liuke.accounts.store.models import Workspace
from liuke.act.outgoing.sealing import open_text
from liuke.act.store.models import Receipt, Suppression
from liuke.base.errors import NotFound
from liuke.base.settings import Settings, from_environment
from liuke.base.times import utc_now
from liuke.connect.store.models_documents import SourceDocument
from liuke.facts.domain.erasure import Stage, left_to_do, proof_of
from liuke.facts.domain.person import Identity, Redaction, identity_read
from liuke.facts.service.readings_again import ANNOTATION, annotate
from liuke.facts.store.models import Contact, Customer, PersonRequest, TextAnswer
from liuke.jobs.domain.contract import JobContext, PlainContext
from liuke.learn.domain.predicted import predicted_bytes, predicted_read
from liuke.learn.store.models import BacktestRun
from liuke.pipeline.erasure_files import files_erase
from liuke.pipeline.erasure_mentions import mentions_redact, only_theirs
from liuke.pipeline.erasure_proof import files_searched, leftovers
from liuke.pipeline.erasure_space import space_clear
from liuke.pipeline.imports import score_soon
from liuke.score.store.models import ModelVersion
from liuke.show.queries.person_rows import person_counts, person_tables
from liuke.show.service.persons import identity_of_contact, identity_of_customer, request_write
from liuke.warehouse import Erase, Warehouse, open_warehouse
from liuke.warehouse.domain.lake import ACTIVITY
from liuke.warehouse.lake import lake_export
from liuke.warehouse.lake_files import LakeFolder

NOTE = "backtest.notes.erased"
"""What an earlier backtest says from then on: its counts still hold somebody who is gone."""
BATCH = 5_000
ALSO = (
    "act_receipt", "act_suppression", "connect_batch", "connect_batchbody", "connect_sourcedocument", "facts_personrequest",
    "facts_textanswer", "score_modelversion",
)  # fmt: skip
"""Tables in which an erasure changes rows that do not hang on the customer: their freed room is cleared as well."""
TRIES = 3
"""How often the proof clears what was written meanwhile."""


@dataclass(slots=True)
class Erasing:
    """An erasure under way; `result` collects counts, never names."""

    settings: Settings
    request: PersonRequest
    workspace: Workspace
    identity: Identity
    warehouse: Warehouse
    result: dict[str, object] = field(default_factory=dict)


def erasure_run(*, workspace: Workspace, warehouse: Warehouse, context: JobContext, settings: Settings | None = None) -> dict[str, object]:
    """The job: every step that is not done yet, each kept as done before the next begins. Once begun it is not cancelled.

    Raises NotFound("person_request_gone"), and Transient where something is in use: it goes on when tried again.
    """
    number = context.payload.get("request")
    request = PersonRequest.objects.filter(workspace=workspace, pk=number if isinstance(number, int) else 0).first()
    if request is None:
        raise NotFound("person_request_gone")
    if request.finished_at is not None or request.identity is None:
        return dict(request.result or {})
    identity = identity_read(open_text(request.identity))
    erasing = Erasing(settings or from_environment(), request, workspace, identity, warehouse, dict(request.result or {}))
    left = left_to_do(request.stage)
    for place, stage in enumerate(left):
        context.progress(place / len(left), f"stages.person_erase_{stage.value}")
        STEPS[stage](erasing)
        PersonRequest.objects.filter(pk=request.pk).update(stage=stage.value, result=erasing.result)
    _finish(erasing)
    return erasing.result


def erasures_replay(settings: Settings) -> int:
    """After a restore: erase again everybody whom the file of tombstones knows and the restored data still has; how many persons.

    Opens the installation's own warehouse and works in this process. Safe to repeat.
    """
    tombstones_recall()
    warehouse, done = open_warehouse(settings), 0
    for workspace in Workspace.objects.order_by("pk"):
        for identity in _come_back(workspace):
            request = request_write(identity=identity, workspace_id=workspace.pk, kind=PersonRequest.Kind.ERASE, reason="")
            PersonRequest.objects.filter(pk=request.pk).update(by_name="restore")
            context = PlainContext(workspace_id=workspace.pk, payload={"request": request.pk})
            erasure_run(workspace=workspace, warehouse=warehouse, context=context, settings=settings)
            done += 1
    return done


def _come_back(workspace: Workspace) -> list[Identity]:
    refusals = refusals_of(workspace.pk)
    if not refusals:
        return []
    contacts: dict[int, list[Contact]] = {}
    for contact in Contact.objects.filter(customer__workspace=workspace).order_by("pk"):
        contacts.setdefault(contact.customer_id, []).append(contact)
    found: list[Identity] = []
    for customer in Customer.objects.filter(workspace=workspace).order_by("pk").iterator(1_000):
        own = contacts.get(customer.pk, [])
        if refusals.customer(customer.key):
            found.append(identity_of_customer(customer, own))
        else:
            found += [identity_of_contact(customer, one) for one in own if refusals.contact(customer.key, one.key)]
    return found


def _marks(erasing: Erasing) -> None:
    request = erasing.request
    marks = erasing.identity.marks()
    erasing.result["marks"] = tombstones_write(workspace_id=erasing.workspace.pk, erasure=request.uuid, marks=marks, at=request.created_at)


def _files(erasing: Erasing) -> None:
    erasing.result["files"] = files_erase(workspace_id=erasing.workspace.pk, identity=erasing.identity)


def _rows(erasing: Erasing) -> None:
    """One transaction: either the customer is there with everything, or nothing of it is."""
    identity, workspace = erasing.identity, erasing.workspace
    with transaction.atomic():
        counts = person_counts(identity)
        tables = [table.name for table in person_tables(identity) if table.rows.exists()]
        if counts:  # kept with what it counts: a second run finds nothing left to count
            erasing.result |= {"rows": counts, "tables": tables}
            PersonRequest.objects.filter(pk=erasing.request.pk).update(result=erasing.result)
        Suppression.objects.filter(message__customer_id=identity.customer_id).update(hint="")
        _receipts(workspace.pk, identity)
        TextAnswer.objects.filter(workspace=workspace).delete()
        if identity.is_customer:
            SourceDocument.objects.filter(source__workspace=workspace, customer=identity.customer_key).delete()
        for table in reversed(person_tables(identity)):
            if table.model not in {Customer, Contact}:
                table.rows.delete()
        if identity.contact_id is None:
            Customer.objects.filter(pk=identity.customer_id, workspace=workspace).delete()
        else:
            Contact.objects.filter(pk=identity.contact_id, customer__workspace=workspace).delete()


def _receipts(workspace_id: int, identity: Identity) -> None:
    """Receipts that a vendor owes hold the number sealed."""
    known = set(identity.phones)
    for receipt in Receipt.objects.filter(channel__workspace_id=workspace_id).iterator(500):
        if receipt.sealed_to and open_text(receipt.sealed_to).strip().lstrip("+").removeprefix("86") in known:
            receipt.delete()


def _mentions(erasing: Erasing) -> None:
    changed = mentions_redact(workspace_id=erasing.workspace.pk, identity=only_theirs(erasing.identity)).changed
    erasing.result["mentions"] = changed
    tables = erasing.result.get("tables", [])
    erasing.result["tables"] = sorted({*(tables if isinstance(tables, list) else []), *changed, *ALSO})
    if erasing.identity.is_customer:
        erasing.result["predictions"] = _predictions(erasing)
        for run in BacktestRun.objects.filter(workspace=erasing.workspace, result__isnull=False):
            told: dict[str, list[str]] = run.result or {}
            noted = {*told.get("notes", ()), NOTE}
            BacktestRun.objects.filter(pk=run.pk).update(result={**told, "notes": sorted(noted)})


def _predictions(erasing: Erasing) -> int:
    """What models foretold of the customer out of time, beside what became of them; how many rows."""
    removed = 0
    for version in ModelVersion.objects.filter(workspace=erasing.workspace, predictions__isnull=False):
        table = predicted_read(version.predictions or b"")
        kept = table.filter(pc.not_equal(table["customer_id"], erasing.identity.customer_id))
        if kept.num_rows < table.num_rows:
            removed += table.num_rows - kept.num_rows
            ModelVersion.objects.filter(pk=version.pk).update(predictions=predicted_bytes(kept))
    return removed


def _stream(erasing: Erasing) -> None:
    identity, warehouse, workspace_id = erasing.identity, erasing.warehouse, erasing.workspace.pk
    removed = 0
    if identity.is_customer:
        removed = warehouse.transact(workspace_id, None, [Erase([identity.customer_id])]).counts[0]["removed"]
    mentioned = _redact_stream(erasing)
    warehouse.rewrite(workspace_id)
    before = erasing.result.get("stream")
    known = before if isinstance(before, Mapping) else {}
    erasing.result["stream"] = {"removed": removed or known.get("removed", 0), "redacted": mentioned or known.get("redacted", 0)}


def _redact_stream(erasing: Erasing) -> int:
    """Attributes of other customers' activities that name the person, and of a contact those of its own customer."""
    identity, done, after = only_theirs(erasing.identity), 0, ("", "")
    texts = sorted({*identity.names, *identity.phones, *identity.emails, *identity.others})
    looked = [*texts, *(json.dumps(text)[1:-1] for text in texts)]
    sql = f"""SELECT source, activity_id, customer_id, attrs FROM activity
        WHERE (source, activity_id) > ($source, $activity) AND len(list_filter($texts::VARCHAR[], x -> contains(attrs, x))) > 0
        ORDER BY source, activity_id LIMIT {BATCH}"""
    while texts:
        given = {"texts": looked, "source": after[0], "activity": after[1]}
        found = erasing.warehouse.query(erasing.workspace.pk, sql, given)
        if not found.num_rows:
            break
        told = [(row, _without(row, identity)) for row in found.to_pylist()]
        changed = [{**row, "attrs": text} for row, text in told if text != row["attrs"]]
        if changed:
            done += annotate(erasing.warehouse, erasing.workspace.pk, pa.Table.from_pylist(changed, schema=ANNOTATION))
        after = (found["source"][-1].as_py(), found["activity_id"][-1].as_py())
    return done


def _without(row: Mapping[str, object], identity: Identity) -> str:
    own = row["customer_id"] == identity.customer_id
    told = Redaction(identity, own=own).value(json.loads(str(row["attrs"])))
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _lake(erasing: Erasing) -> None:
    """The Parquet copy follows the stream; tables beside it are made again when they are next asked for."""
    root = erasing.settings.lake_dir
    folder = LakeFolder(root, erasing.workspace.pk)
    if not folder.path.exists():
        return
    if any(part.table != ACTIVITY for part in folder.manifest().parts):
        folder.drop()
    done = lake_export(warehouse=erasing.warehouse, workspace_id=erasing.workspace.pk, root=root, now=utc_now(), keep_s=0)
    erasing.result["lake"] = {"months_written": done.months_written}


def _space(erasing: Erasing) -> None:
    tables = erasing.result.get("tables", [])
    erasing.result["space"] = space_clear([str(table) for table in tables] if isinstance(tables, list) else [])


def _proof(erasing: Erasing) -> None:
    """A live scoring may have been at work on the customer while the rows went: what it wrote afterwards goes too."""
    for _ in range(TRIES):
        found = leftovers(
            settings=erasing.settings, workspace_id=erasing.workspace.pk, identity=erasing.identity, warehouse=erasing.warehouse
        )  # fmt: skip
        erasing.result["left"] = found
        if not found["stream"]:
            break
        _stream(erasing)
    erasing.result["searched"] = files_searched(erasing.settings)


STEPS: Mapping[Stage, Callable[[Erasing], None]] = {
    Stage.MARKS: _marks,
    Stage.FILES: _files,
    Stage.ROWS: _rows,
    Stage.MENTIONS: _mentions,
    Stage.STREAM: _stream,
    Stage.LAKE: _lake,
    Stage.SPACE: _space,
    Stage.PROOF: _proof,
}


def _finish(erasing: Erasing) -> None:
    request, now = erasing.request, utc_now()
    proof = proof_of(erasing.result)
    with transaction.atomic():
        mine = PersonRequest.objects.filter(pk=request.pk, finished_at__isnull=True)
        if mine.update(identity=None, finished_at=now, result=erasing.result, proof=proof):
            audit_record(
                actor=system(erasing.workspace.pk), action="person_erased", object_type=request.subject,
                object_id=request.contact_id or request.customer_id, detail={"request": request.pk, "proof": proof},
            )  # fmt: skip
    score_soon(erasing.workspace, now=now)
