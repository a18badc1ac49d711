"""Step 11, did it work: outcomes that people register (OUT-01), later backtests, experiments and mining.

Comes in: 登记结果 on a customer. Goes out: the customer's status, closed alerts and work items, labels from `occurred_on` on.
Read `domain/outcomes.py` (what each outcome asks and means) and `service.py`.
"""
