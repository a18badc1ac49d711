"""Step 10, do something: the only step that talks to customers and staff.

Comes in: `alert.domain.changes.AlertChanges` of a review, people's taps. Goes out: work items, follow-ups, the renewal ledger,
notices, and outbox messages that channels deliver.
Read `service.py` (every use case by name), `tasks/` (work items), `renewals/`, `notices/`, `channels/<kind>/` (one folder per way out)
and `domain/` (due dates, forecast, the channel contract).
"""
