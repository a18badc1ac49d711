"""What runs flows: who enters (`entering.py`), who is due (`waking.py`), what is done (`effects.py`), what ends it (`watching.py`).

Rows, not processes: an enrolment that sleeps is a row with `wake_at`. Everything may be killed and run again.
"""
