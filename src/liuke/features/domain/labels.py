"""Who was lost: labels for an honest evaluation, and churn rate over time. Here, and only here, the future is read."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from liuke.features.domain.churn import ChurnDefinition
from liuke.features.domain.columns import ID
from liuke.features.domain.moment import Moment


def inactivity_label(stream: ir.Table, moment: Moment, *, kinds: Sequence[str], horizon: int, active: int) -> ir.Table:
    """`customer_id`, `lost` (1.0 / 0.0): nothing of `kinds` in `[moment, moment + horizon days)`.

    Eligible are customers with one of `kinds` in the `active` days before, as known at the moment. The label reads what
    happened whenever it became known. Use it only for moments at least `horizon` days before the end of the data.
    """
    rows = stream.filter(stream.kind.isin(list(kinds)))
    before = rows.filter(rows.ts_us < moment.us, rows.ts_us >= moment.back_us(active), rows.known_us <= moment.us)
    after = rows.filter(rows.ts_us >= moment.us, rows.ts_us < moment.back_us(-horizon))
    eligible = before.select(ID).distinct()
    returned = after.select(ID).distinct().mutate(back=ibis.literal(1.0))
    joined = eligible.left_join(returned, ID)
    return joined.select(ID, (1.0 - joined.back.fill_null(0.0)).name("lost"))


def churn_periods(stream: ir.Table, edges: Sequence[Moment], churn: ChurnDefinition) -> ir.Table:
    """Per period between consecutive `edges`: `period` (0, 1, …), `opening`, `lost`, `returned`, `active` at its end.

    A customer is active at an edge with one of the churn definition's kinds in its `days` before. `opening`: active at the
    start; `lost`: of these, not active at the end; `returned`: not active at the start though known earlier, active at the
    end. Churn rate (SCR-10) = lost ÷ opening. Only what was known at the last edge counts.
    """
    rows = stream.filter(stream.kind.isin(list(churn.kinds)), stream.known_us <= edges[-1].us)
    alive = {f"a{at}": ((rows.ts_us < edge.us) & (rows.ts_us >= edge.back_us(churn.days))).any() for at, edge in enumerate(edges)}
    known = {f"k{at}": (rows.ts_us < edge.us).any() for at, edge in enumerate(edges)}
    each = rows.group_by(ID).aggregate(**alive, **known)
    periods = [
        each.aggregate(
            period=ibis.literal(at),
            opening=each[f"a{at}"].sum().fill_null(0),
            lost=(each[f"a{at}"] & ~each[f"a{at + 1}"]).sum().fill_null(0),
            returned=(each[f"k{at}"] & ~each[f"a{at}"] & each[f"a{at + 1}"]).sum().fill_null(0),
            active=each[f"a{at + 1}"].sum().fill_null(0),
        )
        for at in range(len(edges) - 1)
    ]
    return periods[0] if len(periods) == 1 else ibis.union(*periods)


def gaps_of(stream: ir.Table, moment: Moment, kinds: Sequence[str]) -> ir.Table:
    """`gap` (days between consecutive active days of a customer) and `open` (days from the last one to the moment): one row
    per active day, `gap` null on a customer's last, `open` null on all others. Input of `stats.returns`."""
    rows = stream.filter(stream.kind.isin(list(kinds)), stream.ts_us < moment.us, stream.known_us <= moment.us)
    day = 86_400_000_000
    days = rows.select(ID, ((moment.us - 1 - rows.ts_us) // day).name("ago")).distinct()
    newer = days.ago.lag().over(ibis.window(group_by=days[ID], order_by=days.ago))
    return days.select(
        (days.ago - newer).cast("float64").name("gap"), newer.isnull().ifelse(days.ago, ibis.null("int64")).cast("float64").name("open")
    )
