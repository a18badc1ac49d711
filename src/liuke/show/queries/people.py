"""People, teams, keys and the audit trail, as the API shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Count

from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import Invited, Person, owners_list, people_list, team_list
from liuke.accounts.store.models import ApiKey, AuditEntry, Membership, Team, Workspace
from liuke.base.words import catalogue
from liuke.facts.store.models import Customer
from liuke.show.api.schemas.accounts import ApiKeyOut, AuditOut, PersonInvitedOut, PersonOut, TeamOut
from liuke.show.api.schemas.common import Page, PersonRef
from liuke.show.queries.paging import count_capped, cursor_read, limit_of, page, sort_of
from liuke.show.queries.reader import Reader, word


def person_out(person: Person, customers: int) -> PersonOut:
    """A member with their account."""
    member = person.membership
    return PersonOut(
        id=member.pk,
        user_id=member.user_id,
        name=member.user.name,
        email=member.user.email,
        phone=member.user.phone,
        role=word(member.role),
        team_id=member.team_id,
        team=member.team.name if member.team else None,
        is_active=member.is_active,
        invited=person.invited,
        customers=customers,
    )


def customers_owned(workspace: Workspace, owner_id: int | None = None) -> Mapping[int, int]:
    """Number of customers by owner."""
    customers = Customer.objects.filter(workspace=workspace, owner__isnull=False)
    if owner_id is not None:
        customers = customers.filter(owner_id=owner_id)
    return dict(customers.order_by().values_list("owner_id").annotate(n=Count("pk")))


def people(reader: Reader) -> list[PersonOut]:
    """Everybody in the workspace. Raises Forbidden without `people`."""
    found, owned = people_list(actor=reader.actor), customers_owned(reader.workspace)
    return [person_out(person, owned.get(person.membership.pk, 0)) for person in found]


def one_person(reader: Reader, person: Person) -> PersonOut:
    """One member, counted anew."""
    pk = person.membership.pk
    return person_out(person, customers_owned(reader.workspace, pk).get(pk, 0))


def invited_out(reader: Reader, invited: Invited, public_url: str) -> PersonInvitedOut:
    """The person with the link that is shown once; blank where none is needed."""
    url = f"{public_url}/invite/{invited.token}" if invited.token else ""
    return PersonInvitedOut(person=one_person(reader, invited.person), invite_url=url)


def member_ref(member: Membership) -> PersonRef:
    """A member with team."""
    return PersonRef(id=member.pk, name=member.user.name or member.user.email, team=member.team.name if member.team else None)


def owners(reader: Reader) -> list[PersonRef]:
    """People whose work the reader may see."""
    return [member_ref(member) for member in owners_list(actor=reader.actor)]


def team_out(team: Team, members: Sequence[PersonRef]) -> TeamOut:
    """A team with its active people."""
    return TeamOut(id=team.pk, name=team.name, members=list(members))


def teams(reader: Reader) -> list[TeamOut]:
    """Teams with their active people, by name; two queries."""
    members: dict[int, list[PersonRef]] = {}
    active = Membership.objects.filter(workspace=reader.workspace, is_active=True, team__isnull=False)
    for member in active.select_related("user", "team").order_by("user__name", "pk"):
        members.setdefault(member.team_id or 0, []).append(member_ref(member))
    return [team_out(team, members.get(team.pk, [])) for team in team_list(actor=reader.actor)]


def api_key_out(reader: Reader, key: ApiKey) -> ApiKeyOut:
    """A key without its secret."""
    maker = reader.person(key.created_by_id)
    return ApiKeyOut(
        id=key.pk,
        name=key.name,
        prefix=key.prefix,
        scopes=key.scopes,
        origins=key.origins,
        created_by=maker.name if maker else None,
        created_at=key.created_at,
        last_used_at=key.last_used_at,
        revoked_at=key.revoked_at,
    )


def audit_page(*, reader: Reader, action: str, actor: str, cursor: str, limit: int) -> Page[AuditOut]:
    """The trail, newest first; `actor` is `user:7` or `key:3`. Raises Forbidden without `audit`."""
    reader.actor.require(Permission.AUDIT)
    sort, size = sort_of("-id", {"id": "id"}), limit_of(limit)
    wanted = {name: value for name, value in (("action", action), ("actor", actor)) if value}
    entries = AuditEntry.objects.filter(workspace=reader.workspace, **wanted)
    before = cursor_read(cursor, sort.text)
    total = (before.total, before.capped) if before else count_capped(entries)
    found = page([entries], sort, before, size, total=total)
    rows = [audit_out(reader, entry) for entry in found.rows]
    return Page(items=rows, next_cursor=found.next_cursor, total=total[0], total_is_capped=total[1])


def audit_out(reader: Reader, entry: AuditEntry) -> AuditOut:
    """One line; an action or an object without words of its own shows by name."""
    return AuditOut(
        id=entry.pk,
        at=entry.at,
        actor=entry.actor,
        actor_name=entry.actor_name,
        action=entry.action,
        action_text=_word(reader, "audit", entry.action),
        object_type=entry.object_type,
        object_text=_word(reader, "audited", entry.object_type),
        object_id=entry.object_id,
        detail=entry.detail,
    )


def _word(reader: Reader, group: str, name: str) -> str:
    key = f"{group}.{name}"
    return reader.text(key) if key in catalogue("zh-CN") else name
