"""A signed webhook. Config: `{"url": "https://…"}`; the secret signs.

The receiver gets a JSON body with the headers `X-Liuke-Timestamp` (Unix seconds), `X-Liuke-Signature`
(`sha256=` + hex HMAC-SHA256 of `<timestamp>.<body>`) and `Idempotency-Key`: the same key twice is the same message.
"""

from liuke.act.channels.webhook.send import CHANNEL, signature

__all__ = ["CHANNEL", "signature"]
