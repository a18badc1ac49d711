"""What compares customers with each other: segment baselines and quintiles, over a table of features of everybody."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from liuke.features.domain.columns import ID
from liuke.features.domain.metric import Baseline, Declared, Quintile

Comparing = Baseline | Quintile


def peers_expression(features: ir.Table, comparing: Sequence[Comparing], groups: ir.Table | None = None) -> ir.Table:
    """`features` with a column per item of `comparing`. `groups`: `customer_id` and text columns, one per `Baseline.by`.

    A baseline whose column `groups` lacks is null for everybody: nothing is known to compare with.
    """
    names = features.columns
    wanted = [item.by for item in comparing if isinstance(item, Baseline) and item.by]
    table, columns = _with_groups(features, groups, wanted) if groups is not None and wanted else (features, {})
    values = [_compared(table, item, columns.get(getattr(item, "by", ""))) for item in comparing]
    return table.select(*names, *values)


def _with_groups(features: ir.Table, groups: ir.Table, wanted: Sequence[str]) -> tuple[ir.Table, dict[str, str]]:
    """`features` with each known group as a column, and those columns' names."""
    known = [name for name in dict.fromkeys(wanted) if name in groups.columns]
    columns = {name: f"group_{at}" for at, name in enumerate(known)}
    grouped = groups.select(groups[ID].cast(features[ID].type()), *[groups[name].name(column) for name, column in columns.items()])
    return features.left_join(grouped, ID), columns


def comparing_of(declared: Sequence[Declared]) -> tuple[Comparing, ...]:
    """Those that compare customers."""
    return tuple(item for item in declared if isinstance(item, Baseline | Quintile))


def _compared(table: ir.Table, item: Comparing, group: str | None) -> ir.Value:
    if isinstance(item, Quintile):
        return _tile(table, item)
    if item.by and group is None:
        return ibis.null("float64").name(item.name)
    of = table[item.of]
    among = ibis.window(group_by=table[group]) if group else ibis.window()
    usual = (of.count().over(among) >= item.least).ifelse(of.median().over(among), ibis.null("float64"))
    value = (of / usual.nullif(0)).cast("float64")
    return (table[group].notnull().ifelse(value, ibis.null("float64")) if group else value).name(item.name)


def _tile(table: ir.Table, item: Quintile) -> ir.Value:
    """Ibis counts tiles from 0; missing values form a partition of their own, so that they take no place."""
    of = table[item.of]
    order = [of if item.rising else of.desc(), table[ID]]
    tile = ibis.ntile(item.tiles).over(ibis.window(group_by=of.isnull(), order_by=order)) + 1
    return of.isnull().ifelse(ibis.null("float64"), tile.cast("float64")).name(item.name)
