"""What people registered (OUT-01) comes before everything that a stream says about who was lost."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from liuke.features.domain.label import LabelDefinition
from liuke.features.domain.moment import Moment

UNKNOWN = np.iinfo(np.int64).min


def labels_overridden(labels: pa.Table, outcomes: pa.Table, moment: Moment, definition: LabelDefinition) -> pa.Table:
    """`labels` (`customer_id`, `lost`, `at_us`, rising ids) with the outcomes registered for these customers.

    `outcomes`: `customer_id`, `at_us`, `lost` (1.0 lost, 0.0 stayed, null: paused, which says nothing). The newest one before the
    moment that is no 0.0 takes the customer out of the eligible ones: it was lost or paused already. The first one within
    the horizon is the label; a pause within it takes the customer out.
    """
    ids = np.asarray(labels["customer_id"])
    lost = labels["lost"].to_numpy().copy()
    at_us = labels["at_us"].fill_null(UNKNOWN).to_numpy().copy()
    keep = np.ones(len(ids), dtype=np.bool_)
    end = moment.back_us(-definition.horizon_days)
    ordered = outcomes.sort_by([("customer_id", "ascending"), ("at_us", "ascending")])
    who, when = np.asarray(ordered["customer_id"]), np.asarray(ordered["at_us"])
    said = np.asarray(ordered["lost"].cast(pa.float64()).to_numpy(zero_copy_only=False), dtype=np.float64)
    place = np.searchsorted(ids, who)
    known = (place < len(ids)) & (ids[np.minimum(place, len(ids) - 1)] == who) if len(ids) else np.zeros(len(who), dtype=np.bool_)
    decided: set[int] = set()
    for row in np.flatnonzero(known):
        at = int(place[row])
        if when[row] < moment.us:
            keep[at] = said[row] == 0.0
        elif when[row] < end and at not in decided:
            decided.add(at)
            keep[at] &= not np.isnan(said[row])
            lost[at], at_us[at] = said[row], when[row] if said[row] == 1.0 else UNKNOWN
    return pa.table({"customer_id": labels["customer_id"], "lost": pa.array(lost), "at_us": pa.array(at_us, mask=at_us == UNKNOWN)}).filter(
        pa.array(keep)
    )
