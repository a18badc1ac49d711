"""团队(晨会), the day's list, the weekly report."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from ninja import Router

from liuke.alert.service.capacity import efforts_change, minutes_change
from liuke.show.api.gate import reader_for
from liuke.show.api.schemas.team import DayOut, EffortsIn, MinutesIn, ReportOut, ReportRow, SilentRow, TeamBoard
from liuke.show.queries.team_board import silent_out, team_out
from liuke.show.queries.team_day import day_out
from liuke.show.queries.weekly import report_book, report_out, reports_out

router = Router(tags=["team"])
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/w/{slug}/team-board", response=TeamBoard)
def team_board(request: HttpRequest, slug: str) -> TeamBoard:
    """Per person: open, overdue, silent high-value customers, answers and verdicts of 30 days."""
    return team_out(reader=reader_for(request, slug))


@router.get("/w/{slug}/team-board/silent", response=list[SilentRow])
def team_silent(request: HttpRequest, slug: str, owner: int | None = None) -> list[SilentRow]:
    """High-value customers without contact for 30 days."""
    return silent_out(reader=reader_for(request, slug), owner=owner)


@router.get("/w/{slug}/team-board/day", response=DayOut)
def team_day(request: HttpRequest, slug: str, own: bool = False) -> DayOut:
    """BEY-11: the best list for the hours that everybody has today, and what was left out."""
    return day_out(reader=reader_for(request, slug), own=own)


@router.put("/w/{slug}/team-board/efforts", response=DayOut)
def team_efforts(request: HttpRequest, slug: str, data: EffortsIn) -> DayOut:
    """Minutes per customer and per day."""
    reader = reader_for(request, slug)
    efforts_change(actor=reader.actor, efforts=data.model_dump())
    return day_out(reader=reader)


@router.put("/w/{slug}/team-board/members/{member_id}/minutes", response=DayOut)
def team_minutes(request: HttpRequest, slug: str, member_id: int, data: MinutesIn) -> DayOut:
    """A person's minutes per working day."""
    reader = reader_for(request, slug)
    minutes_change(actor=reader.actor, member_id=member_id, minutes=data.minutes)
    return day_out(reader=reader)


@router.get("/w/{slug}/reports", response=list[ReportRow])
def report_list(request: HttpRequest, slug: str) -> list[ReportRow]:
    """The weeks that were reported."""
    return reports_out(reader=reader_for(request, slug))


@router.get("/w/{slug}/reports/now", response=ReportOut)
def report_now(request: HttpRequest, slug: str) -> ReportOut:
    """The seven days until today, counted now."""
    return report_out(reader=reader_for(request, slug), week=None)


@router.get("/w/{slug}/reports/now.xlsx")
def report_now_book(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as Excel."""
    return _book(report_book(reader=reader_for(request, slug), week=None), "now")


@router.get("/w/{slug}/reports/{week}", response=ReportOut)
def report_get(request: HttpRequest, slug: str, week: date) -> ReportOut:
    """The report of a week, as it was made."""
    return report_out(reader=reader_for(request, slug), week=week)


@router.get("/w/{slug}/reports/{week}/file.xlsx")
def report_get_book(request: HttpRequest, slug: str, week: date) -> HttpResponse:
    """The same as Excel."""
    return _book(report_book(reader=reader_for(request, slug), week=week), week.isoformat())


def _book(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=EXCEL, headers={"Content-Disposition": f'attachment; filename="liuke-weekly-{name}.xlsx"'})
