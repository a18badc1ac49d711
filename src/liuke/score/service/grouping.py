"""What segment baselines compare by: the customers' attributes, and their value tier, which follows from the numbers themselves."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from liuke.features.domain.churn import ChurnDefinition
from liuke.features.service import Grouping
from liuke.score.domain.measured import measured
from liuke.segments.domain.cuts import TierCuts, tier_cuts, tiers_of
from liuke.segments.domain.tiers import TierRule

TIER = "tier"


def grouping(attributes: pa.Table | None, *, rule: TierRule, churn: ChurnDefinition, cuts: TierCuts | None = None) -> Grouping:
    """`attributes` (customer_id and text columns) with the column `tier` added, for every customer that has features.

    `cuts`: those of a run over everybody, where there was one; otherwise the rule is applied to the customers at hand.
    """

    def groups(features: pa.Table) -> pa.Table:
        value = measured(features, churn).annual_value
        tiers = tiers_of(value, cuts or tier_cuts(rule, value))
        ids = features["customer_id"]
        columns = {"customer_id": ids, TIER: pa.array(tiers, pa.string())}
        if attributes is not None:
            places = pc.index_in(ids, attributes["customer_id"].cast(ids.type))
            columns |= {name: attributes[name].take(places) for name in attributes.column_names if name not in columns}
        return pa.table(columns)

    return groups
