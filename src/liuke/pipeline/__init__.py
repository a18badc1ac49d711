"""The order of the steps: import, nightly scoring, replay of history, the time machine. The only place that calls them all.

In: jobs (`handlers.py` maps each kind to its run). Out: nothing of its own, every step keeps what it made.
Read `scoring.py` (one as-of date, end to end), `history.py` (many), `imports.py` (a file's way in), `sample.py` (the
sample workspace), `clock.py` (play forward), `handlers.py` (what a worker can do).
Everything here may be killed and run again: each write below is idempotent by its batch id or as-of date.
"""
