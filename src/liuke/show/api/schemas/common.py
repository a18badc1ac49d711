"""Shapes that several routers share."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Generic, Literal, TypeVar

from ninja import Schema
from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

Item = TypeVar("Item")
LevelName = Literal["normal", "early", "medium", "high"]
TierName = Literal["high", "mid", "low"]
CustomerStatus = Literal["active", "lost", "paused", "closed"]


def _placed(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise PydanticCustomError("datetime_zone", "needs a time zone")
    if not 1970 <= moment.year <= 2200:
        raise PydanticCustomError("datetime_range", "year out of range")
    return moment


Moment = Annotated[datetime, AfterValidator(_placed)]
"""A moment that somebody sends: with its time zone, and of a year that can be reckoned with."""


def at_most(limit: int) -> AfterValidator:
    """For `Annotated[str, at_most(80)]`: so many characters; for an object, so many in each of its names."""

    def checked(value: Any) -> Any:
        longest = max(map(len, value), default=0) if isinstance(value, dict) else len(value or "")
        if longest > limit:
            raise PydanticCustomError("text_too_long", "too long", {"limit": limit})
        return value

    return AfterValidator(checked)


class Page(Schema, Generic[Item]):
    """One page of a list. `total` is counted up to 10,000; beyond that `total_is_capped`."""

    items: list[Item]
    next_cursor: str | None
    total: int
    total_is_capped: bool = False


class ChoiceOut(Schema):
    """One of several values, in words."""

    value: str
    label: str


class Fault(Schema):
    """One thing that is wrong, and where."""

    where: str
    message: str


class ErrorOut(Schema):
    """Every error has this shape. `message` is in the reader's language; `request_id` finds the request in the log (错误编号)."""

    code: str
    message: str
    params: dict[str, Any] = {}  # noqa: RUF012 - pydantic copies defaults
    faults: list[Fault] = []  # noqa: RUF012 - pydantic copies defaults
    request_id: str = ""


class PersonRef(Schema):
    """A member of the workspace. `id` is the membership."""

    id: int
    name: str
    team: str | None = None


class CustomerRef(Schema):
    """Enough of a customer to link to it."""

    id: int
    key: str
    name: str
    name_is_sample: bool = False


class TagRef(Schema):
    """A tag as a chip; `name` in the reader's language."""

    code: str
    name: str
    colour: str


class ReasonPart(Schema):
    """What a line of a model's score is made of; the parts of a line add up to its points."""

    text: str
    points: float


class ReasonOut(Schema):
    """One line of a score. base + all points = score; `signal` is `clip` for the clipping line."""

    signal: str
    family: str
    points: float
    text: str
    has_evidence: bool
    parts: list[ReasonPart] = []  # noqa: RUF012 - pydantic copies defaults
    """Empty but for a score that a model made, which has one line per family."""


class JobOut(Schema):
    """Background work: poll it or listen to `/events`."""

    id: int
    kind: str
    status: Literal["queued", "running", "done", "failed", "cancelled"]
    progress: float
    stage: str
    result: dict[str, Any] | None
    error: ErrorOut | None
    created_at: datetime
    finished_at: datetime | None


class UndoOut(Schema):
    """What was changed, and the token that takes it back (valid 10 minutes)."""

    changed: int
    undo_token: str | None


class OkOut(Schema):
    """Done, nothing more to say."""

    ok: bool = True
