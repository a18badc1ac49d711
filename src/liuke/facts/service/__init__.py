"""Use cases of facts: write a batch, see and change customers, read what happened.

`batches.py` (in), `customers.py` (who sees whom, assign, create, update), `reading.py` (timeline, contacts, evidence, masked by role).
"""

from liuke.facts.service.batches import batch_write

__all__ = ["batch_write"]
