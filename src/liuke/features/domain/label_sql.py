"""A label definition as expressions: who could be lost at a moment, who was, and when. Here, and only here, the future is read."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from liuke.features.domain.columns import ID
from liuke.features.domain.label import ENDINGS, RENEWALS, LabelDefinition, LabelKind
from liuke.features.domain.moment import Moment
from liuke.features.domain.spec import NOT_DONE_BY_CUSTOMER

DAY_US = 86_400_000_000


def label_expression(stream: ir.Table, moment: Moment, label: LabelDefinition) -> ir.Table:
    """`customer_id`, `lost` (1.0 / 0.0), `at_us` (when it counts as lost, null where it is not): one row per eligible customer.

    Eligibility reads only what was known at the moment; the label reads what happened, whenever it became known.
    """
    match label.kind:
        case LabelKind.NON_RENEWAL:
            return _non_renewal(stream, moment, label)
        case LabelKind.EVENT:
            return _event(stream, moment, label)
        case LabelKind.SPEND_DROP:
            return _spend_drop(stream, moment, label)
        case LabelKind.INACTIVITY:
            return _inactivity(stream, moment, label)
        case _:
            active = _active(stream.filter(stream.kind.notin(NOT_DONE_BY_CUSTOMER)), moment, label)
            return active.select(ID, ibis.literal(0.0).name("lost"), ibis.null("int64").name("at_us"))


def signs_of_life(stream: ir.Table, label: LabelDefinition) -> ir.Table:
    """The rows that show a customer alive under this definition."""
    if label.kind in {LabelKind.INACTIVITY, LabelKind.SPEND_DROP}:
        return stream.filter(stream.kind.isin(label.kinds))
    if label.kind is LabelKind.NON_RENEWAL:
        return stream.filter(stream.kind.isin([*ENDINGS, *RENEWALS]))
    return stream.filter(stream.kind.notin(NOT_DONE_BY_CUSTOMER))


def _active(rows: ir.Table, moment: Moment, label: LabelDefinition) -> ir.Table:
    """Customers with a row in the days before the moment, and the time of the newest (`last_us`)."""
    before = rows.filter(rows.ts_us < moment.us, rows.ts_us >= moment.back_us(label.active_days), rows.known_us <= moment.us)
    return before.group_by(ID).aggregate(last_us=before.ts_us.max())


def _ahead(rows: ir.Table, moment: Moment, days: int) -> ir.Table:
    return rows.filter(rows.ts_us >= moment.us, rows.ts_us < moment.back_us(-days))


def _inactivity(stream: ir.Table, moment: Moment, label: LabelDefinition) -> ir.Table:
    """Lost on the day on which its silence reaches `active_days`: from then on it is not among the active ones any more."""
    rows = signs_of_life(stream, label)
    returned = _ahead(rows, moment, label.horizon_days).select(ID).distinct().mutate(back=ibis.literal(1.0))
    joined = _active(rows, moment, label).left_join(returned, ID)
    lost = joined.back.isnull()
    at_us = lost.ifelse(joined.last_us + label.active_days * DAY_US, ibis.null("int64"))
    return joined.select(ID, lost.cast("float64").name("lost"), at_us.name("at_us"))


def _event(stream: ir.Table, moment: Moment, label: LabelDefinition) -> ir.Table:
    """Whoever had such an event before, as known at the moment, cannot be lost by it any more."""
    events = stream.filter(stream.kind.isin(label.kinds))
    gone = events.filter(events.ts_us < moment.us, events.known_us <= moment.us).select(ID).distinct()
    coming = _ahead(events, moment, label.horizon_days)
    first = coming.group_by(ID).aggregate(at_us=coming.ts_us.min())
    eligible = _active(signs_of_life(stream, label), moment, label).anti_join(gone, ID)
    joined = eligible.left_join(first, ID)
    return joined.select(ID, joined.at_us.notnull().cast("float64").name("lost"), joined.at_us)


def _non_renewal(stream: ir.Table, moment: Moment, label: LabelDefinition) -> ir.Table:
    """Contracts known at the moment that end within the horizon; of several of a customer the first to end counts.

    Renewed: a renewal or a new contract between the horizon's length before its end and the grace after it. Whoever had done so
    before the moment is settled and not eligible.
    """
    endings = stream.filter(stream.kind.isin(list(ENDINGS)), stream.known_us <= moment.us)
    coming = _ahead(endings, moment, label.horizon_days)
    ends = coming.group_by(ID).aggregate(end_us=coming.ts_us.min())
    renewals = stream.filter(stream.kind.isin(list(RENEWALS)), stream.kind.notin(list(ENDINGS)))
    span, grace = label.horizon_days * DAY_US, label.grace_days * DAY_US
    paired = ends.inner_join(renewals, ID)
    inside = (paired.ts_us >= paired.end_us - span) & (paired.ts_us < paired.end_us + grace)
    paired = paired.filter(inside)
    kept = paired.group_by(ID).aggregate(settled=(paired.ts_us < moment.us).any(), renewals=paired.count())
    joined = ends.left_join(kept, ID)
    joined = joined.filter(~joined.settled.fill_null(False))
    lost = joined.renewals.isnull()
    return joined.select(ID, lost.cast("float64").name("lost"), lost.ifelse(joined.end_us + grace, ibis.null("int64")).name("at_us"))


def _spend_drop(stream: ir.Table, moment: Moment, label: LabelDefinition) -> ir.Table:
    """The usual: the money of the active days, per horizon. Lost at the end of the horizon, when the drop is complete."""
    rows = signs_of_life(stream, label)
    before = rows.filter(rows.ts_us < moment.us, rows.ts_us >= moment.back_us(label.active_days), rows.known_us <= moment.us)
    usual = before.group_by(ID).aggregate(usual=before.value.sum() * (label.horizon_days / label.active_days))
    coming = _ahead(rows, moment, label.horizon_days)
    spent = coming.group_by(ID).aggregate(spent=coming.value.sum())
    joined = usual.filter(usual.usual > 0).left_join(spent, ID)
    lost = joined.spent.fill_null(0.0) <= (1 - label.drop) * joined.usual
    at_us = lost.ifelse(ibis.literal(moment.back_us(-label.horizon_days)).cast("int64"), ibis.null("int64"))
    return joined.select(ID, lost.cast("float64").name("lost"), at_us.name("at_us"))
