"""Cards after a scoring run: read what the steps below know, write the rows that changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pyarrow as pa
from django.db import transaction

from liuke.accounts.service import workspace_now
from liuke.accounts.store.models import Workspace
from liuke.alert.domain.scored import RuleMatch, ScoredCustomer
from liuke.base.times import from_us, local_day
from liuke.facts.store.models import Contract, Customer
from liuke.features.service import Run
from liuke.score.domain.levels import Level
from liuke.show.domain.card import HISTORY, TOP_REASONS, Card, Past, change, next_end, segment_of, status_of, top_reasons
from liuke.show.queries.warehouse_sql import past_scores_sql
from liuke.show.store import repository
from liuke.show.store.models import CustomerCard
from liuke.signals.domain.effects import rule_reason, rule_signal

CHUNK = 5_000
"""Rows read at a time; a run over fewer customers reads only theirs."""
TOGETHER = 20_000
"""Rows per transaction: few enough that other writers wait seconds, not minutes; with 5,000 each commit rewrote nearly every
page of eight indexes, and the whole took twice as long."""
NO_PAST = Past()
Matches = Mapping[int, Sequence[RuleMatch]]


@dataclass(frozen=True, slots=True)
class _Beside:
    """What a card shows beside the run's row: earlier scores and matching rules, by customer."""

    past: Mapping[int, Past]
    rules: Matches


@dataclass(frozen=True, slots=True)
class CardsWritten:
    """How many cards a run saw, and how many of them it had to write."""

    seen: int
    written: int


def cards_write(
    *, workspace: Workspace, as_of: datetime, scored: pa.Table, run: Run | None = None, rules: Matches | None = None
) -> CardsWritten:
    """Bring the cards up to a scoring run; only changed rows are written, 20,000 to a transaction.

    `scored`: the table of `score.service.score_customers`, the whole workspace or the customers touched. `run` reads the
    score history (table `score`) for changes and spark lines; without it they stay empty. `rules`: the live rules that match, by
    customer. Scored ids without a customer are skipped. Safe to repeat: cards can always be rebuilt.
    """
    only: list[int] | None = scored.column("customer_id").to_numpy().tolist() if scored.num_rows < CHUNK else None
    past = _past(run(past_scores_sql(as_of, only))) if run else {}
    cards = _cards(workspace, as_of, scored, _Beside(past, rules or {}), only)
    known = repository.digests(workspace.pk, only)
    seen, written, chunk = 0, 0, []
    for card in cards:
        seen += 1
        digest = card.digest()
        if known.get(card.customer_id) != digest:
            chunk.append((card, digest))
        if len(chunk) == TOGETHER:
            written += _save(workspace.pk, chunk, as_of)
            chunk = []
    written += _save(workspace.pk, chunk, as_of)
    if written > CHUNK:
        repository.analyze()
    return CardsWritten(seen, written)


def cards_refresh(*, workspace: Workspace, customer_ids: Iterable[int]) -> None:
    """Copy name, owner, status and contract of a few customers to their cards at once, without waiting for a scoring.

    A customer that was never scored gets a card with score 0. Call it inside the transaction of the change.
    """
    ids = list(customer_ids)
    today = local_day(workspace_now(workspace), workspace.time_zone)
    ends = _contract_ends(workspace, today, ids)
    cards = {card.customer_id: card for card in CustomerCard.objects.filter(workspace=workspace, customer_id__in=ids)}
    for customer in Customer.objects.filter(workspace=workspace, pk__in=ids).select_related("owner"):
        card = cards.get(customer.pk) or CustomerCard(customer=customer, workspace=workspace, tier="low", level="normal")
        card.key, card.name, card.segment = customer.key, customer.name, segment_of(customer.attributes)
        card.owner_id, card.team_id = customer.owner_id, customer.owner.team_id if customer.owner else None
        card.status = status_of(customer.status, card.is_lost)
        card.contract_ends_on, card.digest = next_end(ends.get(customer.pk, ()), today), ""
        card.save()


def _save(workspace_id: int, chunk: Sequence[tuple[Card, str]], as_of: datetime) -> int:
    if chunk:
        with transaction.atomic():
            repository.upsert(workspace_id, chunk, as_of)
    return len(chunk)


def _contract_ends(workspace: Workspace, today: date, only: Sequence[int] | None) -> Mapping[int, list[date]]:
    contracts = Contract.objects.filter(customer__workspace=workspace).exclude(starts_on__gt=today)
    if only is not None:
        contracts = contracts.filter(customer_id__in=only)
    ends: dict[int, list[date]] = defaultdict(list)
    for customer_id, ends_on in contracts.values_list("customer_id", "ends_on"):
        ends[customer_id].append(ends_on)
    return ends


def _past(table: pa.Table) -> Mapping[int, Past]:
    """`past_scores_sql`'s rows, oldest week first within a customer."""
    found: dict[int, Past] = {}
    columns = [table.column(name).to_pylist() for name in ("customer_id", "score", "score_7d", "score_30d")]
    for customer_id, score, score_7d, score_30d in zip(*columns, strict=True):
        before = found.get(customer_id, NO_PAST)
        found[customer_id] = Past(
            before.score_7d if score_7d is None else score_7d,
            before.score_30d if score_30d is None else score_30d,
            (*before.history, round(score, 1))[1 - HISTORY :],
        )
    return found


def _cards(workspace: Workspace, as_of: datetime, scored: pa.Table, beside: _Beside, only: Sequence[int] | None) -> Iterator[Card]:
    customers = Customer.objects.filter(workspace=workspace)
    if only is not None:
        customers = customers.filter(pk__in=only)
    fields = ("pk", "key", "name", "owner_id", "owner__team_id", "status", "attributes")
    heads = {row[0]: row for row in customers.values_list(*fields).iterator(CHUNK)}
    ends = _contract_ends(workspace, today := local_day(as_of, workspace.time_zone), only)
    for batch in scored.to_batches(max_chunksize=CHUNK):
        for row in batch.to_pylist():
            head = heads.get(row["customer_id"])
            if head:
                yield _card(head, row, beside, next_end(ends.get(head[0], ()), today))


def _card(head: tuple[Any, ...], row: Mapping[str, Any], beside: _Beside, contract_ends_on: date | None) -> Card:
    customer_id, key, name, owner_id, team_id, status, attributes = head
    past = beside.past.get(customer_id, NO_PAST)
    score, value, is_lost = round(row["score"], 1), max(row["annual_value"] or 0.0, 0.0), bool(row["is_lost"])
    return Card(
        customer_id=customer_id,
        key=key,
        name=name,
        owner_id=owner_id,
        team_id=team_id,
        status=status_of(status, is_lost),
        is_lost=is_lost,
        tier=row["tier"],
        segment=segment_of(attributes),
        level=row["level"],
        score=score,
        delta_7d=change(score, past.score_7d),
        delta_30d=change(score, past.score_30d),
        reasons=_reasons(row, beside.rules.get(customer_id, ())),
        main_family=row["main_family"] or "",
        confidence=1.0 if row["confidence"] is None else row["confidence"],
        history=[*past.history, score],
        annual_value=round(value, 2),
        expected_loss=_loss(row, value),
        last_order_at=_moment(row["last_order_us"]),
        last_activity_at=_moment(row["last_activity_us"]),
        contract_ends_on=contract_ends_on,
    )


def _loss(row: Mapping[str, Any], value: float) -> float:
    """The model's money at risk; without a model the value × score/100."""
    money: float | None = row.get("money_at_risk")
    return round(value * row["score"] / 100 if money is None else money, 2)


def _reasons(row: Mapping[str, Any], rules: Sequence[RuleMatch]) -> list[Mapping[str, Any]]:
    """The score's top reasons; rules that lift the customer's alert above the score's level stand before them."""
    top = top_reasons(row["reasons"])
    if not rules:
        return top
    customer = ScoredCustomer(row["customer_id"], row["score"], Level(row["level"]), "[]", 0.0, rules=tuple(rules))
    counted = {str(line["signal"]): line for line in top}
    lifting = [counted.get(rule_signal(match.rule_id)) or rule_reason(match.rule_id, match.name) for match in customer.lifting]
    return [*lifting, *(line for line in top if line not in lifting)][:TOP_REASONS]


def _moment(us: int | None) -> datetime | None:
    return None if us is None else from_us(us)
