"""挖掘: search a workspace's past for rules, missed losses, kinds of leavers and associations; and 流失体检 of an order list."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Query, Router, Status, UploadedFile

from liuke.accounts.domain.roles import Permission
from liuke.base.errors import NotFound
from liuke.connect.service.storing import Readable
from liuke.learn.domain.checkup import checkup_from_plain
from liuke.learn.service import mining_runs as runs
from liuke.learn.store.models import MiningRun
from liuke.show.api.gate import reader_for
from liuke.show.api.imports import download
from liuke.show.api.schemas.mining import Adopted, AdoptIn, MiningIn, MiningOut, MiningQuery, MiningStarted, ReportQuery
from liuke.show.queries import mining
from liuke.show.reports.checkup import checkup_html
from liuke.signals.service.columns import catalogue_of
from liuke.signals.service.editing import RuleText, rule_create

router = Router(tags=["mining"])
HTML = "text/html; charset=utf-8"
ALONE = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""What the report may do in a browser: show itself, nothing more."""


@router.post("/w/{slug}/mining", response=MiningStarted)
def mining_start(request: HttpRequest, slug: str, data: MiningIn) -> MiningStarted:
    """Starts a search; progress by the job."""
    reader = reader_for(request, slug)
    return mining.started_out(reader, runs.mining_start(actor=reader.actor, workspace=reader.workspace, kind=data.kind))


@router.get("/w/{slug}/mining", response=list[MiningOut])
def mining_list(request: HttpRequest, slug: str, wanted: Query[MiningQuery]) -> list[MiningOut]:
    """The newest 30 that the reader may see, without what they found."""
    reader = reader_for(request, slug)
    return mining.mining_list(reader, wanted.kind)


@router.get("/w/{slug}/mining/{run_id}", response=MiningOut)
def mining_get(request: HttpRequest, slug: str, run_id: int) -> MiningOut:
    """One of them with what it found."""
    reader = reader_for(request, slug)
    return mining.mining_out(reader, runs.mining_get(actor=reader.actor, run_id=run_id))


@router.post("/w/{slug}/mining/{run_id}/cancel", response=MiningOut)
def mining_cancel(request: HttpRequest, slug: str, run_id: int) -> MiningOut:
    """Stops it."""
    reader = reader_for(request, slug)
    return mining.mining_out(reader, runs.mining_cancel(actor=reader.actor, run_id=run_id))


@router.post("/w/{slug}/mining/{run_id}/adopt", response=Adopted)
def mining_adopt(request: HttpRequest, slug: str, run_id: int, data: AdoptIn) -> Adopted:
    """Makes a candidate a rule's draft; nothing runs before somebody publishes it."""
    reader = reader_for(request, slug)
    reader.actor.require(Permission.PUBLISH)
    found = mining.rule_found(runs.mining_get(actor=reader.actor, run_id=run_id), data.nth)
    if found is None:
        raise NotFound("mining_rule_gone")
    text = RuleText(data.name.strip() or mining.rule_sentence(reader, found), "", found.document)
    rule = rule_create(actor=reader.actor, workspace=reader.workspace, text=text, catalogue=catalogue_of(reader.workspace))
    return Adopted(rule_id=rule.pk)


@router.delete("/w/{slug}/mining/{run_id}", response={204: None})
def mining_delete(request: HttpRequest, slug: str, run_id: int) -> Status[None]:
    """Forgets a search, its result and its file."""
    runs.mining_delete(actor=reader_for(request, slug).actor, run_id=run_id)
    return Status(204, None)


@router.post("/w/{slug}/checkups", response=MiningStarted)
def checkup_start(request: HttpRequest, slug: str, file: File[UploadedFile], churn_days: Form[int] = 0) -> MiningStarted:
    """流失体检 of an order list: the file is deleted once it was read, the workspace's facts stay as they are."""
    reader = reader_for(request, slug)
    run = runs.checkup_start(
        actor=reader.actor, workspace=reader.workspace, file=cast("Readable", file), name=file.name or "", churn_days=churn_days
    )
    return mining.started_out(reader, run)


@router.get("/w/{slug}/checkups/{run_id}/report.html")
def checkup_report(request: HttpRequest, slug: str, run_id: int, wanted: Query[ReportQuery]) -> HttpResponse:
    """The report as one page to forward. 404 until it is done."""
    reader = reader_for(request, slug)
    run = runs.mining_get(actor=reader.actor, run_id=run_id)
    if run.kind != MiningRun.Kind.CHECKUP or run.result is None:
        raise NotFound("mining_gone")
    text = checkup_html(checkup_from_plain(run.result), language=reader.language, mask=wanted.mask)
    headers = {"Content-Security-Policy": ALONE} | (download("liuke-checkup.html") if wanted.download else {})
    return HttpResponse(text, content_type=HTML, headers=headers)
