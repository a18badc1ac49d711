"""Background work as rows: jobs, schedules, outbox. Knows nothing of what a job does.

In: `service.job_enqueue`, `service.outbox_add`, `service.schedule_set` (inside the caller's transaction). Out: calls of the
handlers that `pipeline/` hands to `worker.run`. Read `domain/contract.py` (what a handler gets and may raise),
`store/claim.py` (how rows are claimed by lease), `worker.py` (the loop) and `service.py` (use cases).
"""
