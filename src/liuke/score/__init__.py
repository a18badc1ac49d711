"""Step 8, how likely. In: the activity stream and a published configuration. Out: one scored row per customer with reasons.

Read `domain/config.py` (weights and numbers, validated; `weights.py`, `profiles.py`, `seasons.py`, `baseline.py` are its parts),
`domain/templates.py` (defaults per industry), `domain/plans.py` (what holds for whom), `domain/points.py` (base + points = score),
`domain/override.py` (people's adjustments), `domain/preview.py` (what a new configuration would change), `domain/change.py` (why a
score changed) and `service/` (score everybody or a few; make the frame that rules read).
"""
