"""A scoring held against the scores of a week before (SCR-08). Free of Django."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from liuke.score.domain.baseline import BaselineRule, score_off


def off_past(scored: pa.Table, before: pa.Table | None, rule: BaselineRule) -> pa.Table:
    """The same scoring; `off_baseline` also where the score lies far above the customer's score in `before` (customer_id, score)."""
    if before is None or not before.num_rows or not scored.num_rows:
        return scored
    past = before["score"].take(pc.index_in(scored["customer_id"], before["customer_id"]))
    usual = np.asarray(pc.fill_null(past.cast(pa.float64()), float("nan")), dtype=np.float64)
    off = np.asarray(scored["off_baseline"], dtype=np.bool_) | score_off(np.asarray(scored["score"]), usual, rule)
    place = scored.schema.get_field_index("off_baseline")
    return scored.set_column(place, scored.schema.field(place), pa.chunked_array([pa.array(off)]))
