"""`liuke.score`: a frame of activities in, a table of risk scores out. For notebooks; needs no Django and no installation.

Only this file may be imported by `liuke/__init__.py`: it loads the engine when the first frame is scored, because the engine takes
a second to load and every command of the product imports `liuke`.
"""

from __future__ import annotations

from datetime import datetime
from os import PathLike
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

    from liuke.score.domain.config import ScoreConfig


def score(
    activities: Any,
    customers: Any = None,
    *,
    as_of: datetime | str,
    config: ScoreConfig | dict[str, object] | None = None,
    zone: str = "UTC",
    industry: str = "general",
    model: bytes | str | PathLike[str] | None = None,
) -> pa.Table:
    """Risk scores 0–100 (higher is more dangerous) of the customers in `activities`, as a pyarrow Table.

    `activities`: an Arrow, pandas or polars frame with the columns customer_id (any type), ts (timestamps; naive ones are in
    `zone`), kind (e.g. order.placed, login, ticket.opened) and value (amount; may be null); optional: source, activity_id, attrs
    (JSON text or dicts), known_at (timestamps). `customers`: a frame with customer_id, to have a row also for those who did nothing.
    `as_of`: the moment of the scores (aware, or naive in `zone`); later rows are not seen. `config`: a `ScoreConfig`, or its plain
    data; by default that of `industry`. `model`: a model file (`liuke score --save-model`) or its bytes, which then makes the scores.

    Columns: customer_id, score, base, level (normal, early, medium, high), reasons (JSON text; base + their points = score), tier,
    annual_value, confidence (0–1), last_order_us, last_activity_us, is_lost, main_family, not_computable, profile, off_baseline,
    under_usual; with a model also probability, churn_curve, at_stake, money_at_risk, model (else null).

    Raises liuke.base.errors.Invalid("frame", faults=[…]) naming every fault and what is allowed, Invalid("model_file").
    """
    from liuke.score.notebook import score_frame  # noqa: PLC0415 - the engine takes a second to load

    return score_frame(activities, customers, as_of=as_of, config=config, zone=zone, industry=industry, model=model)
