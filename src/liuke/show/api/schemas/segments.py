"""分群标签: tags, their members, their history."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema

from liuke.show.api.schemas.common import CustomerRef, Fault, PersonRef, TagRef, at_most
from liuke.show.api.schemas.customers import CustomerRow
from liuke.show.api.schemas.rules import SentenceOut

TagKindName = Literal["attribute", "behaviour", "predictive"]
ColourName = Literal["blue", "cyan", "green", "purple", "gold", "orange", "red", "grey"]


class TagPoint(Schema):
    """How many customers carried a tag at a scoring, and how many came and went since the one before."""

    at: datetime
    members: int
    entered: int
    left: int


class TagOut(TagRef):
    """A tag. `rule` is null where people alone choose the members; `members` is of the whole workspace."""

    id: int
    about: str
    kind: TagKindName
    rule: dict[str, Any] | None
    sentences: list[SentenceOut]
    faults: list[Fault]
    """Why the rule can no longer be read (a column is gone): the tag then keeps its members and weighs nothing."""
    weight: int
    built_in: bool
    enabled: bool
    archived: bool
    members: int
    by_hand: int
    """How many of the members people put in."""
    trend: list[TagPoint]
    """Up to 12 scorings, oldest first."""
    recorded_as_of: datetime | None
    updated_at: datetime
    updated_by: str | None


class TagIn(Schema):
    """The whole tag; all faults are answered at once."""

    name: Annotated[str, at_most(40)]
    about: Annotated[str, at_most(200)] = ""
    kind: TagKindName
    rule: dict[str, Any] | None = None
    weight: int = 0
    colour: ColourName = "blue"


class TagRuleIn(Schema):
    """A tag's rule, not kept."""

    kind: TagKindName
    rule: dict[str, Any]


class TagMembersIn(Schema):
    """Customers to put in or take out by hand."""

    customer_ids: Annotated[list[int], at_most(500)]


class TagMember(Schema):
    """A customer who carries a tag, and since when; `by_hand` where a person put it in."""

    customer: CustomerRow
    since: datetime
    by_hand: bool
    set_by: PersonRef | None


class TagStay(Schema):
    """One stay in a tag: `until` is null while it lasts."""

    id: int
    customer: CustomerRef
    since: datetime
    until: datetime | None
    changed_at: datetime
    by_hand: bool
    set_by: PersonRef | None
