"""Who reads: the actor, the workspace at its clock, and the language that texts are rendered in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission, Scope
from liuke.accounts.store.models import Membership, Workspace
from liuke.alert.domain.scored import speaking
from liuke.base.errors import Forbidden
from liuke.base.times import local_day
from liuke.base.words import money, render
from liuke.facts.domain.masking import mask_email, mask_name, mask_phone, mask_text
from liuke.score.domain.model_metrics import SIGNAL_PREFIX
from liuke.show.api.schemas.common import PersonRef, ReasonOut, ReasonPart
from liuke.signals.domain.catalogue import BY_CODE
from liuke.signals.domain.effects import rule_of_signal
from liuke.text import Lists


def speaks(reason: Mapping[str, Any]) -> bool:
    """Whether a stored reason speaks for an alert."""
    return bool(speaking([reason]))


def has_rows(signal: str) -> bool:
    """Whether rows of the stream stand behind a reason: behind signals and rules, not behind tags, people's words and the clipping."""
    return signal in BY_CODE or rule_of_signal(signal) is not None


def word(value: object) -> Any:
    """A stored word of a closed set, for a schema's field: the schema checks it, the database's type does not tell the set."""
    return value


@dataclass(slots=True)
class Reader:
    """One request's view: `now` is the workspace clock, and nothing at or after it may be shown."""

    actor: Actor
    workspace: Workspace
    now: datetime
    language: str
    _people: dict[int, PersonRef] = field(default_factory=dict)
    lists: Lists | None = None
    """The word lists in force, once somebody asked (`readings.lists_of`)."""

    @property
    def today(self) -> date:
        """The workspace's local day."""
        return local_day(self.now, self.workspace.time_zone)

    @property
    def zone(self) -> ZoneInfo:
        """The workspace's time zone."""
        return ZoneInfo(self.workspace.time_zone)

    @property
    def sees_personal(self) -> bool:
        """Whether phone numbers, addresses and message texts show unmasked."""
        return self.actor.may(Permission.PERSONAL_DATA)

    def require_customers(self) -> None:
        """Raises Forbidden for somebody who sees no customers at all (IT): told so, instead of an empty page."""
        if self.actor.scope is Scope.NONE:
            raise Forbidden("no_customers_for_role")

    def text(self, key: str, params: Mapping[str, object] | None = None) -> str:
        """A message in the reader's language; amounts in the workspace's currency."""
        return render(key, params or {}, language=self.language, currency=self.workspace.currency)

    def money(self, amount: float) -> str:
        """An amount with the workspace's currency sign."""
        return money(amount, self.workspace.currency)

    def reason(self, reason: Mapping[str, Any]) -> str:
        """A stored reason as a sentence."""
        return self.text(reason["key"], reason["params"])

    def top_reason(self, reasons: Sequence[Mapping[str, Any]]) -> str:
        """The sentence of the first reason that raises the score or is a rule that alerts; blank where there is none."""
        return next((self.reason(reason) for reason in reasons if speaks(reason)), "")

    def reason_out(self, reason: Mapping[str, Any]) -> ReasonOut:
        """A line of a score as the API shows it."""
        return ReasonOut(
            signal=reason["signal"],
            family=reason["family"],
            points=reason["points"],
            text=self.reason(reason),
            has_evidence=has_rows(reason["signal"]),
            parts=self._parts(reason.get("parts", ())),
        )

    def _parts(self, parts: Sequence[Mapping[str, Any]]) -> list[ReasonPart]:
        """What a model's line is made of, the largest first."""
        largest = sorted(parts, key=lambda part: -abs(part["points"]))
        return [ReasonPart(text=self._part(part), points=part["points"]) for part in largest]

    def _part(self, part: Mapping[str, Any]) -> str:
        """What a model's points come from: a signal and how strongly it fires, or a number."""
        name: str = part["name"]
        if name.startswith(SIGNAL_PREFIX):
            code = name.removeprefix(SIGNAL_PREFIX)
            strength = 1 - part["value"] if BY_CODE[code].protective else part["value"]
            return self.text("show.reasons.part", {"name": self.text(f"signals.{code}.name"), "strength": strength})
        return self.text(f"model.is.{name}", {"now": part["value"]})

    def person(self, membership_id: int | None) -> PersonRef | None:
        """A member by id; all of them are read with the first question (one query)."""
        if membership_id is None:
            return None
        return self._known().get(membership_id)

    def people(self) -> list[PersonRef]:
        """All members of the workspace."""
        return list(self._known().values())

    def _known(self) -> dict[int, PersonRef]:
        if not self._people:
            members = Membership.objects.filter(workspace=self.workspace).values_list("pk", "user__name", "user__email", "team__name")
            self._people.update({pk: PersonRef(id=pk, name=name or email, team=team) for pk, name, email, team in members})
        return self._people

    def phone(self, number: str) -> str:
        """A telephone number, by role in full or masked: 138****5678."""
        return number if self.sees_personal else mask_phone(number)

    def email(self, address: str) -> str:
        """A mail address, by role in full or masked: z***@example.com."""
        return address if self.sees_personal else mask_email(address)

    def person_name(self, name: str) -> str:
        """A contact's name, by role in full or masked to its first character."""
        return name if self.sees_personal else mask_name(name)

    def written(self, text: str) -> str:
        """What a customer or colleague wrote: hidden as a whole without the permission, for any part may tell who it is."""
        return text if self.sees_personal else mask_text(text)
