"""The metrics that every workspace has. Codes are those of the signals' own metrics (`signals/domain/measures.py`), so that a
number which both use is one column; labels are `metrics.<code>` in the catalogues."""

from __future__ import annotations

from collections.abc import Mapping

from liuke.facts.domain.kinds import Kind
from liuke.facts.domain.readings import SAID, TEXTS
from liuke.features.domain.metric import Aggregate, Metric, Ratio
from liuke.features.domain.named import NamedMetric, Unit, metric_of
from liuke.features.domain.ordered import Reply
from liuke.features.domain.spec import Measure, MetricSpec, Shape

ORDER, CANCELLED = (Kind.ORDER_PLACED.value,), (Kind.ORDER_CANCELLED.value,)
TICKET, LOGIN, PAGE = (Kind.TICKET_OPENED.value,), (Kind.LOGIN.value,), (Kind.PAGE_VIEWED.value,)
FEATURE, SURVEY, MESSAGE = (Kind.FEATURE_USED.value,), (Kind.SURVEY_ANSWERED.value,), (Kind.MESSAGE_IN.value,)
OVERDUE, PAID, CONTRACT = (Kind.PAYMENT_OVERDUE.value,), (Kind.PAYMENT_RECEIVED.value,), (Kind.CONTRACT_ENDS.value,)
VISIT = (Kind.VISIT_MADE.value, Kind.STORE_VISITED.value)


def _n(kinds: tuple[str, ...], days: int) -> MetricSpec:
    return MetricSpec(kinds, days=days)


def _of(measure: Measure, kinds: tuple[str, ...] = (), days: int | None = None, of: str = "value") -> MetricSpec:
    return MetricSpec(kinds, measure, of, days)


def _earlier(measure: Measure, kinds: tuple[str, ...], days: int, periods: int = 1) -> MetricSpec:
    return MetricSpec(kinds, measure, days=days, shape=Shape.EARLIER, periods=periods)


def _shaped(shape: Shape, kinds: tuple[str, ...] = (), weeks: int = 3) -> MetricSpec:
    measure = Measure.DAYS_SINCE if shape is Shape.RHYTHM else Measure.COUNT
    return MetricSpec(kinds, measure, shape=shape, weeks=weeks)


_GROUPS: Mapping[str, Mapping[str, MetricSpec]] = {
    "order": {
        "order_n_30": _n(ORDER, 30),
        "order_n_90": _n(ORDER, 90),
        "order_n_365": _n(ORDER, 365),
        "order_amount_30": _of(Measure.SUM, ORDER, 30),
        "order_amount_90": _of(Measure.SUM, ORDER, 90),
        "order_amount_365": _of(Measure.SUM, ORDER, 365),
        "order_quantity_90": _of(Measure.SUM, ORDER, 90, "attrs.quantity"),
        "order_mean_365": _of(Measure.MEAN, ORDER, 365),
        "order_last_amount": _of(Measure.LAST, ORDER),
        "order_since": _of(Measure.DAYS_SINCE, ORDER),
        "order_days_365": _of(Measure.ACTIVE_DAYS, ORDER, 365),
        "order_gap_median": _of(Measure.GAP_MEDIAN, ORDER),
        "order_rhythm": _shaped(Shape.RHYTHM, ORDER),
        "order_n_90_change": _earlier(Measure.COUNT, ORDER, 90),
        "order_amount_90_change": _earlier(Measure.SUM, ORDER, 90),
        "order_amount_30_usual": _earlier(Measure.SUM, ORDER, 30, 6),
        "order_amount_365_peers": MetricSpec(ORDER, Measure.SUM, days=365, shape=Shape.PEERS),
        "order_trend_12": MetricSpec(ORDER, Measure.SUM, shape=Shape.TREND, weeks=12),
        "order_channels_365": _of(Measure.DISTINCT, ORDER, 365, "channel"),
        "cancelled_n_90": _n(CANCELLED, 90),
        "cancelled_amount_365": _of(Measure.SUM, CANCELLED, 365),
        "refund_n_90": _n((Kind.REFUND_MADE.value,), 90),
        "refund_amount_90": _of(Measure.SUM, (Kind.REFUND_MADE.value,), 90),
    },
    "interaction": {
        "interaction_n_30": _n((), 30),
        "interaction_n_90": _n((), 90),
        "interaction_since": _of(Measure.DAYS_SINCE),
        "interaction_rhythm": _shaped(Shape.RHYTHM),
        "interaction_n_30_usual": _earlier(Measure.COUNT, (), 30, 3),
        "interaction_streak_3_8_400": _shaped(Shape.STREAK),
        "interaction_trend_12": _shaped(Shape.TREND, weeks=12),
        "days_known": _of(Measure.DAYS_KNOWN),
        "message_in_n_30": _n(MESSAGE, 30),
        "message_in_n_90": _n(MESSAGE, 90),
        "message_in_since": _of(Measure.DAYS_SINCE, MESSAGE),
        "message_out_n_30": _n((Kind.MESSAGE_OUT.value,), 30),
        "group_message_n_30": _n((Kind.GROUP_MESSAGE.value,), 30),
        "visit_n_90": _n(VISIT, 90),
        "call_n_90": _n((Kind.CALL_MADE.value,), 90),
    },
    "usage": {
        "login_n_7": _n(LOGIN, 7),
        "login_n_30": _n(LOGIN, 30),
        "login_since": _of(Measure.DAYS_SINCE, LOGIN),
        "login_n_30_change": _earlier(Measure.COUNT, LOGIN, 30),
        "login_streak_3": _shaped(Shape.STREAK, LOGIN),
        "page_n_30": _n(PAGE, 30),
        "page_seconds_30": _of(Measure.SUM, PAGE, 30),
        "feature_n_30": _n(FEATURE, 30),
        "feature_since": _of(Measure.DAYS_SINCE, FEATURE),
        "feature_n_30_change": _earlier(Measure.COUNT, FEATURE, 30),
    },
    "service": {
        "ticket_n_30": _n(TICKET, 30),
        "ticket_n_90": _n(TICKET, 90),
        "ticket_n_90_change": _earlier(Measure.COUNT, TICKET, 90),
        "ticket_since": _of(Measure.DAYS_SINCE, TICKET),
        "ticket_hours_90": _of(Measure.MEAN, (Kind.TICKET_CLOSED.value,), 90),
        "ticket_hours_90_change": _earlier(Measure.MEAN, (Kind.TICKET_CLOSED.value,), 90),
        "survey_last": _of(Measure.LAST, SURVEY),
        "survey_mean_365": _of(Measure.MEAN, SURVEY, 365),
    },
    "payment": {
        "overdue_n_90": _n(OVERDUE, 90),
        "overdue_amount_90": _of(Measure.SUM, OVERDUE, 90),
        "payment_since": _of(Measure.DAYS_SINCE, PAID),
        "contract_left": _of(Measure.DAYS_UNTIL, CONTRACT),
        "contract_renewed_n": _of(Measure.COUNT, (Kind.CONTRACT_RENEWED.value,)),
    },
    "marketing": {
        "campaign_open_n_90": _n((Kind.CAMPAIGN_OPENED.value,), 90),
        "coupon_used_n_90": _n((Kind.COUPON_USED.value,), 90),
    },
}  # fmt: skip
_UNITS: Mapping[str, Unit] = {
    "survey_last": Unit.SCORE, "survey_mean_365": Unit.SCORE, "ticket_hours_90": Unit.HOURS, "page_seconds_30": Unit.SECONDS,
}  # fmt: skip


def _share(code: str, part: Kind, whole: Kind, days: int) -> NamedMetric:
    over = Metric(f"{code}__part", Aggregate.COUNT, (part.value,), days=days)
    under = Metric(f"{code}__whole", Aggregate.COUNT, (whole.value,), days=days)
    return NamedMetric(code, Unit.SHARE.value, (over, under, Ratio(code, over.name, under.name)), "marketing")


def _reply_hours(days: int) -> NamedMetric:
    """How fast the customer answers us (SIG-03)."""
    reply = Reply(f"reply_hours_{days}", (Kind.MESSAGE_OUT.value,), MESSAGE, days)
    return NamedMetric(reply.name, Unit.HOURS.value, (reply,), "interaction")


def _text(metric: Metric, unit: Unit = Unit.SCORE) -> NamedMetric:
    """A measure of what the text reader found."""
    return NamedMetric(metric.name, unit.value, (metric,), "service")


_RUN = Metric("negative_run_3_90", Aggregate.NEWEST_MIN, SAID, days=90, of="attrs.negative", recent=3)
"""The signal's own metric (`signals/domain/catalogue/emotion.py`): one column for both."""
_CONVERSATION = (
    _text(_RUN),
    _text(Metric("negative_3_of_5_90", Aggregate.NEWEST_NTH, SAID, days=90, of="attrs.negative", recent=5, nth=3)),
    _text(Metric("negative_decayed_90", Aggregate.DECAYED_MEAN, SAID, days=90, of="attrs.negative", half_life=14)),
    _text(Metric("leaving_max_90", Aggregate.MAX, TEXTS, days=90, of="attrs.leaving")),
    _text(Metric("complaint_n_30", Aggregate.SUM, TEXTS, days=30, of="attrs.complaint"), Unit.COUNT),
)

BUILTIN: tuple[NamedMetric, ...] = (
    *(
        metric_of(code, spec, unit=_UNITS[code].value if code in _UNITS else "", group=group)
        for group, specs in _GROUPS.items()
        for code, spec in specs.items()
    ),
    _reply_hours(30),
    _share("campaign_open_share_90", Kind.CAMPAIGN_OPENED, Kind.CAMPAIGN_SENT, 90),
    _share("coupon_share_90", Kind.COUPON_USED, Kind.COUPON_ISSUED, 90),
    *_CONVERSATION,
)
"""In the order in which they are shown."""
BY_CODE: Mapping[str, NamedMetric] = {metric.code: metric for metric in BUILTIN}
GROUPS = (*_GROUPS, "own")
