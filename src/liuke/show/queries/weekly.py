"""The weekly risk report as a reader sees it: of their slice, in their language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from liuke.accounts.domain.roles import Permission, Role, Scope
from liuke.accounts.service import EXPORTED, audit_record
from liuke.accounts.store.auth import actor_of_member
from liuke.accounts.store.models import Membership, Workspace
from liuke.base.errors import Forbidden, NotFound
from liuke.facts.store.models import Customer
from liuke.show.api.schemas.team import LeaverOut, ReportOut, ReportRow
from liuke.show.domain.weekly import Leaver, Weekly, weekly_from_plain
from liuke.show.queries.alert_list import customer_ref
from liuke.show.queries.reader import Reader, word
from liuke.show.queries.team_board import handled_out
from liuke.show.reports.weekly_book import weekly_book
from liuke.show.service.weekly import LEADERS, LOST, monday_of, weekly_of
from liuke.show.store.models import WeeklyReport

WEEKS = 60


def slice_led(reader: Reader) -> str:
    """The slice whose report the reader gets, today perhaps as a deputy. Raises Forbidden for those who lead nobody."""
    reader.require_customers()
    actor = reader.actor
    if actor.scope is Scope.ALL:
        return ""
    if actor.scope is Scope.TEAM and actor.team_id is not None:
        return f"team:{actor.team_id}"
    led = Membership.objects.filter(pk__in=actor.stands_in, is_active=True).order_by("pk").values_list("role", "team_id")
    if any(role in LEADERS for role, _ in led):
        return ""
    team = next((team for role, team in led if role == Role.SUPERVISOR.value and team is not None), None)
    if team is not None:
        return f"team:{team}"
    raise Forbidden("forbidden", permission=Permission.EXPORT.value)


def reports_out(*, reader: Reader) -> list[ReportRow]:
    """The weeks that were reported, newest first."""
    rows = WeeklyReport.objects.filter(workspace=reader.workspace, slice=slice_led(reader), week__lte=reader.today).order_by("-week")[
        :WEEKS
    ]
    return [_line(row, weekly_from_plain(row.report)) for row in rows]


def _line(row: WeeklyReport, report: Weekly) -> ReportRow:
    lost = sum(report.outcomes.get(kind, 0) for kind in LOST)
    return ReportRow(week=row.week, made_at=row.made_at, high=report.levels["high"], raised=report.raised, lost=lost)


def report_out(*, reader: Reader, week: date | None) -> ReportOut:
    """The report of a week; None = counted now, for the seven days until today. Raises NotFound."""
    name = slice_led(reader)
    if week is None:
        live = weekly_of(reader.workspace, reader.today, name, reader.now)
        return _out(reader, live, None)
    row = WeeklyReport.objects.filter(workspace=reader.workspace, slice=name, week=monday_of(week)).first()
    if row is None:
        raise NotFound("report_not_found", week=week.isoformat())
    return _out(reader, weekly_from_plain(row.report), row)


def report_book(*, reader: Reader, week: date | None) -> bytes:
    """The same as an Excel file. Needs `export`; audited."""
    reader.actor.require(Permission.EXPORT)
    found = report_out(reader=reader, week=week)
    audit_record(actor=reader.actor, action=EXPORTED, object_type="report", object_id=found.week.isoformat())
    return weekly_book(reader, found)


def report_file(workspace: Workspace, member: Membership, report: Weekly, now: datetime) -> bytes:
    """The Excel file of a report as a leader would download it, for the mail that tells of it."""
    actor = actor_of_member(member)
    reader = Reader(actor, workspace, now, actor.language)
    return weekly_book(reader, _out(reader, report, None))


def _out(reader: Reader, report: Weekly, row: WeeklyReport | None) -> ReportOut:
    customers = Customer.objects.filter(workspace=reader.workspace).in_bulk([one.customer_id for one in report.leavers])
    return ReportOut(
        week=report.week, since=report.week - timedelta(days=7), until=report.week - timedelta(days=1),
        made_at=row.made_at if row else reader.now, is_live=row is None, customers=report.customers, levels=dict(report.levels),
        levels_before=dict(report.levels_before), high_value=report.high_value, high_value_before=report.high_value_before,
        raised=report.raised, closed=dict(report.closed), outcomes=dict(report.outcomes), lost_value=report.lost_value,
        handled=handled_out(report.handled),
        leavers=[_leaver(reader, one, customers) for one in report.leavers if one.customer_id in customers],
    )  # fmt: skip


def _leaver(reader: Reader, one: Leaver, customers: Mapping[int, Customer]) -> LeaverOut:
    customer = customers[one.customer_id]
    return LeaverOut(
        customer=customer_ref(customer.pk, customer.key, customer.name, customer.sample_fields), owner=reader.person(one.owner_id),
        score=one.score, change=one.change, level=word(one.level), tier=word(one.tier), annual_value=one.annual_value,
        expected_loss=one.expected_loss, reason=reader.reason(one.reason) if one.reason else "",
        last_contact=date.fromisoformat(one.last_contact) if one.last_contact else None,
    )  # fmt: skip
