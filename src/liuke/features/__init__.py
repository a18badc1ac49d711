"""Step 5, numbers as of a moment. In: the activity stream, a list of declared metrics. Out: one row of numbers per customer.

Read `domain/metric.py` (what a metric may say), `domain/moment.py` (windows), `domain/compile.py` (metrics → one Ibis
expression), `domain/labels.py` (who was lost, churn rate over time) and `service.py` (compile to SQL, run it).
Nothing known after the moment can enter: see docs/algorithms/features.md.
"""
