"""A company's own app at DingTalk (企业内部应用): colleagues get work notices, or cards whose buttons act.

`app.py` reads the settings, `send.py` sends, `cards.py` fills and changes cards, `callbacks.py` hears clicks, `asks.py` asks what became
of it and whether all is set up, `groups.py` opens chats.
"""

from liuke.act.channels.dingtalk.kind import CHANNEL

__all__ = ["CHANNEL"]
