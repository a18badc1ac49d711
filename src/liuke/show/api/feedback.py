"""What customers say of us: surveys into the profile, exit interviews, pain points handed to teams (FBK-01, FBK-02, FBK-03)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import EXPORTED, audit_personal
from liuke.act.surveys.service import survey_link
from liuke.learn.domain.interview import answers_of
from liuke.learn.service.interviews import EXIT, interview_fill, interview_link, interviews_visible
from liuke.show.api.gate import reader_for
from liuke.show.api.imports import download
from liuke.show.api.schemas.common import Page
from liuke.show.api.schemas.feedback import (
    FeedbackLinkIn,
    FeedbackLinkOut,
    FeedbackOut,
    InterviewFigures,
    InterviewIn,
    InterviewOut,
    InterviewsQuery,
    PainOut,
    PainQuery,
    PainsOut,
    PainTicketIn,
)
from liuke.show.api.team import EXCEL
from liuke.show.queries import feedback
from liuke.show.reports.interviews_book import interviews_book
from liuke.show.service.pains import pain_hand_over

router = Router(tags=["feedback"])


@router.get("/w/{slug}/customers/{customer_id}/feedback", response=FeedbackOut)
def feedback_get(request: HttpRequest, slug: str, customer_id: int) -> FeedbackOut:
    """A customer's answers to surveys and ratings, with their trend."""
    return feedback.feedback_out(reader_for(request, slug), customer_id)


@router.post("/w/{slug}/customers/{customer_id}/feedback-link", response=FeedbackLinkOut)
def feedback_link(request: HttpRequest, slug: str, customer_id: int, data: FeedbackLinkIn) -> FeedbackLinkOut:
    """A link to a survey or the exit interview for this customer, to be sent by hand."""
    actor = reader_for(request, slug).actor
    if data.what == EXIT:
        return FeedbackLinkOut(url=interview_link(actor=actor, customer_id=customer_id))
    return FeedbackLinkOut(url=survey_link(actor=actor, customer_id=customer_id, scale=data.what, contact_id=data.contact_id))


@router.post("/w/{slug}/customers/{customer_id}/exit-interview", response=InterviewOut)
def interview_write(request: HttpRequest, slug: str, customer_id: int, data: InterviewIn) -> InterviewOut:
    """离开访谈 as a colleague heard it; its cause becomes that of the registered loss."""
    reader = reader_for(request, slug)
    answers = answers_of(data.model_dump(exclude={"request_key"}))
    made = interview_fill(actor=reader.actor, customer_id=customer_id, answers=answers, key=data.request_key)
    return feedback.interview_out(reader, interviews_visible(reader.actor).get(pk=made.pk))


@router.get("/w/{slug}/exit-interviews", response=Page[InterviewOut])
def interview_list(request: HttpRequest, slug: str, wanted: Query[InterviewsQuery]) -> Page[InterviewOut]:
    """Interviews of visible customers, newest first."""
    return feedback.interviews_page(reader_for(request, slug), wanted)


@router.get("/w/{slug}/exit-interviews/figures", response=InterviewFigures)
def interview_figures(request: HttpRequest, slug: str) -> InterviewFigures:
    """What they say by cause, with intervals; and the questions of the form."""
    return feedback.interview_figures(reader_for(request, slug))


@router.get("/w/{slug}/exit-interviews/file.xlsx")
def interview_export(request: HttpRequest, slug: str) -> HttpResponse:
    """All of them as an Excel workbook; audited."""
    reader = reader_for(request, slug)
    reader.actor.require(Permission.EXPORT)
    reader.require_customers()
    rows = list(interviews_visible(reader.actor)[:5_000])
    audit_personal(actor=reader.actor, action=EXPORTED, object_type="customer", object_ids={row.customer_id for row in rows})
    return HttpResponse(interviews_book(reader, rows), content_type=EXCEL, headers=download("liuke-exit-interviews.xlsx"))


@router.get("/w/{slug}/pain-points", response=PainsOut)
def pain_list(request: HttpRequest, slug: str, wanted: Query[PainQuery]) -> PainsOut:
    """Topics that customers complain of, with customers and money."""
    return feedback.pains_out(reader_for(request, slug), wanted.days)


@router.post("/w/{slug}/pain-points/ticket", response=PainOut)
def pain_ticket(request: HttpRequest, slug: str, data: PainTicketIn) -> PainOut:
    """Hands a topic to a team as one ticket that names its customers."""
    reader = reader_for(request, slug)
    ticket = pain_hand_over(reader=reader, topic=data.topic, team_id=data.team_id, days=data.days, key=data.request_key)
    found = next(one for one in feedback.pains_out(reader, data.days).items if one.topic == data.topic)
    return found.model_copy(update={"ticket_id": ticket.pk})
