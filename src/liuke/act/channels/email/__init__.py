"""E-mail by SMTP: the installation's server (`LIUKE_SMTP_URL`) or the channel's own.

`send.py` one plain-text mail, with a return path that names its message (`verp.py`); `bounces.py` what came back means; bounces come
in over the callback address (an MTA's pipe) or are read from a mailbox (`act/outgoing/mailbox.py`).
"""

from liuke.act.channels.email.kind import CHANNEL

__all__ = ["CHANNEL"]
