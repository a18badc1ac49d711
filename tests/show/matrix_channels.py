"""Who may call what about channels: whoever holds `channels`, and nobody else."""

from __future__ import annotations

from tests.show.matrix import TECHNICIANS, Row

CHANNEL = {"kind": "webhook", "name": "hook 2", "config": {"url": "https://example.test/y"}, "secrets": {"secret": "s" * 32}}
TROUBLE = "/channels/{channel}/troubles/{trouble}"

TABLE: tuple[Row, ...] = (
    Row("channel_kind_list", "get", "/channel-kinds", TECHNICIANS),
    Row("channel_list", "get", "/channels", TECHNICIANS),
    Row("channel_create", "post", "/channels", TECHNICIANS, body=CHANNEL),
    Row("channel_order", "post", "/channels/order", TECHNICIANS, body={"ids": ["{channel}"]}),
    Row("channel_update", "patch", "/channels/{channel}", TECHNICIANS, body=CHANNEL),
    Row("channel_delete", "delete", "/channels/{channel}", TECHNICIANS),
    Row("channel_test", "post", "/channels/{channel}/test", TECHNICIANS, ok=409),
    Row("channel_check", "post", "/channels/{channel}/check", TECHNICIANS),
    Row("channel_callback_renew", "post", "/channels/{channel}/callback", TECHNICIANS),
    Row("channel_trouble_list", "get", "/channels/{channel}/troubles", TECHNICIANS),
    Row("channel_trouble_ask", "post", f"{TROUBLE}/ask", TECHNICIANS, ok=409),
    Row("channel_trouble_mark", "post", f"{TROUBLE}/mark", TECHNICIANS, body={"arrived": True}),
)
