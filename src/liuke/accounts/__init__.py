"""Workspaces, people, roles, keys and the audit trail: who is asking, and what they may do.

In: a request (session cookie or `Authorization: Bearer lk_…`) and a workspace slug. Out: a frozen `Actor`.
Read `domain/roles.py` (which role may do what), `domain/actor.py` (who asks), `store/auth.py` (how a request becomes an
actor), `service/` (use cases: set-up, workspaces, people, teams, keys, audit) and `domain/templates.py` (industries).
"""
