"""Who may call what: rows by API. A key has its workspace; a person names one."""

from __future__ import annotations

from tests.show.matrix import HANDLERS, IMPORTERS, Row

HERE = "?workspace={slug}"
ACTIVITY = {"activity_id": "x1", "customer_key": "C1", "ts": "2026-11-20T08:00:00Z", "kind": "login"}
ROWS = {
    "activities": ACTIVITY,
    "customers": {"customer_key": "N1", "name": "新客户"},
    "contacts": {"customer_key": "C1", "name": "王晓"},
    "orders": {"order_id": "SO-9", "customer_key": "C1", "ordered_at": "2026-11-20", "amount": 12},
    "messages": {"customer_key": "C1", "sent_at": "2026-11-20", "direction": "in", "text": "你好"},
    "tickets": {"ticket_id": "T-9", "customer_key": "C1", "opened_at": "2026-11-20"},
    "surveys": {"customer_key": "C1", "answered_at": "2026-11-20", "score": 9},
    "payments": {"payment_id": "R-9", "customer_key": "C1", "amount": 5, "due_on": "2026-12-20"},
    "contracts": {"contract_id": "K-9", "customer_key": "C1", "ends_on": "2026-12-31", "amount": 10},
    "opportunities": {"opportunity_id": "P-9", "customer_key": "C1", "stage": "报价"},
}
OUTCOME = {"outcome_id": "x1", "customer_key": "{customer_key}", "kind": "churned", "occurred_on": "2026-11-20"}
TABLE: tuple[Row, ...] = (
    *(Row(f"{name}_ingest", "post", f"!/{name}{HERE}", IMPORTERS, body=[row], ok=202) for name, row in ROWS.items()),
    Row("outcomes_ingest", "post", f"!/outcomes{HERE}", HANDLERS & IMPORTERS, body=[OUTCOME], ok=202),
    Row("sent_batch_get", "get", f"!/batches/{{sent}}{HERE}", IMPORTERS),
)
