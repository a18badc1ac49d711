"""Liuke 留客: customer-churn early warning and win-back.

`liuke.score(activities, …)` scores a frame in a notebook without Django; everything else is under the steps of the
data's way: connect, align, facts, features, segments, signals, score, alert, act, learn, show.
"""

import liuke.score as _step  # noqa: F401 - first the package, so that loading it later cannot hide the function of its name
from liuke.frames import score

__all__ = ["score"]
