"""Notices: what a person is told inside the product, and the outbox messages that go out beside it.

`inform.py` (of a review), `reading.py` (list, unread, mark read). Notices are written by `channels/inapp`.
"""
