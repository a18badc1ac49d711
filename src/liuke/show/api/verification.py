"""待验证: cases, a person's word, and taking it back."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router

from liuke.show.api.gate import reader_for
from liuke.show.api.schemas.common import UndoOut
from liuke.show.api.schemas.queries import CaseQuery
from liuke.show.api.schemas.verification import CasesOut, DecideIn, ReopenIn
from liuke.show.queries.verification import case_page
from liuke.signals.service import verification

router = Router(tags=["verification"])


@router.get("/w/{slug}/verification", response=CasesOut)
def case_list(request: HttpRequest, slug: str, wanted: Query[CaseQuery]) -> CasesOut:
    """A page of cases. kind: drop, source, feature, contradiction, zombie; status: open, later, confirmed, wrong, seasonal, gone."""
    reader = reader_for(request, slug)
    return case_page(reader=reader, kind=wanted.kind, status=wanted.status, cursor=wanted.cursor, limit=wanted.limit)


@router.post("/w/{slug}/verification/decide", response=UndoOut)
def case_decide(request: HttpRequest, slug: str, data: DecideIn) -> UndoOut:
    """属实, 数据错误, 季节性 or 稍后 for the cases that still wait; `reopen` takes it back."""
    reader = reader_for(request, slug)
    changed = verification.cases_decide(
        actor=reader.actor,
        workspace=reader.workspace,
        case_ids=data.case_ids,
        decision=data.decision,
        note=data.note,
        now=reader.now,
        until=data.until,
    )
    return UndoOut(changed=len(changed), undo_token=None)


@router.post("/w/{slug}/verification/reopen", response=UndoOut)
def case_reopen(request: HttpRequest, slug: str, data: ReopenIn) -> UndoOut:
    """Takes a word back: the cases wait again."""
    reader = reader_for(request, slug)
    changed = verification.cases_reopen(actor=reader.actor, workspace=reader.workspace, case_ids=data.case_ids, now=reader.now)
    return UndoOut(changed=len(changed), undo_token=None)
