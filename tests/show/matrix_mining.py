"""Who may call what of 挖掘 and 流失体检."""

from __future__ import annotations

from tests.show.matrix import IMPORTERS, MEMBERS, PUBLISHERS, SEE_ALL, Row

UNSEEN = MEMBERS - SEE_ALL
"""Who does not see all customers sees only what she started herself: the world's searches do not exist for her."""
ORDERS = {"file": "订单号,客户编号,下单时间,金额\n1,C1,2026-01-01,5\n", "churn_days": 60}

TABLE: tuple[Row, ...] = (
    Row("mining_start", "post", "/mining", SEE_ALL, body={"kind": "links"}),
    Row("mining_list", "get", "/mining"),
    Row("mining_get", "get", "/mining/{mining}", MEMBERS, UNSEEN),
    Row("mining_cancel", "post", "/mining/{mining}/cancel", MEMBERS, MEMBERS),
    Row("mining_adopt", "post", "/mining/{mining}/adopt", PUBLISHERS, body={"nth": 0, "name": "很久没下单"}),
    Row("mining_delete", "delete", "/mining/{mining}", PUBLISHERS | UNSEEN, UNSEEN, ok=204),
    Row("checkup_start", "post", "/checkups", IMPORTERS, body=ORDERS),
    Row("checkup_report", "get", "/checkups/{checkup}/report.html", MEMBERS, UNSEEN),
)
