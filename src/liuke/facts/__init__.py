"""What happened, and to whom: ONE stream of activities in the warehouse, entities in the app database.

In: `align.domain.batch.AlignedBatch`, still addressed by the customer's own number. Out: activities by `customer_id`,
customers, contacts, contracts, opportunities. Read `domain/activity.py` and `domain/kinds.py` (the stream), `service/batches.py`
(how a batch is written, in which order), `service/customers.py` (who may see whom), `store/activities.py` (timeline, evidence).
"""
