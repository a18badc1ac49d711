"""Rules: the columns they may ask about, rules and their versions, who matches, why and why not, packs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema

from liuke.show.api.schemas.common import ChoiceOut, CustomerRef, Fault, LevelName, Moment, PersonRef, at_most
from liuke.show.api.schemas.customers import TimelineItem

ColumnTypeName = Literal["number", "text", "flag", "moment", "tags"]
OperandName = Literal["none", "number", "range", "text", "list", "days", "moment"]
EffectLevel = Literal["none", "early", "medium", "high"]
TicketTopic = Literal["", "quality", "parts", "product", "delivery", "billing", "regional", "recovery", "other"]
VerdictOfRule = Literal["matched", "not_matched", "excluded", "unknown"]
Truth = Literal["true", "false", "unknown"]


class RuleColumnOut(Schema):
    """Something that a condition may ask about. `stratum` 1 attributes and metrics … 5 predictive tags and alerts."""

    name: str
    label: str
    type: ColumnTypeName
    stratum: int
    unit: str
    group: str
    choices: list[ChoiceOut]
    has_history: bool
    """False: only its value of today is known, so that a backtest has to say so."""


class OpOut(Schema):
    """One way to compare. `operand` says what stands on its right."""

    op: str
    label: str
    operand: OperandName


class KindOut(Schema):
    """A kind of activity, for sequences and swings."""

    kind: str
    label: str


class RuleCatalogueOut(Schema):
    """Everything that the rule editor offers."""

    columns: list[RuleColumnOut]
    ops: dict[str, list[OpOut]]
    kinds: list[KindOut]


class SentenceOut(Schema):
    """One line of a rule as people read it. `place` is the node: `when.all.1`; `depth` indents."""

    depth: int
    text: str
    place: str


class MatchOut(Schema):
    """A customer that a rule matches now."""

    customer_id: int
    key: str
    name: str
    owner: PersonRef | None
    score: float
    level: LevelName
    since: datetime | None = None
    """Since when it matches; null where that is not recorded (a count)."""


class MatchQuery(Schema):
    """A page of who matches."""

    sort: str = "-score"
    cursor: str = ""
    limit: int = 50


class RuleIn(Schema):
    """A rule document, not kept."""

    rule: dict[str, Any]


class RuleCountOut(Schema):
    """How many match as of the last scoring. `matched`, `excluded` and `sample` are of the customers that the asker sees."""

    matched: int
    total: int
    excluded: int
    sample: list[MatchOut]
    sentences: list[SentenceOut]
    json_logic: dict[str, Any] | None = None
    """The rule for other systems; null where JsonLogic cannot say it: conditions relative to today."""
    as_of: datetime | None
    """The moment of the scoring that is counted; null before the first."""


class EffectsOut(Schema):
    """命中后: the alert's level, a work item, a notification, points (only rules that ask about nothing computed from the score).

    `ticket`: the topic of a ticket to another team, blank = none; `ticket_team`: which one, null = the team of the topic.
    """

    level: EffectLevel = "none"
    work_item: bool = False
    title: Annotated[str, at_most(160)] = ""
    notify: bool = False
    points: int = 0
    ticket: TicketTopic = ""
    ticket_team: int | None = None


class RuleVersionOut(Schema):
    """One state of a rule. `trial` is evaluated and logged in every run, without effects."""

    version: int
    status: Literal["draft", "trial", "published", "retired"]
    rule: dict[str, Any]
    effects: EffectsOut
    note: str
    created_by: str | None
    created_at: datetime
    published_at: datetime | None
    sentences: list[SentenceOut]


class ShareOut(Schema):
    """A share 0–1 with its 95% interval and how many it was counted on."""

    value: float
    low: float
    high: float
    n: int


class RuleOut(Schema):
    """A rule with what is live and what is being edited."""

    id: int
    name: str
    about: str
    pack: str
    enabled: bool
    archived: bool
    live: RuleVersionOut | None
    draft: RuleVersionOut | None
    matched_now: int
    """Customers of the asker that it matched at the last run (of a rule on trial too)."""
    hits_30d: int
    """How many came to match it in the last 30 days."""
    precision: ShareOut | None
    updated_at: datetime
    updated_by: str | None
    sentences: list[SentenceOut]
    faults: list[Fault] = []  # noqa: RUF012 - pydantic copies defaults
    """Why the live version does not run any more: what it asks about is gone."""


class RuleSaveIn(Schema):
    """The whole rule; all faults are answered at once."""

    name: Annotated[str, at_most(80)]
    about: Annotated[str, at_most(400)] = ""
    rule: dict[str, Any]
    effects: EffectsOut = EffectsOut()
    note: Annotated[str, at_most(200)] = ""
    seen_at: Moment | None = None
    """`updated_at` of the rule that the editor began with: a change by somebody else since then is a conflict."""


class EnabledIn(Schema):
    """启用 / 停用, apart from versions."""

    enabled: bool


class WhyNode(Schema):
    """One condition with what it saw. Groups have `parts`; `value_text` and `evidence` are of single conditions."""

    kind: Literal["all", "any", "condition", "follow", "swing"]
    text: str
    result: Truth
    value_text: str
    seen_at: datetime | None
    evidence: list[TimelineItem]
    parts: list[WhyNode]


class WhyStep(Schema):
    """One thing that an alert depends on. `ok` false: it stood in the way."""

    key: str
    ok: bool
    text: str


class WhyAlertOut(Schema):
    """Why an alert came, or did not."""

    raised: bool
    steps: list[WhyStep]


class WhyOut(Schema):
    """Why a rule matches a customer, or not."""

    customer: CustomerRef
    verdict: VerdictOfRule
    tree: WhyNode
    exclude: WhyNode | None
    alert: WhyAlertOut
    as_of: datetime | None


class WhyShortOut(Schema):
    """One rule about one customer, in a line."""

    rule_id: int
    name: str
    verdict: VerdictOfRule
    text: str


class PackRuleOut(Schema):
    """A rule of a pack, and whether this workspace's data can tell it."""

    code: str
    name: str
    sentences: list[SentenceOut]
    computable: bool
    missing: list[str]


class PackOut(Schema):
    """A pack of rules for one kind of customer or industry."""

    code: str
    name: str
    about: str
    industry: str
    rules: list[PackRuleOut]
