"""Verdicts on alerts: given with one tap, taken back with one tap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record
from liuke.alert.domain.scored import speaking
from liuke.alert.domain.silence import Mute
from liuke.alert.domain.verdicts import CLOSING, Given, VerdictKind, given
from liuke.alert.service.handling import close_rows, now_of, reopen_rows
from liuke.alert.service.reading import alert_get
from liuke.alert.store.models import Alert, Verdict
from liuke.base.errors import NotFound


@dataclass(frozen=True, slots=True)
class VerdictEffect:
    """What a verdict, or its undoing, did. `stays_closed`: a newer alert of the customer is open, so this one was not reopened."""

    alert_id: int
    verdict_id: int
    closed: bool = False
    reopened: bool = False
    stays_closed: bool = False


def alert_verdict(
    *, actor: Actor, alert_id: int, verdict: str, reason: str = "", signal: str = "", until: datetime | None = None, note: str = ""
) -> VerdictEffect:
    """Judge a visible alert; an earlier verdict that counts is taken back first. See `domain.verdicts.given` for what is asked."""
    actor.require(Permission.HANDLE)
    with transaction.atomic():
        alert = alert_get(actor=actor, alert_id=alert_id)
        now = now_of(actor)
        signals = [signal for signal, _, _ in speaking(alert.reasons)]
        judged = given(verdict, reason=reason, signal=signal, until=until, signals=signals, now=now)
        earlier = _current(alert)
        if earlier is not None:
            _take_back(alert, earlier, now)
            alert.refresh_from_db()
        row = Verdict.objects.create(
            alert=alert, verdict=judged.kind.value, reason=judged.reason.value if judged.reason else "", signal=judged.signal,
            until=judged.until, note=note[:400], by_id=actor.membership_id, at=now,
        )  # fmt: skip
        closed = _apply(alert, judged, now)
        detail = {"verdict": judged.kind.value, "reason": row.reason}
        audit_record(actor=actor, action="alert_verdict", object_type="alert", object_id=alert.pk, detail=detail)
    return VerdictEffect(alert.pk, row.pk, closed=closed)


def verdict_undo(*, actor: Actor, alert_id: int) -> VerdictEffect:
    """Take the verdict that counts back: the alert it closed opens again, the reason it silenced speaks again.

    Raises NotFound("verdict_not_found") where there is none.
    """
    actor.require(Permission.HANDLE)
    with transaction.atomic():
        alert = alert_get(actor=actor, alert_id=alert_id)
        verdict = _current(alert)
        if verdict is None:
            raise NotFound("verdict_not_found", alert=alert_id)
        effect = _take_back(alert, verdict, now_of(actor))
        audit_record(actor=actor, action="verdict_undo", object_type="alert", object_id=alert.pk, detail={"verdict": verdict.verdict})
    return effect


def _current(alert: Alert) -> Verdict | None:
    return Verdict.objects.filter(alert=alert, undone_at__isnull=True).order_by("-id").first()


def _apply(alert: Alert, judged: Given, now: datetime) -> bool:
    if judged.kind is VerdictKind.KNOWN and judged.until is not None:
        mute = _mute(alert, judged.signal, judged.until)
        kept = [entry for entry in alert.muted if entry["signal"] != judged.signal]
        _set_mutes(alert, [*kept, mute.to_plain()])
    close_reason = CLOSING.get(judged.kind)
    if close_reason is None or alert.status == Alert.Status.CLOSED:
        return False
    return bool(close_rows([alert], reason=close_reason, at=now))


def _mute(alert: Alert, signal: str, until: datetime) -> Mute:
    said = speaking(alert.reasons)
    points = sum(points for name, _, points in said if name == signal)
    return Mute(signal, until, points, alert.score, frozenset(family for _, family, _ in said))


def _set_mutes(alert: Alert, muted: list[dict[str, object]]) -> None:
    alert.muted = muted
    alert.muted_until = max((Mute.from_plain(entry).until for entry in muted), default=None)
    Alert.objects.filter(pk=alert.pk).update(muted=alert.muted, muted_until=alert.muted_until)


def _take_back(alert: Alert, verdict: Verdict, now: datetime) -> VerdictEffect:
    Verdict.objects.filter(pk=verdict.pk, undone_at__isnull=True).update(undone_at=now)
    if verdict.verdict == VerdictKind.KNOWN:
        _set_mutes(alert, [entry for entry in alert.muted if entry["signal"] != verdict.signal])
    closed_by_it = alert.status == Alert.Status.CLOSED and alert.close_reason == CLOSING.get(VerdictKind(verdict.verdict))
    if not closed_by_it:
        return VerdictEffect(alert.pk, verdict.pk)
    reopened = bool(reopen_rows([alert], at=now))
    return VerdictEffect(alert.pk, verdict.pk, reopened=reopened, stays_closed=not reopened)
