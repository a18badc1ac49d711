"""Makes the weekly risk report (RPT-01): once per week and slice, kept as it was made, told to those who lead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q, QuerySet, Sum

from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import Membership, Team, Workspace
from liuke.act.channels.inapp import NoticeDraft
from liuke.act.notices.events import Event, events_write
from liuke.act.plans.files import keep
from liuke.act.store.models import Channel
from liuke.alert.service import routing_plan, staff_of
from liuke.alert.store.models import Alert
from liuke.base.times import day_start, local_day
from liuke.learn.store.models import Outcome
from liuke.show.domain.answers import handled
from liuke.show.domain.figures import Figures, from_plain
from liuke.show.domain.weekly import Handled, Leaver, Weekly
from liuke.show.queries.handling import answers_by_owner, last_contacts
from liuke.show.store.models import CustomerCard, DayFigures, WeeklyReport

MOST = 50
"""Likely leavers named in a report."""
LEADERS = (Role.ADMIN.value, Role.OPERATIONS.value)
LEVELS = ("normal", "early", "medium", "high")
LOST = (Outcome.Kind.CHURNED.value, Outcome.Kind.UNSAVEABLE.value)


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


Book = Callable[[Membership, Weekly], bytes]
"""Writes the Excel file of a report for a reader."""


def weekly_make(*, workspace: Workspace, now: datetime, book: Book | None = None) -> int:
    """The reports of the week of `now`, where they are not made yet: of all customers and of each team. How many were made.

    Tells admins and operations of the whole, supervisors of their team, in the transaction that keeps the reports; `book` writes
    the file that their mails carry.
    """
    week = monday_of(local_day(now, workspace.time_zone))
    if (
        WeeklyReport.objects.filter(workspace=workspace, week=week).exists()
        or not CustomerCard.objects.filter(workspace=workspace).exists()
    ):
        return 0
    teams = list(Team.objects.filter(workspace=workspace).order_by("pk").values_list("pk", flat=True))
    reports = [(name, weekly_of(workspace, week, name, now)) for name in ("", *(f"team:{team}" for team in teams))]
    with transaction.atomic():
        rows = [WeeklyReport(workspace=workspace, week=week, slice=name, report=one.to_plain(), made_at=now) for name, one in reports]
        WeeklyReport.objects.bulk_create(rows, ignore_conflicts=True)
        _tell(workspace, week, dict(reports), now, _files(workspace, week, dict(reports), book))
    return len(rows)


def weekly_of(workspace: Workspace, week: date, name: str, now: datetime) -> Weekly:
    """The report of the seven days before `week` for a slice: blank, or `team:3`."""
    zone = workspace.time_zone
    since, until = day_start(week - timedelta(days=7), zone), min(day_start(week, zone), now)
    team = int(name.partition(":")[2]) if name else None
    cards = CustomerCard.objects.filter(workspace=workspace, **({"team_id": team} if team else {}))
    active = cards.filter(status="active")
    before = _figures(workspace, name, week - timedelta(days=7))
    alerts = Alert.objects.filter(workspace=workspace, **({"owner__team_id": team} if team else {}))
    ended = alerts.filter(closed_at__gte=since, closed_at__lt=until).values_list("close_reason").annotate(n=Count("pk"))
    kinds, lost_value = _outcomes(workspace, cards, week)
    return Weekly(
        week=week,
        customers=active.count(),
        levels=_levels(active),
        levels_before=dict(before.levels) if before else {},
        high_value=float(active.filter(level="high").aggregate(total=Sum("annual_value"))["total"] or 0),
        high_value_before=before.high_value if before else None,
        raised=alerts.filter(opened_at__gte=since, opened_at__lt=until).exclude(origin=Alert.Origin.STOCK).count(),
        closed=dict(ended),
        outcomes=kinds,
        lost_value=lost_value,
        handled=_handled(workspace, team, since, until),
        leavers=_leavers(workspace, active),
    )


def _levels(cards: QuerySet[CustomerCard]) -> dict[str, int]:
    counted = dict(cards.order_by().values_list("level").annotate(n=Count("pk")))
    return {level: counted.get(level, 0) for level in LEVELS}


def _figures(workspace: Workspace, name: str, day: date) -> Figures | None:
    near = (
        DayFigures.objects.filter(workspace=workspace, slice=name, day__lte=day, day__gte=day - timedelta(days=3)).order_by("-day").first()
    )
    return from_plain(near.figures) if near else None


def _outcomes(workspace: Workspace, cards: QuerySet[CustomerCard], week: date) -> tuple[dict[str, int], float]:
    rows = Outcome.objects.filter(
        workspace=workspace, customer_id__in=cards.values("pk"), reverted_at=None, occurred_on__gte=week - timedelta(days=7),
        occurred_on__lt=week,
    ).values_list("kind", "customer_id")  # fmt: skip
    gone = [customer for kind, customer in rows if kind in LOST]
    value = CustomerCard.objects.filter(pk__in=gone).aggregate(total=Sum("annual_value"))["total"] or 0
    return dict(Counter(kind for kind, _ in rows)), float(value)


def _handled(workspace: Workspace, team: int | None, since: datetime, until: datetime) -> Handled:
    found = answers_by_owner(workspace, since, until)
    if team is None:
        return handled(found.values())
    members = Membership.objects.filter(workspace=workspace, team_id=team).values_list("pk", flat=True)
    return handled(found[member] for member in members if member in found)


def _leavers(workspace: Workspace, active: QuerySet[CustomerCard]) -> tuple[Leaver, ...]:
    """Those who are alerted, the largest expected loss first."""
    cards = list(active.exclude(level="normal").order_by("-expected_loss", "-score", "pk")[:MOST])
    contacts = last_contacts(workspace, [card.pk for card in cards])
    return tuple(_leaver(workspace, card, contacts) for card in cards)


def _leaver(workspace: Workspace, card: CustomerCard, contacts: Mapping[int, datetime]) -> Leaver:
    reason = next((one for one in card.reasons if one["points"] > 0), None)
    at = contacts.get(card.pk)
    return Leaver(
        card.pk, card.score, card.delta_7d, card.level, card.tier, card.annual_value, card.expected_loss, card.owner_id,
        {"key": reason["key"], "params": reason["params"]} if reason else None,
        local_day(at, workspace.time_zone).isoformat() if at else None,
    )  # fmt: skip


def _files(workspace: Workspace, week: date, reports: Mapping[str, Weekly], book: Book | None) -> Mapping[int, tuple[str, str]]:
    """By leader, the file of the report; one per slice and language, and none where nobody gets mails."""
    mails = Channel.objects.filter(workspace=workspace, enabled=True, kind="email").exists()
    if book is None or not mails or workspace.simulated_as_of is not None:
        return {}
    made: dict[tuple[str, str], tuple[str, str]] = {}
    found: dict[int, tuple[str, str]] = {}
    leaders = Membership.objects.select_related("user").in_bulk([member for member, _, _ in _leaders(workspace)])
    for member, role, team in _leaders(workspace):
        name = f"team:{team}" if role == Role.SUPERVISOR.value else ""
        key = (name, leaders[member].user.language)
        if name in reports and key not in made:
            made[key] = (keep("reports", book(leaders[member], reports[name])), f"liuke-{week.isoformat()}.xlsx")
        if key in made:
            found[member] = made[key]
    return found


def _tell(workspace: Workspace, week: date, reports: Mapping[str, Weekly], now: datetime, files: Mapping[int, tuple[str, str]]) -> None:
    staff = staff_of(workspace.pk, local_day(now, workspace.time_zone))
    told: list[Event] = []
    for member, role, team in _leaders(workspace):
        report = reports.get(f"team:{team}" if role == Role.SUPERVISOR.value else "")
        reader = staff.reader(member)
        if report is None or reader is None:
            continue
        params = {"high": report.levels["high"], "n": len(report.leavers), "day": week.isoformat()}
        told.append(
            Event(
                NoticeDraft(reader, "notices.weekly", f"weekly:{week}:{reader}", params, f"/reports/{week}"),
                "report",
                once=f"weekly:{week}",
                file=files.get(member, ("", "")),
            )
        )
    events_write(workspace, routing_plan(workspace), told, at=now)


def _leaders(workspace: Workspace) -> Sequence[tuple[int, str, int | None]]:
    """Who sees everything first: a channel that leads to one fixed place carries the first message alone."""
    leads = Q(role__in=LEADERS) | Q(role=Role.SUPERVISOR.value, team__isnull=False)
    rows = Membership.objects.filter(leads, workspace=workspace, is_active=True).order_by("pk").values_list("pk", "role", "team_id")
    return sorted(rows, key=lambda row: row[1] == Role.SUPERVISOR.value)
