"""分派与升级, 请假与代办, 交接, 断线守护."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router

from liuke.accounts.domain.roles import Permission
from liuke.accounts.service.absences import absence_create as absence_make
from liuke.accounts.service.absences import absence_end, absence_list
from liuke.accounts.store.models import Absence
from liuke.alert import service as alert
from liuke.alert.service import alert_get
from liuke.base.errors import Invalid
from liuke.show.api.gate import reader_for
from liuke.show.api.schemas.common import OkOut, Page, UndoOut
from liuke.show.api.schemas.queries import PageQuery
from liuke.show.api.schemas.routing import (
    AbsenceIn,
    AbsenceOut,
    AbsencesOut,
    AlertTrailOut,
    HandOverIn,
    HandOverOut,
    HandOverPreviewOut,
    RoutingIn,
    RoutingOut,
    RoutingPreviewOut,
    RoutingPublishIn,
    RoutingVersionOut,
    WatchCounts,
    WatchRow,
)
from liuke.show.queries import routing, watch
from liuke.show.queries.handover import hand_over_out, hand_overs_out, preview_out
from liuke.show.queries.reader import Reader
from liuke.show.service.handover import Wanted, hand_over_back, hand_over_run

router = Router(tags=["routing"])


class WatchQuery(PageQuery):
    """A page of 断线守护."""

    reason: str = ""


@router.get("/w/{slug}/routing", response=RoutingOut)
def routing_get(request: HttpRequest, slug: str) -> RoutingOut:
    """The plan in force and what its rows may name."""
    return routing.routing_out(reader_for(request, slug))


@router.post("/w/{slug}/routing/preview", response=RoutingPreviewOut)
def routing_preview(request: HttpRequest, slug: str, data: RoutingIn) -> RoutingPreviewOut:
    """Which of today's open alerts would go where."""
    reader = reader_for(request, slug)
    plan = alert.routing_checked(actor=reader.actor, plan=data.plan, channels=routing.channel_names(reader.workspace.pk))
    return routing.routing_preview(reader, plan)


@router.post("/w/{slug}/routing/publish", response=RoutingOut)
def routing_publish(request: HttpRequest, slug: str, data: RoutingPublishIn) -> RoutingOut:
    """Puts a plan in force."""
    reader = reader_for(request, slug)
    names = routing.channel_names(reader.workspace.pk)
    alert.routing_publish(actor=reader.actor, plan=data.plan, channels=names, based_on=data.based_on, note=data.note)
    return routing.routing_out(reader)


@router.get("/w/{slug}/routing/versions", response=list[RoutingVersionOut])
def routing_version_list(request: HttpRequest, slug: str) -> list[RoutingVersionOut]:
    """What was published, newest first."""
    reader = reader_for(request, slug)
    return [routing.version_out(reader, version) for version in alert.routing_versions(actor=reader.actor)]


@router.get("/w/{slug}/alerts/{alert_id}/trail", response=AlertTrailOut)
def alert_trail(request: HttpRequest, slug: str, alert_id: int) -> AlertTrailOut:
    """Who was told of an alert, and how it was escalated."""
    reader = reader_for(request, slug)
    reader.require_customers()
    return routing.alert_trail(reader, alert_get(actor=reader.actor, alert_id=alert_id))


@router.get("/w/{slug}/absences", response=AbsencesOut)
def absence_index(request: HttpRequest, slug: str) -> AbsencesOut:
    """Present and coming absences as far as the asker may know of them."""
    reader = reader_for(request, slug)
    found = absence_list(actor=reader.actor, since=reader.today)
    return AbsencesOut(items=[_absence(reader, row) for row in found], deputies=routing.deputies(reader))


@router.post("/w/{slug}/absences", response=AbsenceOut)
def absence_create(request: HttpRequest, slug: str, data: AbsenceIn) -> AbsenceOut:
    """Away from, to, and who stands in."""
    reader = reader_for(request, slug)
    member = reader.actor.membership_id if data.member_id is None else data.member_id
    if member is None:
        raise Invalid("people_only")
    row = absence_make(
        actor=reader.actor,
        member_id=member,
        deputy_id=data.deputy_id,
        starts_on=data.starts_on,
        ends_on=data.ends_on,
        today=reader.today,
    )
    return _absence(reader, row)


@router.delete("/w/{slug}/absences/{absence_id}", response=OkOut)
def absence_delete(request: HttpRequest, slug: str, absence_id: int) -> OkOut:
    """Back again, or not going."""
    absence_end(actor=reader_for(request, slug).actor, absence_id=absence_id)
    return OkOut()


def _absence(reader: Reader, row: Absence) -> AbsenceOut:
    member, deputy = routing.people_of(reader, [row.member_id, row.deputy_id])
    is_now = row.starts_on <= reader.today <= row.ends_on
    return AbsenceOut(id=row.pk, member=member, deputy=deputy, starts_on=row.starts_on, ends_on=row.ends_on, is_now=is_now)


def _wanted(data: HandOverIn) -> Wanted:
    return Wanted(data.tiers, data.segments, data.q, data.owner_id, data.team_id)


@router.post("/w/{slug}/people/{person_id}/handover/preview", response=HandOverPreviewOut)
def handover_preview(request: HttpRequest, slug: str, person_id: int, data: HandOverIn) -> HandOverPreviewOut:
    """Which customers would go to whom."""
    return preview_out(reader_for(request, slug), person_id, _wanted(data))


@router.post("/w/{slug}/people/{person_id}/handover", response=HandOverOut)
def handover_run(request: HttpRequest, slug: str, person_id: int, data: HandOverIn) -> HandOverOut:
    """Hands customers over, with open alerts and work."""
    reader = reader_for(request, slug)
    row = hand_over_run(actor=reader.actor, workspace=reader.workspace, member_id=person_id, wanted=_wanted(data))
    return hand_over_out(reader, row)


@router.get("/w/{slug}/handovers", response=list[HandOverOut])
def handover_list(request: HttpRequest, slug: str) -> list[HandOverOut]:
    """The newest hand-overs that stand."""
    return hand_overs_out(reader_for(request, slug))


@router.post("/w/{slug}/handovers/{handover_id}/undo", response=UndoOut)
def handover_undo(request: HttpRequest, slug: str, handover_id: int) -> UndoOut:
    """Gives back what is still where the hand-over put it."""
    reader = reader_for(request, slug)
    reader.actor.require(Permission.PEOPLE)
    return UndoOut(changed=hand_over_back(actor=reader.actor, workspace=reader.workspace, hand_over_id=handover_id), undo_token=None)


@router.get("/w/{slug}/watch", response=Page[WatchRow])
def watch_list(request: HttpRequest, slug: str, wanted: Query[WatchQuery]) -> Page[WatchRow]:
    """断线守护: a page of watched customers."""
    return watch.watch_page(reader=reader_for(request, slug), reason=wanted.reason, cursor=wanted.cursor, limit=wanted.limit)


@router.get("/w/{slug}/watch/counts", response=WatchCounts)
def watch_counts(request: HttpRequest, slug: str) -> WatchCounts:
    """Numbers on the chips."""
    return watch.watch_counts(reader=reader_for(request, slug))
