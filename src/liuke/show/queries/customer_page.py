"""客户360: head, score, profile."""

from __future__ import annotations

from liuke.act.store.models import WorkItem
from liuke.alert.store.models import Alert
from liuke.facts.service import contacts_read, customer_get
from liuke.facts.store.models import Contract, Customer, Opportunity
from liuke.show.api.schemas.customers import ContactOut, ContractOut, CustomerOut, OpportunityOut
from liuke.show.domain.card import segment_of
from liuke.show.queries.advice import advice
from liuke.show.queries.reader import Reader, word
from liuke.show.queries.scores import last_score, score_out
from liuke.show.queries.stamps import stamps
from liuke.show.queries.tag_chips import tags_carried
from liuke.show.store.models import CustomerCard


def customer_out(*, reader: Reader, customer_id: int) -> CustomerOut:
    """A visible customer. Reading contacts unmasked is written to the audit trail. Raises NotFound, also for a stranger's."""
    reader.require_customers()
    customer = customer_get(actor=reader.actor, customer_id=customer_id)
    card = CustomerCard.objects.filter(pk=customer.pk).first() or CustomerCard(customer=customer, tier="low", status=customer.status)
    score = last_score(reader, customer.pk)
    alert_id = Alert.objects.filter(customer=customer).exclude(status=Alert.Status.CLOSED).values_list("pk", flat=True).first()
    item = WorkItem.objects.filter(customer=customer, status__in=("todo", "doing")).order_by("-alert_id", "due_at", "pk").first()
    return CustomerOut(
        id=customer.pk,
        key=customer.key,
        name=customer.name,
        name_is_sample="name" in customer.sample_fields,
        owner=reader.person(customer.owner_id),
        status=word(card.status),
        tier=word(card.tier),
        segment=card.segment or segment_of(customer.attributes),
        attributes=customer.attributes,
        sample_fields=customer.sample_fields,
        registered_at=customer.registered_at,
        annual_value=card.annual_value,
        expected_loss=card.expected_loss,
        last_order_at=card.last_order_at,
        last_activity_at=card.last_activity_at,
        contract_ends_on=card.contract_ends_on,
        score=score_out(reader, score) if score else None,
        delta_7d=card.delta_7d,
        delta_30d=card.delta_30d,
        open_alert_id=alert_id,
        open_work_item_id=item.pk if item else None,
        contacts=contacts_out(reader, customer.pk),
        contracts=contracts_out(reader, customer),
        opportunities=opportunities_out(reader, customer),
        sources=stamps(reader.workspace, reader.now),
        tags=tags_carried(reader, [customer.pk]).get(customer.pk, []),
        suggestion=advice(reader, score["reasons"] if score else card.reasons, customer.name),
    )


def contacts_out(reader: Reader, customer_id: int) -> list[ContactOut]:
    """Contacts, key contacts first, masked by role."""
    return [
        ContactOut(
            id=row.contact_id,
            name=row.name,
            title=row.title,
            phone=row.phone,
            email=row.email,
            is_key=row.is_key,
            is_sample=row.is_sample,
        )
        for row in contacts_read(actor=reader.actor, customer_id=customer_id)
    ]


def contracts_out(reader: Reader, customer: Customer) -> list[ContractOut]:
    """Contracts that have begun, the latest end first."""
    contracts = Contract.objects.filter(customer=customer).exclude(starts_on__gt=reader.today).select_related("renewal")
    return [
        ContractOut(
            id=row.pk,
            key=row.key,
            name=row.name,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            amount=float(row.amount),
            renewal_id=row.renewal.pk if hasattr(row, "renewal") else None,
            is_sample=row.is_sample,
        )
        for row in contracts.order_by("-ends_on", "pk")
    ]


def opportunities_out(reader: Reader, customer: Customer) -> list[OpportunityOut]:
    """Deals in progress, as far as they had been touched by the workspace's present."""
    deals = Opportunity.objects.filter(customer=customer, updated_at__lt=reader.now).order_by("-updated_at", "pk")
    return [
        OpportunityOut(
            id=row.pk,
            name=row.name,
            stage=row.stage,
            stage_set_at=row.stage_set_at,
            amount=None if row.amount is None else float(row.amount),
            close_on=row.close_on,
            is_sample=row.is_sample,
        )
        for row in deals
    ]
