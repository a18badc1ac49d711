"""DingTalk: group robots, work notices, interactive cards, to-dos, group chats, log-in and callbacks.

`app.py` is the door: an app's two hosts, their tokens and how they say no (`envelopes.py`). Everything else is functions over it.
"""
