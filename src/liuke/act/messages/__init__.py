"""Messages to customers.

In: a request (customer, medium or channel, template, purpose, key). Out: a row of the ledger `CustomerMessage` that the governor
has judged, and an outbox row that carries it. `service.py` names every use case; `domain.py` is templates and their words (pure),
`domain_lint.py` what carriers refuse, `sending.py` the way to the outbox, `deliver.py` the way out, `receiving.py` what comes back.
"""
