"""The 67 features of the floor (`../shared/floors/features_floor.py`), declared as the product declares metrics."""

from __future__ import annotations

from liuke.features.domain.metric import Aggregate, Declared, Metric, Quintile, Ratio

KINDS = (
    "login", "page_view", "purchase", "refund", "support_ticket", "support_reply",
    "email_open", "email_click", "app_crash", "plan_change", "payment_failed", "review",
)  # fmt: skip
COUNTED = ("login", "page_view", "purchase", "support_ticket", "email_click", "payment_failed")
TREND = ("login", "page_view", "purchase")
BUY, REFUND = ("purchase",), ("refund",)
QUINTILES = ("rfm_r", "rfm_f", "rfm_m")


def _changes() -> list[Declared]:
    """This window ÷ (the one before + 1), with the windows before, which the floor does not show."""
    made: list[Declared] = []
    for days in (30, 90):
        for kind in TREND:
            before = Metric(f"before_{kind}_{days}", Aggregate.COUNT, (kind,), days=days, skip=days)
            made += [before, Ratio(f"r{days}_{kind}", f"n_{kind}_{days}", before.name, plus=1.0)]
    all_before = Metric("before_all_30", Aggregate.COUNT, days=30, skip=30)
    spend_before = Metric("before_spend_90", Aggregate.SUM, BUY, days=90, skip=90)
    made += [all_before, Ratio("r30_all", "n_all_30", all_before.name, plus=1.0)]
    return [*made, spend_before, Ratio("r90_spend", "spend_90", spend_before.name, plus=1.0)]


METRICS: tuple[Declared, ...] = (
    *(Metric(f"n_{kind}_{days}", Aggregate.COUNT, (kind,), days=days) for kind in COUNTED for days in (7, 30, 90, 180)),
    *(Metric(f"spend_{days}", Aggregate.SUM, BUY, days=days) for days in (7, 30, 90, 180)),
    *(Metric(f"refund_{days}", Aggregate.SUM, REFUND, days=days) for days in (90, 180)),
    Metric("n_all_30", Aggregate.COUNT, days=30),
    Metric("n_total", Aggregate.COUNT),
    Metric("spend_total", Aggregate.SUM, BUY),
    Metric("n_purchase_total", Aggregate.COUNT, BUY),
    Metric("gap_median", Aggregate.GAP_MEDIAN, BUY, by_day=False),
    Metric("gap_mean", Aggregate.GAP_MEAN, BUY, by_day=False),
    Metric("gap_std", Aggregate.GAP_STD, BUY, by_day=False),
    Metric("slope_n", Aggregate.SLOPE, days=84, of=""),
    Metric("slope_spend", Aggregate.SLOPE, BUY, days=84),
    Metric("n_channels_90", Aggregate.DISTINCT, days=90, of="channel"),
    Metric("resp_avg_180", Aggregate.MEAN, ("support_reply",), days=180),
    *(Metric(f"d_{kind}", Aggregate.DAYS_SINCE, (kind,)) for kind in KINDS),
    Metric("d_any", Aggregate.DAYS_SINCE),
    Metric("tenure", Aggregate.DAYS_KNOWN),
    *_changes(),
    Ratio("last_gap_ratio", "d_purchase", "gap_median"),
    Quintile("rfm_r", "d_any", rising=False),
    Quintile("rfm_f", "n_purchase_total"),
    Quintile("rfm_m", "spend_total"),
)
NAMES = tuple(item.name for item in METRICS if not item.name.startswith("before_"))
"""What the floor gives, in any order."""
