"""Rules up for review (RUL-06), as the API shows them."""

from __future__ import annotations

from liuke.learn.service.review import FEWEST, WINDOW, Reviewed, Share, rules_review
from liuke.show.api.schemas.backtests import Interval, RuleReviewOut
from liuke.show.queries.reader import Reader


def review_list(reader: Reader) -> list[RuleReviewOut]:
    """Those proposed for retirement first."""
    return [_row(reader, one) for one in rules_review(workspace=reader.workspace, now=reader.now)]


def _row(reader: Reader, one: Reviewed) -> RuleReviewOut:
    params = {"days": WINDOW.days, "rate": one.trigger_rate.value or 0.0, "kept": one.not_lost.value, "n": one.not_lost.n}
    return RuleReviewOut(
        rule_id=one.rule_id,
        name=one.name,
        customers=one.customers,
        triggered=one.triggered,
        trigger_rate=_interval(one.trigger_rate),
        handled=one.not_lost.n,
        not_lost=_interval(one.not_lost),
        base_not_lost=_interval(one.base),
        proposed=one.proposed,
        text=reader.text(f"review.{_verdict(one)}", params),
    )


def _verdict(one: Reviewed) -> str:
    if one.proposed:
        return "proposed"
    if not one.not_lost.n:
        return "unhandled"
    return "few" if one.not_lost.n < FEWEST else "fine"


def _interval(share: Share) -> Interval:
    return Interval(value=share.value, low=share.low, high=share.high, n=share.n)
