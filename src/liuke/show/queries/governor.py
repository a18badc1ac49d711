"""触达规则, as the API shows it."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import QuerySet

from liuke.accounts.service import workspace_now
from liuke.act.governor.consents import consent_history, consents_of
from liuke.act.governor.domain_policy import policy_plain
from liuke.act.governor.lists import Imported, do_not_contact_visible
from liuke.act.governor.policies import policy_checked, policy_of, policy_versions
from liuke.act.governor.replay import policy_replay
from liuke.act.governor.suppressions import suppressions_visible
from liuke.act.governor.words import rule_text
from liuke.act.messages.templates import templates_of
from liuke.act.store.models import DoNotContact, GovernorDecision, Suppression
from liuke.facts.service import customers_visible
from liuke.facts.store.models import Customer
from liuke.show.api.schemas.common import CustomerRef, Page
from liuke.show.api.schemas.governor import (
    ConsentEventOut,
    ConsentOut,
    ConsentsOut,
    CsvImportedOut,
    CsvRejectOut,
    DoNotContactOut,
    ReplayOut,
    SuppressionOut,
    TouchDecisionOut,
    TouchPolicy,
    TouchPolicyOut,
    TouchPolicyVersionOut,
)
from liuke.show.queries.alert_list import customer_ref
from liuke.show.queries.paging import chosen, cursor_read, limit_of, narrowed, numbers, page, sort_of
from liuke.show.queries.reader import Reader, word

NEWEST = sort_of("-id", {"id": "id"})
HISTORY = 50


def policy_out(*, reader: Reader) -> TouchPolicyOut:
    """The policy in force."""
    reader.require_customers()
    live = policy_versions(reader.workspace).first()
    policy = policy_of(reader.workspace)
    holds = "simulated" if reader.workspace.simulated_as_of else "dry_run" if policy.dry_run else None
    return TouchPolicyOut(
        number=live.number if live else 0,
        policy=TouchPolicy.model_validate(policy_plain(policy)),
        note=live.note if live else "",
        by=reader.person(live.by_id) if live else None,
        at=live.at if live else None,
        holds=holds,
    )


def policy_versions_out(*, reader: Reader) -> list[TouchPolicyVersionOut]:
    """All versions with what they changed."""
    reader.require_customers()
    rows = list(policy_versions(reader.workspace)[:200])
    before: dict[int, Mapping[str, object]] = {row.number: row.policy for row in rows}
    return [
        TouchPolicyVersionOut(
            number=row.number,
            note=row.note,
            by=reader.person(row.by_id),
            at=row.at,
            changed=sorted(name for name in row.policy if before.get(row.number - 1, {}).get(name) != row.policy[name]),
        )
        for row in rows
    ]


def replay_out(*, reader: Reader, plain: Mapping[str, object]) -> ReplayOut:
    """What this policy would have done to the last 30 days."""
    found = policy_replay(workspace=reader.workspace, policy=policy_checked(plain), now=workspace_now(reader.workspace))
    return ReplayOut(
        judged=found.judged, allowed=found.allowed, deferred=found.deferred, refused=dict(found.refused), was_refused=found.was_refused,
        newly_refused=found.newly_refused, newly_allowed=found.newly_allowed, capped=found.capped,
    )  # fmt: skip


def decision_page(
    *, reader: Reader, rule: str, verdict: str, channel: str, playbook: str, customer: str, cursor: str, limit: int
) -> Page[TouchDecisionOut]:
    """A page of the refusals log, as far as the reader sees the customers."""
    reader.require_customers()
    rows = GovernorDecision.objects.filter(workspace=reader.workspace, customer__in=customers_visible(reader.actor), at__lte=reader.now)
    if verdicts := chosen("verdict", verdict, GovernorDecision.Verdict.values):
        rows = rows.filter(verdict__in=verdicts)
    filters = {"rule": rule, "channel": channel}
    rows = rows.filter(**{name: value for name, value in filters.items() if value})
    if ids := numbers("playbook", playbook):
        rows = rows.filter(playbook_id__in=ids)
    if ids := numbers("customer", customer):
        rows = rows.filter(customer_id__in=ids)
    before, size = cursor_read(cursor, NEWEST.text), limit_of(limit)
    rows, total = narrowed(rows, before)
    found = page([rows.select_related("customer", "message")], NEWEST, before, size, total=total)
    items = [_decision(reader, row) for row in found.rows]
    return Page(items=items, next_cursor=found.next_cursor, total=total[0], total_is_capped=total[1])


def _decision(reader: Reader, row: GovernorDecision) -> TouchDecisionOut:
    return TouchDecisionOut(
        id=row.pk,
        at=row.at,
        verdict=word(row.verdict),
        rule=row.rule,
        text=rule_text(row.rule, row.params, reader.language),
        customer=ref(row.customer),
        channel=row.channel,
        purpose=word(row.purpose),
        playbook_id=row.playbook_id,
        template=row.message.template_code if row.message else "",
        until=row.until,
    )


def ref(customer: Customer) -> CustomerRef:
    """A customer to link to."""
    return customer_ref(customer.pk, customer.key, customer.name, customer.sample_fields)


def do_not_contact_page(*, reader: Reader, cursor: str, limit: int) -> Page[DoNotContactOut]:
    """A page of the list."""
    reader.require_customers()
    before, size = cursor_read(cursor, NEWEST.text), limit_of(limit)
    rows, total = narrowed(do_not_contact_visible(reader.actor), before)
    found = page([rows.select_related("customer")], NEWEST, before, size, total=total)
    items = [DoNotContactOut(customer=ref(row.customer), reason=row.reason, by=reader.person(row.by_id), at=row.at) for row in found.rows]
    return Page(items=items, next_cursor=found.next_cursor, total=total[0], total_is_capped=total[1])


def suppression_page(*, reader: Reader, medium: str, state: str, cursor: str, limit: int) -> Page[SuppressionOut]:
    """A page of suppressed addresses. state: `open` (in force), `lifted`, `all`."""
    rows: QuerySet[Suppression] = suppressions_visible(reader.actor)
    if medium:
        rows = rows.filter(medium=medium)
    if chosen("state", state, ("open", "lifted", "all")) and state != "all":
        rows = rows.filter(lifted_at__isnull=state == "open")
    before, size = cursor_read(cursor, NEWEST.text), limit_of(limit)
    rows, total = narrowed(rows, before)
    found = page([rows], NEWEST, before, size, total=total)
    items = [suppression_out(row) for row in found.rows]
    return Page(items=items, next_cursor=found.next_cursor, total=total[0], total_is_capped=total[1])


def suppression_out(row: Suppression) -> SuppressionOut:
    """One row; the address was never kept."""
    return SuppressionOut(
        id=row.pk, medium=word(row.medium), hint=row.hint, scope=word(row.scope), reason=row.reason, at=row.at, lifted_at=row.lifted_at
    )


def consents_out(*, reader: Reader, customer_id: int) -> ConsentsOut:
    """The consent panel of a visible customer."""
    reader.require_customers()
    seen = consents_of(actor=reader.actor, customer_id=customer_id)
    history = consent_history(actor=reader.actor, customer_id=customer_id)[:HISTORY]
    barred = DoNotContact.objects.filter(workspace=reader.workspace, customer_id=customer_id, ended_at=None).first()
    rows = [
        ConsentOut(
            contact_id=row.contact_id,
            medium=word(row.medium),
            purpose=word(row.purpose.value),
            word=word(row.word.value),
            at=row.last.at if row.last else None,
            source=row.last.source if row.last else "",
            wording=row.last.wording if row.last else "",
            suppressed=row.suppressed.reason if row.suppressed else None,
        )
        for row in seen
    ]
    events = [
        ConsentEventOut(
            id=row.pk,
            at=row.at,
            contact=reader.person_name(row.contact.name) if row.contact else "",
            medium=word(row.medium),
            purpose=word(row.purpose),
            state=word(row.state),
            source=row.source,
            wording=row.wording,
            by=reader.person(row.by_id),
        )
        for row in history
    ]
    return ConsentsOut(rows=rows, history=events, do_not_contact=barred.reason if barred else None)


def imported_out(*, reader: Reader, found: Imported) -> CsvImportedOut:
    """What became of a file, each wrong row in words."""
    rejected = []
    for row in found.rejected:
        params = row["params"]
        text = reader.text(f"errors.{row['code']}", params if isinstance(params, Mapping) else {})
        rejected.append(CsvRejectOut(row=int(str(row["row"])), message=text))
    return CsvImportedOut(taken=found.taken, rejected=rejected[:200])


def template_names(reader: Reader) -> dict[str, str]:
    """Names of templates by code, put-away ones too."""
    return {each.code: each.name for each in templates_of(reader.workspace, archived=True)}
