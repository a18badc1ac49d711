"""Checklists of tasks, their templates, content packs and comments."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from django.http import FileResponse, HttpRequest, HttpResponseBase
from ninja import File, Router, UploadedFile

from liuke.act.plans import service as plans
from liuke.act.plans.domain_packs import VARIABLES
from liuke.act.plans.files import Readable
from liuke.act.plans.service import StepDraft
from liuke.show.api.gate import reader_for
from liuke.show.api.schemas.common import OkOut
from liuke.show.api.schemas.plans import (
    ApplyIn,
    CommentIn,
    ContentPackOut,
    CreatedOut,
    OrderIn,
    PackBody,
    PackFileOut,
    PlanBody,
    PlanTemplateOut,
    StepIn,
    TickIn,
    VariablesOut,
    WorkSheetOut,
)
from liuke.show.queries import plan_list
from liuke.show.queries.work_sheet import work_sheet

router = Router(tags=["plans"])


@router.get("/w/{slug}/work-items/{item_id}/sheet", response=WorkSheetOut)
def work_sheet_get(request: HttpRequest, slug: str, item_id: int) -> WorkSheetOut:
    """Checklist, scripts, visits, comments of a task, and the plans that fit it."""
    return work_sheet(reader=reader_for(request, slug), item_id=item_id)


@router.post("/w/{slug}/work-items/{item_id}/plans", response=CreatedOut)
def plan_apply(request: HttpRequest, slug: str, item_id: int, data: ApplyIn) -> CreatedOut:
    """Lays a plan on a task: one tap. One that lies there stays as it is."""
    return CreatedOut(id=plans.plan_apply(actor=reader_for(request, slug).actor, item_id=item_id, code=data.code).pk)


@router.delete("/w/{slug}/work-items/{item_id}/plans/{plan_id}", response=OkOut)
def plan_remove(request: HttpRequest, slug: str, item_id: int, plan_id: int) -> OkOut:
    """Takes a plan back with its open steps."""
    plans.plan_remove(actor=reader_for(request, slug).actor, item_id=item_id, plan_id=plan_id)
    return OkOut()


@router.post("/w/{slug}/work-items/{item_id}/plans/{plan_id}/restore", response=OkOut)
def plan_restore(request: HttpRequest, slug: str, item_id: int, plan_id: int) -> OkOut:
    """Undo of taking it back."""
    plans.plan_restore(actor=reader_for(request, slug).actor, item_id=item_id, plan_id=plan_id)
    return OkOut()


def _draft(data: StepIn) -> StepDraft:
    amount = None if data.effect_amount is None else Decimal(str(data.effect_amount))
    return StepDraft(data.text, data.owner_id, data.due_at, data.effect, amount, data.remind_hours)


@router.post("/w/{slug}/work-items/{item_id}/steps", response=CreatedOut)
def step_add(request: HttpRequest, slug: str, item_id: int, data: StepIn) -> CreatedOut:
    """A step by hand."""
    return CreatedOut(id=plans.step_add(actor=reader_for(request, slug).actor, item_id=item_id, draft=_draft(data)).pk)


@router.post("/w/{slug}/work-items/{item_id}/steps/order", response=OkOut)
def steps_order(request: HttpRequest, slug: str, item_id: int, data: OrderIn) -> OkOut:
    """Puts the steps into this order."""
    plans.steps_order(actor=reader_for(request, slug).actor, item_id=item_id, step_ids=data.step_ids)
    return OkOut()


@router.put("/w/{slug}/steps/{step_id}", response=OkOut)
def step_update(request: HttpRequest, slug: str, step_id: int, data: StepIn) -> OkOut:
    """The step as it should be."""
    plans.step_update(actor=reader_for(request, slug).actor, step_id=step_id, draft=_draft(data))
    return OkOut()


@router.post("/w/{slug}/steps/{step_id}/tick", response=OkOut)
def step_tick(request: HttpRequest, slug: str, step_id: int, data: TickIn) -> OkOut:
    """Done, or open again."""
    plans.step_tick(actor=reader_for(request, slug).actor, step_id=step_id, done=data.done)
    return OkOut()


@router.delete("/w/{slug}/steps/{step_id}", response=OkOut)
def step_remove(request: HttpRequest, slug: str, step_id: int) -> OkOut:
    """Takes a step off the list."""
    plans.step_remove(actor=reader_for(request, slug).actor, step_id=step_id)
    return OkOut()


@router.post("/w/{slug}/steps/{step_id}/restore", response=OkOut)
def step_restore(request: HttpRequest, slug: str, step_id: int) -> OkOut:
    """Undo of taking it off."""
    plans.step_restore(actor=reader_for(request, slug).actor, step_id=step_id)
    return OkOut()


@router.post("/w/{slug}/work-items/{item_id}/comments", response=CreatedOut)
def comment_add(request: HttpRequest, slug: str, item_id: int, data: CommentIn) -> CreatedOut:
    """Says something; whoever is named is told. Idempotent by request_key."""
    actor = reader_for(request, slug).actor
    comment = plans.comment_add(actor=actor, item_id=item_id, text=data.text, mentions=data.mentions, key=data.request_key)
    return CreatedOut(id=comment.pk)


@router.delete("/w/{slug}/comments/{comment_id}", response=OkOut)
def comment_remove(request: HttpRequest, slug: str, comment_id: int) -> OkOut:
    """Takes an own comment back."""
    plans.comment_remove(actor=reader_for(request, slug).actor, comment_id=comment_id)
    return OkOut()


@router.post("/w/{slug}/comments/{comment_id}/restore", response=OkOut)
def comment_restore(request: HttpRequest, slug: str, comment_id: int) -> OkOut:
    """Undo of taking it back."""
    plans.comment_remove(actor=reader_for(request, slug).actor, comment_id=comment_id, removed=False)
    return OkOut()


@router.get("/w/{slug}/plans", response=list[PlanTemplateOut])
def plan_template_list(request: HttpRequest, slug: str) -> list[PlanTemplateOut]:
    """Checklist templates in use."""
    return plan_list.plan_rows(reader=reader_for(request, slug))


@router.post("/w/{slug}/plans", response=PlanTemplateOut)
def plan_template_create(request: HttpRequest, slug: str, data: PlanBody) -> PlanTemplateOut:
    """A template of the workspace's own."""
    reader = reader_for(request, slug)
    return plan_list.plan_out(reader, plans.plan_template_save(actor=reader.actor, spec=data.dict()))


@router.put("/w/{slug}/plans/{code}", response=PlanTemplateOut)
def plan_template_save(request: HttpRequest, slug: str, code: str, data: PlanBody) -> PlanTemplateOut:
    """Changes a template; of a shipped one it keeps the workspace's own version."""
    reader = reader_for(request, slug)
    return plan_list.plan_out(reader, plans.plan_template_save(actor=reader.actor, spec=data.dict(), code=code))


@router.delete("/w/{slug}/plans/{code}", response=OkOut)
def plan_template_archive(request: HttpRequest, slug: str, code: str) -> OkOut:
    """Takes a template out of use."""
    plans.plan_template_archive(actor=reader_for(request, slug).actor, code=code)
    return OkOut()


@router.post("/w/{slug}/plans/{code}/restore", response=OkOut)
def plan_template_restore(request: HttpRequest, slug: str, code: str) -> OkOut:
    """Undo of taking it out of use."""
    plans.plan_template_restore(actor=reader_for(request, slug).actor, code=code)
    return OkOut()


@router.get("/w/{slug}/content-packs", response=list[ContentPackOut])
def content_pack_list(request: HttpRequest, slug: str) -> list[ContentPackOut]:
    """话术 and files in use, as they are written."""
    return plan_list.pack_rows(reader=reader_for(request, slug))


@router.get("/w/{slug}/content-packs/variables", response=VariablesOut)
def content_pack_variables(request: HttpRequest, slug: str) -> VariablesOut:
    """What scripts may say of a customer."""
    reader_for(request, slug).require_customers()
    return VariablesOut(variables=list(VARIABLES))


@router.post("/w/{slug}/content-packs", response=ContentPackOut)
def content_pack_create(request: HttpRequest, slug: str, data: PackBody) -> ContentPackOut:
    """A pack of the workspace's own."""
    reader = reader_for(request, slug)
    return plan_list.pack_one(reader=reader, code=plans.content_pack_save(actor=reader.actor, spec=data.dict()).code)


@router.put("/w/{slug}/content-packs/{code}", response=ContentPackOut)
def content_pack_save(request: HttpRequest, slug: str, code: str, data: PackBody) -> ContentPackOut:
    """Changes a pack; of a shipped one it keeps the workspace's own version."""
    reader = reader_for(request, slug)
    return plan_list.pack_one(reader=reader, code=plans.content_pack_save(actor=reader.actor, spec=data.dict(), code=code).code)


@router.delete("/w/{slug}/content-packs/{code}", response=OkOut)
def content_pack_archive(request: HttpRequest, slug: str, code: str) -> OkOut:
    """Takes a pack out of use."""
    plans.content_pack_archive(actor=reader_for(request, slug).actor, code=code)
    return OkOut()


@router.post("/w/{slug}/content-packs/{code}/restore", response=OkOut)
def content_pack_restore(request: HttpRequest, slug: str, code: str) -> OkOut:
    """Undo of taking it out of use."""
    plans.content_pack_restore(actor=reader_for(request, slug).actor, code=code)
    return OkOut()


@router.post("/w/{slug}/content-packs/{code}/files", response=PackFileOut)
def pack_file_add(request: HttpRequest, slug: str, code: str, file: File[UploadedFile]) -> PackFileOut:
    """Attaches a file of at most 20 MB."""
    actor = reader_for(request, slug).actor
    row = plans.pack_file_add(actor=actor, code=code, name=file.name or "", stream=cast("Readable", file))
    return PackFileOut(id=row.pk, name=row.name, size=row.size)


@router.get("/w/{slug}/pack-files/{file_id}")
def pack_file_get(request: HttpRequest, slug: str, file_id: int) -> HttpResponseBase:
    """The file, as a download."""
    row, path, kind = plans.pack_file_open(actor=reader_for(request, slug).actor, file_id=file_id)
    return FileResponse(path.open("rb"), as_attachment=True, filename=row.name, content_type=kind)


@router.delete("/w/{slug}/pack-files/{file_id}", response=OkOut)
def pack_file_remove(request: HttpRequest, slug: str, file_id: int) -> OkOut:
    """Takes a file off its pack."""
    plans.pack_file_remove(actor=reader_for(request, slug).actor, file_id=file_id)
    return OkOut()


@router.post("/w/{slug}/pack-files/{file_id}/restore", response=OkOut)
def pack_file_restore(request: HttpRequest, slug: str, file_id: int) -> OkOut:
    """Undo of taking it off."""
    plans.pack_file_remove(actor=reader_for(request, slug).actor, file_id=file_id, removed=False)
    return OkOut()
