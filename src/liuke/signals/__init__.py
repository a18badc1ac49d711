"""Step 7, what changed. In: features of the customers. Out: per signal how strong it fired, with the numbers of its sentence; rules.

Read `domain/signal.py` (what a signal is), `domain/catalogue/` (one file per signal with its texts beside it) and
`service/judging.py` (all signals, the activities behind a reason). Rules: `domain/effects.py` (what one does), `service/editing.py`
(draft, trial, publish, roll back), `service/rules.py` (which run), `service/hits.py` (who matched when), `packs/` (rules that come along).
"""
