"""Step 7, what changed. In: features of the customers. Out: per signal how strong it fired, with the numbers of its sentence.

Read `domain/signal.py` (what a signal is), `domain/catalogue/` (one file per signal; a new one is a file there, a line in its
`__init__.py`, its texts in `locales/`) and `service.py` (all signals, the activities behind a reason).
"""
