"""A company's own app at Feishu (企业自建应用): colleagues get cards whose buttons act, or texts.

`app.py` reads the settings, `cards.py` draws and changes cards, `send.py` sends and opens chats, `callbacks.py` hears clicks, `check.py`
looks whether all is set up.
"""

from liuke.act.channels.feishu.kind import CHANNEL

__all__ = ["CHANNEL"]
