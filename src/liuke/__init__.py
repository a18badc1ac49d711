"""Liuke 留客: customer-churn early warning and win-back.

`liuke.score(activities, …)` scores a frame in a notebook without Django; everything else is under the steps of the
data's way: connect, align, facts, features, segments, signals, score, alert, act, learn, show.
"""
