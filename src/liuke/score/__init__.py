"""Step 8, how likely. In: the activity stream and a published configuration. Out: one scored row per customer with reasons.

Read `domain/config.py` (weights and numbers, validated), `domain/templates.py` (defaults per industry), `domain/points.py`
(base + points = score), `domain/preview.py` (what a new configuration would change) and `service.py` (score everybody or a few).
"""
