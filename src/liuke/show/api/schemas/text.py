"""Texts: what was read, 质检, 词库, and the settings of reading."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from liuke.show.api.schemas.common import CustomerRef, JobOut, PersonRef, at_most
from liuke.show.api.schemas.queries import PageQuery

SpanKind = Literal["negative", "topic", "intent", "competitor"]
IntentName = Literal["leave", "competitor", "price", "refusal", "terms", "escalation", "praise", "resolved"]


class SpanOut(Schema):
    """Words that show something: code points of the text, `[start, end)`. `which`: the topic's or intent's code, the competitor."""

    start: int
    end: int
    shows: SpanKind
    which: str


class TopicOut(Schema):
    """A topic in the reader's words, and the team that owns it."""

    code: str
    label: str
    team: str


class IntentOut(Schema):
    """An intent and how surely it was read, 0–100."""

    kind: IntentName
    score: float


class ReadingOut(Schema):
    """What was read in a text. `negative` is null for an acknowledgement; spans are empty for a masked reader."""

    negative: float | None
    leaving: float
    complaint: bool
    acknowledgement: bool
    topics: list[TopicOut]
    intents: list[IntentOut]
    competitor: str
    reviewed: bool
    second: bool
    """A language model looked at it too."""
    spans: list[SpanOut]


class ReviewQuery(PageQuery):
    """status: open, done; `over`: negative emotion above this; `topic`, `kind`: one; `days` back."""

    status: Literal["open", "done"] = "open"
    over: float = Field(default=65, ge=0, le=100)
    days: int = Field(default=90, ge=1, le=3650)
    topic: Annotated[str, at_most(40)] = ""
    kind: Annotated[str, at_most(60)] = ""


class TextVerdictOut(Schema):
    """A person's word: negative emotion 0–100 as they say."""

    said: float
    read: float
    agreed: bool
    by: PersonRef | None
    at: datetime


class ReviewItem(Schema):
    """One text to be heard or judged."""

    source: str
    activity_id: str
    at: datetime
    kind: str
    kind_name: str
    customer: CustomerRef
    owner: PersonRef | None
    text: str
    masked: bool
    gone: bool
    from_us: bool
    is_sample: bool
    reading: ReadingOut | None
    verdict: TextVerdictOut | None


class ReviewPage(Schema):
    """Newest first. `open`, `done`: how many there are under the same filters, up to 10,000."""

    items: list[ReviewItem]
    next_cursor: str | None
    open: int
    done: int
    topics: list[TopicOut]


class AddressQuery(Schema):
    """One text."""

    source: Annotated[str, at_most(200)]
    activity_id: Annotated[str, at_most(200)]


class TextVerdictIn(AddressQuery):
    """`said` null agrees; 0 = 不是负面."""

    said: float | None = Field(default=None, ge=0, le=100)


class CalibrationOut(Schema):
    """The workspace's own map: points (read, meant), how many verdicts made it and how many there are by now."""

    points: list[list[float]]
    own: bool
    used: int
    verdicts: int
    agreed: int
    needed: int
    calibrated_at: datetime | None


class RateOut(Schema):
    """Measured on the workspace's own past: of customers with a text over the limit, how many were lost within the horizon.

    `low`–`high`: Wilson's 95% interval; `base`: the same of all customers at the same dates. Null where nothing can be measured yet.
    """

    customers: int
    lost: int
    rate: float | None
    low: float | None
    high: float | None
    base_customers: int
    base_lost: int
    base: float | None
    over: float
    horizon_days: int
    dates: list[str]


class RecalibratedOut(Schema):
    """The map as it is now, and the job that reads by it; null where it did not change."""

    calibration: CalibrationOut
    job: JobOut | None


class BrandIn(Schema):
    """A competitor."""

    name: str
    aliases: list[str] = []  # noqa: RUF012 - pydantic copies defaults


class TopicIn(Schema):
    """An own topic, or more words for a shipped one."""

    code: str
    label: str = ""
    words: list[str] = []  # noqa: RUF012 - pydantic copies defaults
    team: str = ""


class ListsIn(Schema):
    """The word lists as a person edits them."""

    own_brands: list[str] = []  # noqa: RUF012 - pydantic copies defaults
    own_products: list[str] = []  # noqa: RUF012 - pydantic copies defaults
    competitors: list[BrandIn] = []  # noqa: RUF012 - pydantic copies defaults
    leave_phrases: list[str] = []  # noqa: RUF012 - pydantic copies defaults
    topics: list[TopicIn] = []  # noqa: RUF012 - pydantic copies defaults
    exceptions: list[str] = []  # noqa: RUF012 - pydantic copies defaults


class ListsVersionOut(Schema):
    """One version."""

    number: int
    note: str
    by: PersonRef | None
    at: datetime


class ListsOut(Schema):
    """The live lists and how far stored texts follow them."""

    number: int
    lists: ListsIn
    versions: list[ListsVersionOut]
    teams: list[str]
    stale: int
    job: JobOut | None
    may_edit: bool


class ListsSaveIn(Schema):
    """`based_on`: the version that was opened; 0 = none."""

    lists: ListsIn
    note: Annotated[str, at_most(200)] = ""
    based_on: int | None = None


class TryIn(Schema):
    """A sentence and, where they are being edited, the lists to read it by."""

    text: Annotated[str, at_most(20_000)]
    lists: ListsIn | None = None


class HitOut(Schema):
    """How often something is found: before, with the live lists, and after, with those being edited."""

    shows: Literal["negative", "leaving", "topic", "competitor"]
    which: str
    label: str
    before: int
    after: int


class ExampleOut(Schema):
    """A text whose reading changes."""

    text: str
    before: list[str]
    after: list[str]


class HitsOut(Schema):
    """What the lists being edited would find in the texts of the last 90 days that the asker sees."""

    texts: int
    capped: bool
    changed: int
    hits: list[HitOut]
    examples: list[ExampleOut]


class ModelOut(Schema):
    """The language model's endpoint. The key itself is never told."""

    enabled: bool
    url: str
    name: str
    has_key: bool
    seconds: int
    test: ModelTestOut | None


class ModelTestOut(Schema):
    """How the last test went; `message` says what a fault means."""

    ok: bool
    code: str
    message: str
    negative: float | None
    at: datetime


class ModelIn(Schema):
    """`key` null leaves the stored one."""

    enabled: bool
    url: Annotated[str, at_most(300)] = ""
    name: Annotated[str, at_most(120)] = ""
    key: Annotated[str, at_most(400)] | None = None
    seconds: int = 10


class TextSettingsOut(Schema):
    """Retention, the model, the map."""

    retention_days: int | None
    model: ModelOut
    calibration: CalibrationOut
    may_edit: bool


class RetentionIn(Schema):
    """Days; null = for ever."""

    days: int | None = None


class ErasedOut(Schema):
    """How many rows lost their words."""

    erased: int


ModelOut.model_rebuild()
