"""Feishu (and Lark): group robots, messages and cards, group chats, log-in and callbacks.

`app.py` is the door: an app's token in both styles and how Feishu says no (`envelopes.py`). Everything else is functions over it.
"""
