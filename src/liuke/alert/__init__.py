"""Step 9, who needs attention: decides on alerts, sends nothing.

Comes in: one `domain.scored.ScoredCustomer` per customer and run. Goes out: rows of `store.models.Alert` and what changed
(`domain.changes.AlertChanges`), from which `act/` makes work items and notices.
Read `domain/lifecycle.py` (raise, update, escalate, lower, close), `domain/silence.py` (repeats and 已知), `domain/budget.py`
(who is told today), `domain/verdicts.py`, then `service/review.py`. In words: docs/algorithms/alerts.md.
"""
