"""Channels as configured rows, and delivery from the outbox. `manage.py` (create, change, test), `deliver.py` (outbox topics)."""
