"""团队(晨会) (RPT-03): per person what is open, overdue and silent, and how alerts were answered."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db.models import Count

from liuke.accounts.domain.roles import Role, Scope
from liuke.accounts.store.models import Membership
from liuke.act.store.models import WorkItem
from liuke.act.tasks.items import OPEN
from liuke.alert.service import staff_of
from liuke.alert.store.models import Alert
from liuke.base.errors import NotFound
from liuke.facts.store.models import Customer
from liuke.show.api.schemas.common import PersonRef
from liuke.show.api.schemas.rules import ShareOut
from liuke.show.api.schemas.team import HandledOut, SilentRow, TeamBoard, TeamRow
from liuke.show.domain.answers import Answers, handled
from liuke.show.domain.weekly import Handled, precision
from liuke.show.queries.alert_list import customer_ref
from liuke.show.queries.customer_list import cards_in_scope
from liuke.show.queries.handling import NOBODY, answers_by_owner, last_contacts
from liuke.show.queries.reader import Reader, word
from liuke.show.store.models import CustomerCard
from liuke.stats.proportion import wilson

DAYS = 30
SILENT_DAYS = 30
MOST_SILENT = 100
_OWNS = (Role.ADMIN.value, Role.OPERATIONS.value, Role.SUPERVISOR.value, Role.MANAGER.value)


def members_led(reader: Reader) -> list[Membership]:
    """The active people whose work the reader may see: everybody, the own team, or oneself. Analysts and IT own no work."""
    reader.require_customers()
    actor = reader.actor
    rows = Membership.objects.filter(workspace=reader.workspace, is_active=True, role__in=_OWNS).order_by("team__name", "user__name", "pk")
    if actor.scope is Scope.ALL:
        return list(rows)
    if actor.scope is Scope.TEAM and actor.team_id is not None:
        return list(rows.filter(team_id=actor.team_id))
    return [row for row in rows if row.pk == actor.membership_id]


def team_out(*, reader: Reader) -> TeamBoard:
    """The morning board."""
    members = members_led(reader)
    ids = [member.pk for member in members]
    staff = staff_of(reader.workspace.pk, reader.today)
    levels = _open_levels(reader)
    late = WorkItem.objects.filter(workspace=reader.workspace, status__in=OPEN, due_at__lt=reader.now)
    overdue = dict(late.order_by().values_list("owner_id").annotate(n=Count("pk")))
    owned = dict(Customer.objects.filter(workspace=reader.workspace).order_by().values_list("owner_id").annotate(n=Count("pk")))
    silent = Counter(card.owner_id for card in _silent(reader))
    answers = answers_by_owner(reader.workspace, reader.now - timedelta(days=DAYS), reader.now)
    rows = [
        TeamRow(
            person=known(reader, member), away=staff.reader(member) != member, customers=owned.get(member, 0),
            open={level: levels[member].get(level, 0) for level in ("high", "medium", "early")}, overdue=overdue.get(member, 0),
            silent=silent[member], handled=handled_out(handled([answers.get(member, Answers())])),
        )
        for member in ids
    ]  # fmt: skip
    sees_all = reader.actor.scope is Scope.ALL
    counted = [answers[one] for one in (*ids, *([NOBODY] if sees_all else ())) if one in answers]
    unowned = sum(levels[None].values()) if sees_all else 0
    return TeamBoard(as_of=reader.now, days=DAYS, silent_days=SILENT_DAYS, rows=rows, total=handled_out(handled(counted)), unowned=unowned)


def _open_levels(reader: Reader) -> defaultdict[int | None, dict[str, int]]:
    """How many open alerts of each level everybody has; None: nobody's."""
    levels: defaultdict[int | None, dict[str, int]] = defaultdict(dict)
    opened = Alert.objects.filter(workspace=reader.workspace, status=Alert.Status.OPEN)
    for owner, level, count in opened.order_by().values_list("owner_id", "level").annotate(n=Count("pk")):
        levels[owner][level] = count
    return levels


def known(reader: Reader, member: int) -> PersonRef:
    """A member of the workspace by id."""
    found = reader.person(member)
    if found is None:
        raise NotFound("person_not_found", person=member)
    return found


def handled_out(found: Handled) -> HandledOut:
    """Figures with the precision that the verdicts give."""
    hits, judged = precision(found.verdicts)
    low, high = wilson(hits, judged)
    return HandledOut(
        told=found.told, answered=found.answered, median_hours=found.median_hours, in_time=found.in_time,
        with_deadline=found.with_deadline, escalated=found.escalated, verdicts=dict(found.verdicts),
        precision=ShareOut(value=hits / judged, low=low, high=high, n=judged) if judged else None,
    )  # fmt: skip


def _silent(reader: Reader) -> list[CustomerCard]:
    """High-value customers in the reader's scope without contact from either side, the largest first."""
    since = reader.now - timedelta(days=SILENT_DAYS)
    cards = list(cards_in_scope(reader.actor, "all").filter(tier="high", status="active").order_by("-annual_value", "pk"))
    contacts = last_contacts(reader.workspace, [card.pk for card in cards])
    return [card for card in cards if card.pk not in contacts or contacts[card.pk] < since]


def silent_out(*, reader: Reader, owner: int | None) -> list[SilentRow]:
    """They by name, at most a hundred; `owner` narrows to one person whom the reader leads."""
    reader.require_customers()
    if owner is not None and owner not in {member.pk for member in members_led(reader)}:
        raise NotFound("person_not_found", person=owner)
    cards = [card for card in _silent(reader) if owner is None or card.owner_id == owner][:MOST_SILENT]
    contacts = last_contacts(reader.workspace, [card.pk for card in cards])
    return list(_silent_rows(reader, cards, contacts))


def _silent_rows(reader: Reader, cards: Iterable[CustomerCard], contacts: Mapping[int, datetime]) -> Iterable[SilentRow]:
    customers = Customer.objects.in_bulk([card.pk for card in cards])
    for card in cards:
        customer = customers[card.pk]
        yield SilentRow(
            customer=customer_ref(customer.pk, customer.key, customer.name, customer.sample_fields), owner=reader.person(card.owner_id),
            score=card.score, level=word(card.level), annual_value=card.annual_value, last_contact_at=contacts.get(card.pk),
        )  # fmt: skip
