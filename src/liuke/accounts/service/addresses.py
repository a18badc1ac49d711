"""Colleagues' ids in WeCom, DingTalk and Feishu: by hand in 成员与权限, or from a roster; messages, clicks and log-ins go by them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.addresses import HEADERS, LONGEST, address_folded, address_is_fine
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service.audit import audit_record
from liuke.accounts.store.models import Membership, StaffAddress
from liuke.base.errors import Conflict, Invalid, NotFound
from liuke.base.faults import Faults

MOST_ROWS = 5000
KINDS = tuple(StaffAddress.Kind.values)


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One line of a roster that can be applied: `changes` by kind, an empty one is left as it is."""

    line: int
    membership_id: int
    name: str
    changes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RosterReject:
    """A line that cannot be applied. `code` names `errors.<code>`."""

    line: int
    code: str
    got: str


@dataclass(frozen=True, slots=True)
class Roster:
    """What a roster would do."""

    lines: tuple[RosterLine, ...]
    rejects: tuple[RosterReject, ...]
    same: int
    """Lines that change nothing."""


@dataclass(slots=True)
class _Judge:
    """Judges one line of a roster after the other: a person stands in it once, an id belongs to one person."""

    members: Mapping[str, Membership]
    """By e-mail in lower case."""
    present: Mapping[tuple[int, str], str]
    """Ids as they are, by membership and kind."""
    owners: dict[tuple[str, str], int]
    """Whose an id is, by kind and folded id; the lines judged so far included."""
    seen: set[int] = field(default_factory=set)

    def line(self, number: int, row: Mapping[str, str]) -> RosterLine | RosterReject:
        """What a line would do, perhaps nothing, or why it cannot be applied."""
        email = row.get("email", "")
        member = self.members.get(email.lower())
        if member is None:
            return RosterReject(number, "roster_unknown", email)
        given = {kind: row[kind] for kind in KINDS if row.get(kind)}
        fault = self._fault(member, given)
        if fault:
            return RosterReject(number, fault, email)
        self.seen.add(member.pk)
        self.owners |= {(kind, address_folded(kind, address)): member.pk for kind, address in given.items()}
        changes = {kind: address for kind, address in given.items() if self.present.get((member.pk, kind)) != address}
        return RosterLine(number, member.pk, member.user.name, changes)

    def _fault(self, member: Membership, given: Mapping[str, str]) -> str:
        if member.pk in self.seen:
            return "roster_twice"
        if not given:
            return "roster_empty"
        if not all(address_is_fine(address) for address in given.values()):
            return "staff_address"
        taken = any(self.owners.get((kind, address_folded(kind, address)), member.pk) != member.pk for kind, address in given.items())
        return "staff_address_taken" if taken else ""


def staff_address(membership_id: int, kind: str) -> str:
    """The id of a member at a vendor; empty where there is none."""
    return StaffAddress.objects.filter(membership_id=membership_id, kind=kind).values_list("address", flat=True).first() or ""


def staff_by_address(*, workspace_id: int, kind: str, address: str) -> Membership | None:
    """The active member of that id, if the person may log in at all."""
    rows = StaffAddress.objects.filter(workspace_id=workspace_id, kind=kind, folded=address_folded(kind, address))
    found = rows.filter(membership__is_active=True, membership__user__is_active=True).select_related("membership__user").first()
    return found.membership if found else None


def staff_addresses_list(*, actor: Actor) -> dict[int, dict[str, str]]:
    """All ids by membership and kind. Raises Forbidden without `people`."""
    actor.require(Permission.PEOPLE)
    found: dict[int, dict[str, str]] = {}
    for row in StaffAddress.objects.filter(workspace_id=actor.workspace_id):
        found.setdefault(row.membership_id, {})[row.kind] = row.address
    return found


def staff_addresses_set(*, actor: Actor, membership_id: int, addresses: Mapping[str, str]) -> dict[str, str]:
    """Set ids of a member by kind; an empty one removes it. Raises Invalid("staff_address"), Conflict("staff_address_taken"), NotFound."""
    actor.require(Permission.PEOPLE)
    member = Membership.objects.filter(pk=membership_id, workspace_id=actor.workspace_id).first()
    if member is None:
        raise NotFound("person_not_found", person=membership_id)
    faults = Faults()
    for kind, address in addresses.items():
        faults.unless(kind in KINDS and (not address or address_is_fine(address)), kind, address[:LONGEST], f"1–{LONGEST}")
    faults.raise_if_any("staff_address")
    with transaction.atomic():
        for kind, address in addresses.items():
            _set(member, kind, address)
        audit_record(actor=actor, action="staff_addresses", object_type="person", object_id=member.pk, detail={"kinds": sorted(addresses)})
    return dict(StaffAddress.objects.filter(membership=member).values_list("kind", "address"))


def roster_preview(*, actor: Actor, text: str) -> Roster:
    """What a CSV of e-mail, wecom, dingtalk, feishu (Chinese headers too) would do. Raises Invalid("roster_header", "roster_long")."""
    actor.require(Permission.PEOPLE)
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    header = [HEADERS.get(cell.strip().lower(), "") for cell in next(reader, [])]
    if "email" not in header or not set(header) & set(KINDS):
        raise Invalid("roster_header", allowed="email, wecom, dingtalk, feishu")
    rows = [
        (number, dict(zip(header, [cell.strip() for cell in cells], strict=False))) for number, cells in enumerate(reader, 2) if any(cells)
    ]
    if len(rows) > MOST_ROWS:
        raise Invalid("roster_long", rows=len(rows), limit=MOST_ROWS)
    return _judged(actor, rows)


def roster_apply(*, actor: Actor, text: str) -> Roster:
    """Do what the preview shows, all good lines or none; rejected lines are left out."""
    roster = roster_preview(actor=actor, text=text)
    members = Membership.objects.in_bulk([line.membership_id for line in roster.lines])
    with transaction.atomic():
        for line in roster.lines:
            for kind in line.changes:
                StaffAddress.objects.filter(membership_id=line.membership_id, kind=kind).delete()
        for line in roster.lines:
            for kind, address in line.changes.items():
                _set(members[line.membership_id], kind, address)
        audit_record(actor=actor, action="staff_roster", object_type="person", detail={"people": len(roster.lines)})
    return roster


def _judged(actor: Actor, rows: list[tuple[int, dict[str, str]]]) -> Roster:
    judge = _judge_of(actor)
    judged = [judge.line(number, row) for number, row in rows]
    lines = [each for each in judged if isinstance(each, RosterLine)]
    changing = tuple(line for line in lines if line.changes)
    rejects = tuple(each for each in judged if isinstance(each, RosterReject))
    return Roster(changing, rejects, len(lines) - len(changing))


def _judge_of(actor: Actor) -> _Judge:
    members = Membership.objects.filter(workspace_id=actor.workspace_id).select_related("user")
    by_email = {member.user.email.lower(): member for member in members}
    stored = list(StaffAddress.objects.filter(workspace_id=actor.workspace_id))
    present = {(row.membership_id, row.kind): row.address for row in stored}
    owners = {(row.kind, row.folded): row.membership_id for row in stored}
    return _Judge(by_email, present, owners)


def _set(member: Membership, kind: str, address: str) -> None:
    if not address:
        StaffAddress.objects.filter(membership=member, kind=kind).delete()
        return
    values = {"workspace_id": member.workspace_id, "address": address, "folded": address_folded(kind, address)}
    try:
        with transaction.atomic():
            StaffAddress.objects.update_or_create(membership=member, kind=kind, defaults=values)
    except IntegrityError:
        raise Conflict("staff_address_taken", kind=kind, got=address) from None
