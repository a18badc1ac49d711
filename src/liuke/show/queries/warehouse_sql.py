"""SQL over the warehouse for cards and figures: text made of our own constants and integers only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from liuke.base.times import DAY_US, to_us
from liuke.show.domain.spans import Moment

WEEKS = 12


def past_scores_sql(as_of: datetime, customers: Iterable[int] | None = None) -> str:
    """Per customer the scores before `as_of`: the last of each of 12 weeks, and those of about 7 and 30 days ago.

    Columns: customer_id, week (1 = the seven days before `as_of`), score (the week's last), score_7d, score_30d. A score
    counts as "7 days ago" when it is 7 to 14 days old, as "30 days ago" when it is 30 to 44 days old. `customers`: of these only.
    """
    among = "" if customers is None else f" AND customer_id IN ({', '.join(str(int(one)) for one in customers) or '-1'})"
    now, week = to_us(as_of), 7 * DAY_US
    seven, thirty = to_us(as_of - timedelta(days=7)), to_us(as_of - timedelta(days=30))
    return f"""
        SELECT customer_id, ({now} - 1 - as_of_us) // {week} + 1 AS week, arg_max(score, as_of_us) AS score,
            arg_max(score, as_of_us) FILTER (WHERE as_of_us <= {seven} AND as_of_us > {seven - week}) AS score_7d,
            arg_max(score, as_of_us) FILTER (WHERE as_of_us <= {thirty} AND as_of_us > {thirty - 2 * week}) AS score_30d
        FROM score WHERE as_of_us < {now} AND as_of_us >= {now - WEEKS * week}{among}
        GROUP BY ALL ORDER BY customer_id, week DESC"""


def kinds_list(kinds: Iterable[str]) -> str:
    """Kinds as a list of SQL texts; quotes doubled, so that a user's own kind stays a text."""
    return ", ".join("'" + kind.replace("'", "''") + "'" for kind in sorted(kinds)) or "''"


def kept_sql(moments: Sequence[Moment], kinds: Iterable[str], as_of: datetime) -> str:
    """Per customer a bit mask: bit i is set where the customer was not lost at moment i."""
    bits = " | ".join(
        f"CASE WHEN ts_us >= {moment.low_us} AND ts_us < {moment.at_us} THEN {1 << index}::BIGINT ELSE 0::BIGINT END"
        for index, moment in enumerate(moments)
    )
    return f"""
        SELECT customer_id, bit_or({bits}) AS kept FROM activity
        WHERE kind IN ({kinds_list(kinds)}) AND ts_us >= {min(moment.low_us for moment in moments)}
            AND ts_us < {to_us(as_of)} AND known_us < {to_us(as_of)}
        GROUP BY customer_id"""


def monthly_sql(starts_us: Sequence[int], kinds: Iterable[str], as_of: datetime) -> str:
    """Per customer and month (index into `starts_us`): orders placed, and whether anything counted by the churn definition."""
    month = " + ".join(f"CAST(ts_us >= {start} AS INTEGER)" for start in starts_us[1:])
    wanted = kinds_list({*kinds, "order.placed"})
    return f"""
        SELECT customer_id, {month} AS month, count(*) FILTER (WHERE kind = 'order.placed') AS orders,
            bool_or(kind IN ({kinds_list(kinds)})) AS active
        FROM activity
        WHERE kind IN ({wanted}) AND ts_us >= {starts_us[0]} AND ts_us < {to_us(as_of)} AND known_us < {to_us(as_of)}
        GROUP BY ALL"""
