"""The shape of a scoring: one row per known customer."""

from __future__ import annotations

import pyarrow as pa

SCORE_SCHEMA = pa.schema(
    [
        pa.field("customer_id", pa.int64(), nullable=False),
        pa.field("score", pa.float64(), nullable=False),
        pa.field("base", pa.float64(), nullable=False),
        pa.field("level", pa.string(), nullable=False),
        pa.field("reasons", pa.string(), nullable=False),
        pa.field("tier", pa.string(), nullable=False),
        pa.field("annual_value", pa.float64(), nullable=False),
        pa.field("confidence", pa.float64(), nullable=False),
        pa.field("last_order_us", pa.int64()),
        pa.field("last_activity_us", pa.int64()),
        pa.field("is_lost", pa.bool_(), nullable=False),
        pa.field("main_family", pa.string()),
        pa.field("not_computable", pa.string(), nullable=False),
        pa.field("profile", pa.string()),
        pa.field("off_baseline", pa.bool_(), nullable=False),
        pa.field("under_usual", pa.float64()),
        pa.field("probability", pa.float64()),
        pa.field("churn_curve", pa.string()),
        pa.field("at_stake", pa.float64()),
        pa.field("money_at_risk", pa.float64()),
        pa.field("model", pa.int32()),
    ]
)
"""`score` 0–100, higher is more dangerous; `base` + points of `reasons` (JSON text) = `score`. `annual_value`: orders less
cancellations of the last 365 days, never negative. `last_activity_us`: the newest interaction of the customer's own doing.
`is_lost`: the churn definition is met (the customer belongs in the pool, not in the alerts). `main_family`: null when nothing
raises the score. `not_computable`: JSON text, signal → catalogue key of why.
`profile`: the name of the profile that holds, null for none. `off_baseline` (SCR-08): amount or interactions lie further under the
customer's own usual period than the configuration allows; `under_usual`: the larger of the two shares (0.35 = 35% less), null
without a usual period. `customer_id` keeps its own type in notebooks.

The last five are null where no model made the score. `probability` (0–1): to be lost within the model's horizon; `churn_curve`: JSON
text `[[day, chance], …]`, null too where nothing tells when; `at_stake`: what the coming year brings if the customer stays;
`money_at_risk` = probability × at_stake; `model`: the version's number."""

MODELLED = ("probability", "churn_curve", "at_stake", "money_at_risk", "model")
"""The columns that a model fills."""
