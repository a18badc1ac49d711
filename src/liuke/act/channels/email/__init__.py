"""E-mail by the installation's SMTP server (`LIUKE_SMTP_URL`). Config: `{"to": "owner"}` or `{"to": "<address>"}`."""

from liuke.act.channels.email.send import CHANNEL

__all__ = ["CHANNEL"]
