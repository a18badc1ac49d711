"""Playbooks: flows that act by themselves on customers, from a trigger over waits and branches to an end.

In: occurrences of triggers (alerts, tags, signals, dates, activities, outcomes). Out: messages, work items, tags, outbox rows.
Read `domain/spec.py` (what a flow is), `domain/walk.py` (how one is walked), `nodes/` and `triggers/` (one small file per kind,
found by themselves), `engine/` (entering, waking, watching goals; rows, not processes) and `service.py` (what people do).
"""
