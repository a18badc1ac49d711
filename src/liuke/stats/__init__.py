"""Pure maths, below the way: intervals, ranking quality, the return curve. In: arrays. Out: numbers. Knows nothing of customers.

Read `proportion.py` (Wilson), `ranking.py` (AUC), `bootstrap.py` (intervals by resampling whole clusters), `returns.py` (how many
of those silent for n days came back) and `logistic.py` (sign-bound logistic regression).
"""
