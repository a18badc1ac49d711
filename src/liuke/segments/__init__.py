"""Step 6, who belongs together. In: yearly money and buying behaviour, and the frame of all customers. Out: tiers, RFM quintiles, tags.

Read `domain/tiers.py` (the rule of value tiers), `domain/cuts.py` (cuts frozen per run, so that scoring a few customers equals
scoring all), `domain/tag.py` and `domain/builtin.py` (tags), `service/members.py` (who carries them since when).
"""
