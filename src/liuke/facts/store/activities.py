"""Reading the stream. Nothing at or after `as_of` is seen, nor what was not yet known then."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import pyarrow as pa

from liuke.base.times import to_us
from liuke.facts.domain.kinds import Kind
from liuke.facts.domain.readings import TEXTS
from liuke.facts.domain.timeline import Activity, Evidence, Freshness, Place, TimelinePage
from liuke.warehouse.domain.steps import Warehouse

_FIELDS = "source, activity_id, customer_id, ts_us, kind, value, channel, actor, attrs"
_SEEN = "ts_us < $as_of AND known_us <= $as_of"
_OF_CUSTOMER = f"customer_id = $customer AND {_SEEN}"
_NEWEST_FIRST = "ORDER BY ts_us DESC, source DESC, activity_id DESC"


def timeline(
    warehouse: Warehouse,
    workspace_id: int,
    customer_id: int,
    as_of: datetime,
    *,
    kinds: Collection[str] | None = None,
    before: Place | None = None,
    limit: int = 50,
    without: str = "",
) -> TimelinePage:
    """A page of what happened with a customer, a source left out where one is named. Without `kinds` everything but order lines,
    which show inside their order, and bills paid before they were due, which show as their payment."""
    given: dict[str, object] = {"customer": customer_id, "as_of": to_us(as_of), "rows": limit + 1, "without": without}
    conditions = [_OF_CUSTOMER, "source <> $without"]
    if kinds is None:
        conditions.append(f"kind NOT IN ('{Kind.ORDER_LINE}', '{Kind.PAYMENT_SETTLED}')")
    else:
        conditions.append("kind = ANY($kinds)")
        given["kinds"] = sorted(kinds)
    if before is not None:
        conditions.append("(ts_us, source, activity_id) < ($ts_us, $source, $activity_id)")
        given |= {"ts_us": before.ts_us, "source": before.source, "activity_id": before.activity_id}
    sql = f"SELECT {_FIELDS} FROM activity WHERE {' AND '.join(conditions)} {_NEWEST_FIRST} LIMIT $rows"
    found = _activities(warehouse.query(workspace_id, sql, given))
    if len(found) <= limit:
        return TimelinePage(found)
    last = found[limit - 1]
    return TimelinePage(found[:limit], Place(last.ts_us, last.source, last.activity_id).text())


def activity_counts(warehouse: Warehouse, workspace_id: int, customer_id: int, as_of: datetime, without: str = "") -> Mapping[str, int]:
    """How many activities of each kind a customer has, those of one source left out; `domain.timeline.group_of` makes chips of them."""
    sql = f"SELECT kind, count(*) AS n FROM activity WHERE {_OF_CUSTOMER} AND source <> $without GROUP BY kind ORDER BY kind"
    found = warehouse.query(workspace_id, sql, {"customer": customer_id, "as_of": to_us(as_of), "without": without})
    return {str(row["kind"]): int(row["n"]) for row in found.to_pylist()}


def evidence(
    warehouse: Warehouse,
    workspace_id: int,
    customer_id: int,
    as_of: datetime,
    *,
    kinds: Collection[str],
    from_us: int,
    until_us: int,
    limit: int = 50,
    texts: Sequence[tuple[str, float]] = (),
) -> Evidence:
    """The raw rows behind a reason: these kinds in `[from_us, until_us)`, never beyond `as_of`.

    `texts` (attribute, number): of the kinds with words only rows in which one of the attributes is more than its number.
    """
    given: dict[str, object] = {"customer": customer_id, "as_of": to_us(as_of), "kinds": sorted(kinds), "start": from_us, "end": until_us}
    where = f"{_OF_CUSTOMER} AND kind = ANY($kinds) AND ts_us >= $start AND ts_us < $end"
    if texts:
        given |= {"worded": list(TEXTS)} | {f"over{at}": over for at, (_, over) in enumerate(texts)}
        says = " OR ".join(f"TRY_CAST(attrs->>'$.{name}' AS DOUBLE) > $over{at}" for at, (name, _) in enumerate(texts))
        where += f" AND (NOT kind = ANY($worded) OR {says})"
    sums = warehouse.query(workspace_id, f"SELECT count(*) AS n, coalesce(sum(value), 0) AS value FROM activity WHERE {where}", given)
    rows = warehouse.query(
        workspace_id, f"SELECT {_FIELDS} FROM activity WHERE {where} {_NEWEST_FIRST} LIMIT $rows", {**given, "rows": limit}
    )
    total = sums.to_pylist()[0]
    return Evidence(_activities(rows), int(total["n"]), float(total["value"]))


def order_lines(warehouse: Warehouse, workspace_id: int, customer_id: int, as_of: datetime, order_id: str) -> list[Activity]:
    """The lines of one order of a customer, as they were ordered in the file."""
    sql = f"""SELECT {_FIELDS} FROM activity WHERE {_OF_CUSTOMER} AND kind = '{Kind.ORDER_LINE}'
        AND (attrs->>'$.order_id') = $order_id ORDER BY ts_us, rowid"""
    return _activities(warehouse.query(workspace_id, sql, {"customer": customer_id, "as_of": to_us(as_of), "order_id": order_id}))


def freshness(warehouse: Warehouse, workspace_id: int, as_of: datetime) -> list[Freshness]:
    """Every source with its rows and how far they reach. Reads all of the stream: once per page, not per customer."""
    sql = f"""SELECT source, count(*) AS n, min(ts_us) AS oldest, max(ts_us) AS newest FROM activity
        WHERE {_SEEN} GROUP BY source ORDER BY source"""
    found = warehouse.query(workspace_id, sql, {"as_of": to_us(as_of)}).to_pylist()
    return [Freshness(str(row["source"]), int(row["n"]), int(row["oldest"]), int(row["newest"])) for row in found]


def _activities(table: pa.Table) -> list[Activity]:
    return [Activity(**{**row, "attrs": json.loads(row["attrs"])}) for row in table.to_pylist()]
