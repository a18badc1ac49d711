"""登记结果, as the API shows it."""

from __future__ import annotations

from liuke.facts.service import customer_get
from liuke.learn.store.models import Outcome
from liuke.show.api.schemas.customers import OutcomeOut
from liuke.show.queries.alert_list import customer_ref
from liuke.show.queries.reader import Reader, word

MOST = 200


def outcome_out(reader: Reader, row: Outcome) -> OutcomeOut:
    """A registered outcome; its note is hidden from readers without personal data."""
    customer = row.customer
    return OutcomeOut(
        id=row.pk,
        customer=customer_ref(customer.pk, customer.key, customer.name, customer.sample_fields),
        kind=word(row.kind),
        occurred_on=row.occurred_on,
        cause=row.cause,
        competitor=row.competitor,
        note=reader.written(row.note),
        by=reader.person(row.by_id),
        at=row.at,
        reverted_at=row.reverted_at,
    )


def outcomes_of(*, reader: Reader, customer_id: int) -> list[OutcomeOut]:
    """A visible customer's outcomes, newest first. Raises NotFound, also for a stranger's."""
    reader.require_customers()
    customer_get(actor=reader.actor, customer_id=customer_id)
    rows = Outcome.objects.filter(customer_id=customer_id).select_related("customer").order_by("-at", "-pk")[:MOST]
    return [outcome_out(reader, row) for row in rows]
