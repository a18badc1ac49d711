"""Keeping an installation: backups, their way back, and the move from SQLite to PostgreSQL.

In: a running or stopped installation (`base.settings`). Out: folders of `base.backups`, a restored data directory, a filled database.
Read `backup.py` (what is taken, in which order), `restore.py` (what is done so that both databases speak of the same), `verify.py`
(whether a backup scores as the original did), `moving.py` and `rows.py` (rows between databases, with proof).
"""
