"""Rows by API: `POST /api/v1/<entity>`. Raw bodies, read by msgspec: the answer comes when the rows are durable."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from ninja import Router

from liuke.accounts.service import ingest_allow, track_allow
from liuke.accounts.store.auth import Visit, sender_for
from liuke.align.service.api_rows import BY_API, rows_check
from liuke.base.errors import Invalid
from liuke.connect.domain.activity import activities_read
from liuke.connect.domain.bodies import form_of, request_key, unpacked
from liuke.connect.domain.kept import Kept, pack
from liuke.connect.domain.wire import Form, Rejected
from liuke.connect.service.accepting import Sending, is_sender, rows_accept, sender_check, sent_batch
from liuke.connect.service.backlog import backlog_allow
from liuke.facts.service.known import known_only, without_erased
from liuke.learn.service.outcome_rows import outcomes_take
from liuke.show.api.errors import reader_language
from liuke.show.api.ingest_docs import documented
from liuke.show.api.schemas.ingest import IngestOut, SentBatchOut
from liuke.show.queries.sending import ingest_out, rejected_out, sent_batch_out

router = Router(tags=["ingest"])
SOURCE = "api"
"""The source of rows whose sender names none."""
View = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True, slots=True)
class Request:
    """A request whose sender may send, its body unpacked."""

    visit: Visit
    source: str
    body: bytes
    form: Form
    key: str | None

    @property
    def pages_only(self) -> bool:
        """Whether the key is one of pages."""
        return not is_sender(self.visit.actor)


def taken(request: HttpRequest, *, pages: bool = False) -> Request:
    """Who sends what. Raises as the parts of it: unknown workspace, no permission, too many, too much waiting, unreadable."""
    visit = sender_for(request)
    sender_check(visit.actor, pages=pages)
    ingest_allow(actor=visit.actor)
    if not is_sender(visit.actor):
        track_allow(actor=visit.actor)
    backlog_allow(workspace_id=visit.workspace.pk)
    form = form_of(request.content_type or "")
    body = unpacked(request.body, request.headers.get("Content-Encoding", ""))
    return Request(visit, request.GET.get("source", SOURCE), body, form, request_key(request.headers.get("Idempotency-Key")))


def _digest(found: Request) -> str:
    return hashlib.sha256(found.body).hexdigest()


def _activities(found: Request) -> Sending:
    read = activities_read(found.body, found.form, pages=found.pages_only)
    read = without_erased(read, workspace_id=found.visit.workspace.pk)
    if found.pages_only:
        read = known_only(read, workspace_id=found.visit.workspace.pk)
    packed = pack(Kept(read.raw, read.form))
    return Sending("activities", found.source, packed, _digest(found), len(read.rows), read.rejected, found.key)


def _entity(name: str) -> Callable[[Request], Sending]:
    def take(found: Request) -> Sending:
        zone = found.visit.workspace.time_zone
        checked = rows_check(entity=name, body=found.body, form=found.form, source=found.source, zone=zone)
        packed = pack(Kept(checked.raw, Form.ARRAY))
        return Sending(name, found.source, packed, _digest(found), checked.accepted, checked.rejected, found.key)

    return take


def _outcomes(found: Request) -> Sending:
    visit = found.visit
    return outcomes_take(actor=visit.actor, workspace=visit.workspace, source=found.source, body=found.body, form=found.form, key=found.key)


def _answer(request: HttpRequest, found: Request, sending: Sending) -> HttpResponse:
    """202 once the rows are durable. All or nothing with `?atomic=1`; nothing to take is an error."""
    atomic = request.GET.get("atomic") in {"1", "true"}
    if sending.rejected and (atomic or not sending.accepted):
        raise _refusal("ingest_atomic" if atomic else "ingest_all_rejected", sending.rejected, reader_language(request))
    batch, is_new = rows_accept(actor=found.visit.actor, sending=sending)
    language = reader_language(request) if sending.rejected else ""
    headers = {} if is_new else {"Idempotent-Replayed": "true"}
    return HttpResponse(ingest_out(batch, language).model_dump_json(), status=202, content_type="application/json", headers=headers)


def _refusal(code: str, rejected: Sequence[Rejected], language: str) -> Invalid:
    told = rejected_out([each.to_data() for each in rejected], language)
    return Invalid(code, faults=[{"where": f"{each.index}.{each.field}".rstrip("."), "message": each.reason} for each in told])


def _view(name: str, take: Callable[[Request], Sending]) -> View:
    """The view of `POST /<name>`."""

    def ingest(request: HttpRequest) -> HttpResponse:
        found = taken(request, pages=name == "activities")
        return _answer(request, found, take(found))

    ingest.__name__, ingest.__doc__ = f"{name}_ingest", documented(name).summary
    return ingest


_TAKERS: dict[str, Callable[[Request], Sending]] = {
    "activities": _activities,
    **{name: _entity(name) for name in BY_API},
    "outcomes": _outcomes,
}
for _name, _take in _TAKERS.items():
    router.post(f"/{_name}", response={202: IngestOut}, openapi_extra=documented(_name).openapi)(_view(_name, _take))


@router.get("/batches/{batch_id}", response=SentBatchOut)
def sent_batch_get(request: HttpRequest, batch_id: int) -> SentBatchOut:
    """What became of a request: waiting, applied with its counts, or failed."""
    actor = sender_for(request).actor
    return sent_batch_out(sent_batch(actor=actor, batch_id=batch_id), reader_language(request))
