"""The raw rows behind a rule that is a reason of a customer's alert."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from liuke.alert.service import alerts_visible
from liuke.base.errors import NotFound
from liuke.rules.needs import nodes_of
from liuke.rules.syntax import Rule
from liuke.show.api.schemas.customers import EvidenceOut
from liuke.show.queries.reader import Reader
from liuke.show.queries.rule_evidence import Proofs
from liuke.show.queries.rule_list import tree_of, versions_of
from liuke.show.queries.rule_words import RuleBook, rule_book
from liuke.show.queries.scores import last_score
from liuke.show.queries.stamps import stamps
from liuke.signals.domain.effects import rule_signal
from liuke.signals.service.rules import rule_get, version_live

ROWS = 100


def rule_evidence_out(reader: Reader, customer_id: int, rule_id: int) -> EvidenceOut:
    """The rows behind the conditions of the live rule, newest first; the rule as sentences explains them.

    The caller has checked that the customer is visible. Raises NotFound("no_such_reason") where the rule is no reason of the
    customer's newest alert or score.
    """
    reason = _reason(reader, customer_id, rule_signal(rule_id))
    live = version_live(versions_of(rule_get(workspace=reader.workspace, rule_id=rule_id)))
    if reason is None or live is None:
        raise NotFound("no_such_reason", signal=rule_signal(rule_id))
    book = rule_book(reader)
    tree = tree_of(live, book)
    proofs = Proofs(reader, customer_id, reader.now)
    found = [proofs.of(node, limit=ROWS) for node in nodes_of(Rule(tree.when))]
    rows = {item.id: item for part in found for item in part.items}
    newest = sorted(rows.values(), key=lambda item: (item.at, item.id), reverse=True)[:ROWS]
    return EvidenceOut(
        reason=reader.reason_out(reason),
        explanation=_sentences(book, tree),
        start=min((part.start for part in found if part.start is not None), default=None),
        end=reader.now,
        rows=newest,
        total=max([len(rows), *(part.total for part in found)]),
        sources=stamps(reader.workspace, reader.now, {item.id.partition(":")[0] for item in newest}),
        weekly=[],
    )


def _sentences(book: RuleBook, tree: Rule) -> str:
    return "\n".join(f"{'  ' * line.depth}{line.text}" for line in book.lines(tree))


def _reason(reader: Reader, customer_id: int, signal: str) -> Mapping[str, Any] | None:
    """The rule's line: of the newest alert, else of the score that it gives points to."""
    alert = alerts_visible(reader.actor).filter(customer_id=customer_id).order_by("-opened_at").first()
    score = last_score(reader, customer_id)
    lines = [*(alert.reasons if alert else ()), *(score["reasons"] if score else ())]
    return next((line for line in lines if line["signal"] == signal), None)
