"""A finished search for rules, and a check-up with its report."""

from __future__ import annotations

from typing import Any

from liuke.accounts.store.models import Workspace
from liuke.learn.store.models import MiningRun

PROOF = {
    "cuts": [{"column": "order_since", "op": "ge", "value": 60.0}], "n": 50, "hits": 30, "rate": 0.6, "low": 0.46, "high": 0.72,
    "base": 0.3, "lift": 2.0, "adjusted": 0.001, "found_rate": 0.65, "found_n": 200,
}  # fmt: skip
DOCUMENT = {"when": {"all": [{"column": "order_since", "op": "ge", "value": 60}]}, "exclude": None}
RULES: dict[str, Any] = {
    "rules": [{"rule": PROOF, "document": DOCUMENT, "backtest": None}], "tested": 12, "found_rows": 900, "proof_rows": 300,
    "horizon_days": 90, "found_until": "2026-03-01", "proof_from": "2026-06-01",
}  # fmt: skip
SHARE = {"value": None, "low": None, "high": None, "n": 0}
CHECKUP: dict[str, Any] = {
    "facts": {
        "name": "订单.csv", "rows": 60, "rejected": 0, "columns": {"customer_key": "客户"}, "first": "2025-01-01", "last": "2026-01-01",
        "customers": 12, "orders": 60, "cancelled": 1, "amount": 9000.0,
    },
    "currency": "CNY", "churn_days": 60, "returned": 0.1, "active": 9, "at_risk": 2, "money_at_risk": 300.0,
    "losses": {"opening": 12, "lost": 3, "money": 800.0, "turnover": 9000.0,
               "months": [{"month": "2025-11", "customers": 3, "money": 800.0}]},
    "measured": None, "why_not_measured": "log_short", "seconds": 1.0,
    "calls": [{"key": "C-100", "name": "王小明", "chance": 0.4, "annual_value": 700.0, "silent_days": 20.0, "reasons": []}],
}  # fmt: skip


def make_mining(workspace: Workspace) -> dict[str, Any]:
    """`mining`: rules that were found; `checkup`: a report."""
    run = MiningRun.objects.create(workspace=workspace, kind="rules", result=RULES)
    checkup = MiningRun.objects.create(workspace=workspace, kind="checkup", asked={"file": "订单.csv"}, result=CHECKUP)
    return {"mining": run.pk, "checkup": checkup.pk}
