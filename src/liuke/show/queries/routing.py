"""分派与升级: the plan in force with what rows may name, and where today's alerts would go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from liuke.accounts.domain.roles import PERMISSIONS, Permission, Role
from liuke.accounts.store.models import Membership, Team
from liuke.act.channels import KINDS
from liuke.act.domain.channel import Reach
from liuke.act.store.models import Channel
from liuke.alert.domain.recipients import TOLD_ROLES
from liuke.alert.domain.routing import ALL_CHANNELS, Route, Situation
from liuke.alert.domain.routing_plan import RoutingPlan
from liuke.alert.service import alerts_visible, routing_live, routing_plan, situations_of, staff_of
from liuke.alert.store.models import Alert, AlertPush, Escalation, RoutingVersion
from liuke.show.api.schemas.common import PersonRef
from liuke.show.api.schemas.routing import (
    AlertTrailOut,
    EscalationOut,
    OptionOut,
    PushOut,
    RoutedAlertOut,
    RoutedRowOut,
    RoutingOptionsOut,
    RoutingOut,
    RoutingPlanOut,
    RoutingPreviewOut,
    RoutingVersionOut,
)
from liuke.show.queries.alert_list import customer_ref
from liuke.show.queries.reader import Reader, word
from liuke.signals.domain.reason import Family
from liuke.signals.service import signals_all

SAMPLE = 5
MOST = 20_000
"""Open alerts that a preview looks at."""


def plan_out(plan: RoutingPlan) -> RoutingPlanOut:
    """A plan as the API shows it."""
    return RoutingPlanOut.model_validate(plan.to_plain())


def routing_out(reader: Reader) -> RoutingOut:
    """The plan in force. Raises Forbidden without `publish`."""
    reader.actor.require(Permission.PUBLISH)
    live = routing_live(reader.workspace.pk)
    return RoutingOut(
        number=live.number if live else 0,
        plan=plan_out(routing_plan(reader.workspace)),
        published_by=reader.person(live.published_by_id) if live else None,
        published_at=live.published_at if live else None,
        note=live.note if live else "",
        options=_options(reader),
    )


def version_out(reader: Reader, version: RoutingVersion) -> RoutingVersionOut:
    """A published plan as the API shows it."""
    return RoutingVersionOut(
        number=version.number,
        plan=RoutingPlanOut.model_validate(version.plan),
        published_by=reader.person(version.published_by_id),
        published_at=version.published_at,
        note=version.note,
    )


def channels_usable(workspace_id: int) -> Sequence[Channel]:
    """Configured channels that reach colleagues or a group."""
    rows = Channel.objects.filter(workspace_id=workspace_id).order_by("position", "name")
    return [row for row in rows if row.kind in KINDS and KINDS[row.kind].reaches != {Reach.CUSTOMER}]


def channel_names(workspace_id: int) -> set[str]:
    """What a row may name as a channel; a kind may be named before a channel of it is configured."""
    kinds = {f"kind:{kind.name}" for kind in KINDS.values() if kind.name != "inapp" and kind.reaches != {Reach.CUSTOMER}}
    return kinds | {f"id:{channel.pk}" for channel in channels_usable(workspace_id)}


def _options(reader: Reader) -> RoutingOptionsOut:
    workspace, text = reader.workspace, reader.text
    teams = [OptionOut(value=str(team.pk), label=team.name) for team in Team.objects.filter(workspace=workspace).order_by("name")]
    channels = [OptionOut(value=ALL_CHANNELS, label=text("routing.channels.all"))]
    channels += [OptionOut(value=f"id:{channel.pk}", label=channel.name) for channel in channels_usable(workspace.pk)]
    signals = [OptionOut(value=signal.code, label=f"{signal.code} {text(f'signals.{signal.code}.name')}") for signal in signals_all()]
    families = [OptionOut(value=family.value, label=text(f"routing.family.{family.value}")) for family in Family]
    return RoutingOptionsOut(tell=_told(reader, teams), channels=channels, teams=teams, families=families, signals=signals)


def _told(reader: Reader, teams: Sequence[OptionOut]) -> list[OptionOut]:
    """Whom a row may tell: the owner and who leads them, teams, roles, and people of those roles."""
    text = reader.text
    people = Membership.objects.filter(workspace=reader.workspace, is_active=True).select_related("user").order_by("user__name", "pk")
    tell = [OptionOut(value=who, label=text(f"routing.tell.{who}")) for who in ("owner", "supervisors")]
    tell += [OptionOut(value=f"team:{team.value}", label=text("routing.tell.team", {"team": team.label})) for team in teams]
    tell += [OptionOut(value=f"role:{role.value}", label=text(f"routing.tell.role.{role.value}")) for role in TOLD_ROLES]
    tell += [
        OptionOut(value=f"person:{member.pk}", label=member.user.name or member.user.email)
        for member in people
        if Role(member.role) in TOLD_ROLES
    ]
    return tell


def routing_preview(reader: Reader, plan: RoutingPlan) -> RoutingPreviewOut:
    """Where each of today's open alerts would go, row by row, with the largest five of each."""
    alerts = alerts_visible(reader.actor).filter(status=Alert.Status.OPEN).order_by("-expected_loss", "pk")
    ids = list(alerts.values_list("pk", flat=True)[:MOST])
    found = situations_of(alerts.order_by("pk").filter(pk__in=alerts.values("pk")[:MOST]) if len(ids) == MOST else alerts)
    staff = staff_of(reader.workspace.pk, reader.today)
    told = {key: staff.readers(plan.table.route_of(alert).tell, alert.owner_id, alert.team_id) for key, alert in found.items()}
    by_row = _by_row(plan, [(key, found[key]) for key in ids])
    shown = [key for keys in by_row.values() for key in keys[:SAMPLE]]
    loaded = {alert.pk: alert for alert in Alert.objects.filter(pk__in=shown).select_related("customer")}
    usable = channels_usable(reader.workspace.pk)
    rows = [
        RoutedRowOut(
            row=row,
            alerts=len(keys),
            nobody=sum(not told[key] for key in keys),
            channels=_carriers(plan.table.routes[row], usable),
            sample=[_routed(reader, loaded[key], found[key], told[key]) for key in keys[:SAMPLE]],
        )
        for row, keys in by_row.items()
    ]
    return RoutingPreviewOut(total=len(ids), rows=rows)


def _by_row(plan: RoutingPlan, alerts: Iterable[tuple[int, Situation]]) -> dict[int, list[int]]:
    """The alerts of each row of the plan, in their order."""
    by_row: dict[int, list[int]] = {row: [] for row in range(len(plan.table.routes))}
    for key, situation in alerts:
        by_row[plan.table.row_of(situation)].append(key)
    return by_row


def _carriers(route: Route, usable: Sequence[Channel]) -> list[str]:
    return [channel.name for channel in usable if channel.enabled and route.uses(channel.kind, channel.pk)]


def _routed(reader: Reader, alert: Alert, situation: Situation, told: Sequence[int]) -> RoutedAlertOut:
    customer = alert.customer
    return RoutedAlertOut(
        alert_id=alert.pk,
        customer=customer_ref(customer.pk, customer.key, customer.name, customer.sample_fields),
        level=word(alert.level),
        tier=situation.tier,
        expected_loss=float(alert.expected_loss),
        told=people_of(reader, told),
    )


def people_of(reader: Reader, ids: Sequence[int]) -> list[PersonRef]:
    """Members by id; those who are gone are left out."""
    return [person for person in (reader.person(key) for key in ids) if person is not None]


def alert_trail(reader: Reader, alert: Alert) -> AlertTrailOut:
    """Who was told of a visible alert at once, and the steps of the ladder that it took."""
    pushes = AlertPush.objects.filter(alert=alert, at__lte=reader.now).order_by("at", "pk")
    steps = Escalation.objects.filter(alert=alert, at__lte=reader.now).order_by("at", "step")
    seen = [(reader.person(push.recipient_id), push) for push in pushes]
    return AlertTrailOut(
        pushes=[PushOut(person=person, kind=word(push.kind), at=push.at) for person, push in seen if person is not None],
        escalations=[
            EscalationOut(step=row.step, level=word(row.level), at=row.at, due_at=row.due_at, told=people_of(reader, row.told))
            for row in steps
        ],
    )


def deputies(reader: Reader) -> list[PersonRef]:
    """Active members who may follow up."""
    members = Membership.objects.filter(workspace=reader.workspace, is_active=True).order_by("user__name", "pk").values_list("pk", "role")
    return people_of(reader, [key for key, role in members if Permission.HANDLE in PERMISSIONS[Role(role)]])
