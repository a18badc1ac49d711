"""A company's own app at WeCom (自建应用): colleagues get messages and cards whose buttons act; customers get tags and mass messages.

`app.py` reads the settings, `send.py` sends and changes cards, `callbacks.py` hears clicks and customers who leave, `check.py` looks
whether all is set up, `groups.py` opens group chats, `customers.py` tags and mass tasks.
"""

from liuke.act.channels.wecom.kind import CHANNEL

__all__ = ["CHANNEL"]
