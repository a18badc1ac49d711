"""One alert: reasons, verdict, follow-ups, whom to call and what to say."""

from __future__ import annotations

from datetime import timedelta

from liuke.alert.service import alerts_visible, signal_precision, verdicts_current
from liuke.alert.store.models import Alert, Verdict
from liuke.base.errors import NotFound
from liuke.facts.store.models import Contact
from liuke.show.api.schemas.alerts import AlertOut, VerdictOut
from liuke.show.queries.advice import advice
from liuke.show.queries.alert_list import alert_row, escalation_steps, loaded
from liuke.show.queries.chances import similar_out
from liuke.show.queries.follow_ups import follow_ups_of
from liuke.show.queries.reader import Reader, word
from liuke.show.queries.scores import last_score

PRECISION_DAYS = 90


def alert_detail(*, reader: Reader, alert_id: int) -> AlertOut:
    """A visible alert. base + Σ points = score. Raises NotFound, also for a stranger's."""
    reader.require_customers()
    alert = loaded(alerts_visible(reader.actor)).filter(pk=alert_id).first()
    if alert is None:
        raise NotFound("alert_not_found", alert=alert_id)
    verdict = verdicts_current([alert.pk]).get(alert.pk)
    row = alert_row(reader, alert, verdict, escalation_steps([alert.pk]).get(alert.pk, 0))
    followed = follow_ups_of(reader, [row.work_item_id]) if row.work_item_id else {}
    return AlertOut(
        **row.dict(),
        base=round(alert.score - sum(reason["points"] for reason in alert.reasons), 1),
        reasons=[reader.reason_out(reason) for reason in alert.reasons],
        verdict_detail=verdict_out(reader, verdict) if verdict else None,
        follow_ups=followed.get(row.work_item_id or 0, []),
        suggestion=advice(reader, alert.reasons, alert.customer.name),
        phone=key_phones(reader, [alert.customer_id]).get(alert.customer_id),
        similar=_similar(reader, alert),
    )


def verdict_out(reader: Reader, verdict: Verdict) -> VerdictOut:
    """A verdict as the API shows it."""
    return VerdictOut(
        id=verdict.pk,
        verdict=word(verdict.verdict),
        reason=verdict.reason,
        until=verdict.until,
        note=reader.written(verdict.note),
        by=reader.person(verdict.by_id),
        at=verdict.at,
    )


def key_phones(reader: Reader, customer_ids: list[int]) -> dict[int, str]:
    """The number to call per customer: of the key contact, else of any; masked by role. One query."""
    found: dict[int, str] = {}
    for customer_id, phone in (
        Contact.objects.filter(customer_id__in=customer_ids).exclude(phone="").order_by("is_key", "-id").values_list("customer_id", "phone")
    ):
        found[customer_id] = reader.phone(phone)
    return found


def _similar(reader: Reader, alert: Alert) -> str:
    """What became of similar customers, where a model made the score; else what people judged of this reason in the last 90 days."""
    score = last_score(reader, alert.customer_id)
    cases = similar_out(reader, alert.customer_id, score) if score else None
    if cases is not None:
        return cases.text
    if not alert.reasons:
        return ""
    signal = alert.reasons[0]["signal"]
    lines = signal_precision(actor=reader.actor, since=reader.now - timedelta(days=PRECISION_DAYS), until=reader.now)
    line = next((line for line in lines if line.signal == signal and line.judged), None)
    if line is None:
        return ""
    return reader.text("show.similar", {"days": PRECISION_DAYS, "judged": line.judged, "valid": line.valid + line.too_late})
