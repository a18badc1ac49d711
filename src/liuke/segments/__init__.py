"""Step 6, who belongs together. In: yearly money and buying behaviour of all customers. Out: value tiers and RFM quintiles.

Read `domain/tiers.py` (the rule), `domain/cuts.py` (cuts frozen per run, so that scoring a few customers equals scoring all).
"""
