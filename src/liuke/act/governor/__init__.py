"""What stands before every touch of a customer (BEY-08).

In: a touch that somebody wants (`domain.Touch`). Out: allowed, deferred until a moment, or refused by a named rule, as a row that
people can read. `domain.py` decides (pure), `domain_policy.py` is what can be set, `domain_hours.py` knows open hours,
`judging.py` gathers the past and holds the lock, `policies.py`, `consents.py`, `suppressions.py`, `lists.py` are the use cases.
"""
