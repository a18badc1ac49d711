"""An alert's card and message as the deliverer makes them."""

from __future__ import annotations

from dataclasses import replace

from liuke.act.domain.channel import Button, Card, OutMessage

CARD = Card(
    "alert-12-3",
    "高危预警：客户甲",
    "high",
    (("预计损失", "¥8,200"), ("原因", "60 天未下单")),
    (Button("claim", "认领"), Button("snooze:1", "明天再提醒"), Button("verdict:false_alarm", "误报")),
    "https://liuke.example/w/acme/alerts/12",
)
PLAIN = OutMessage("k-1", "digest", "预警摘要", "新增 3 条\n存量 2 条", "https://liuke.example/w/acme/alerts", "zhang")
ALERT = replace(PLAIN, key="k-2", kind="alert", subject=CARD.title, card=CARD)
