"""Which alerts somebody sees. The one place that scopes them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Scope
from liuke.alert.domain.verdicts import SignalPrecision
from liuke.alert.store.models import Alert, Verdict
from liuke.base.errors import NotFound
from liuke.facts.service import customers_visible
from liuke.signals.domain.effects import rule_signal


def alerts_visible(actor: Actor) -> QuerySet[Alert]:
    """Alerts that the actor may see: about a visible customer, or owned by whom the scope names. A QuerySet: costs nothing yet."""
    return Alert.objects.filter(in_scope(actor))


def in_scope(actor: Actor) -> Q:
    """The condition on anything with `workspace`, `customer` and `owner` that the actor may see."""
    here = Q(workspace_id=actor.workspace_id)
    if actor.scope is Scope.ALL:
        return here
    if actor.scope is Scope.NONE:
        return here & Q(pk__in=[])
    seen = Q(customer_id__in=customers_visible(actor).values("id"))
    if actor.owners:
        seen |= Q(owner_id__in=actor.owners)
    if actor.scope is Scope.TEAM and actor.team_id is not None:
        seen |= Q(owner__team_id=actor.team_id)
    return here & seen


def alert_get(*, actor: Actor, alert_id: int) -> Alert:
    """One visible alert with its customer and owner loaded. Raises NotFound, also for a stranger's."""
    alert = alerts_visible(actor).select_related("customer", "owner__user").filter(pk=alert_id).first()
    if alert is None:
        raise NotFound("alert_not_found", alert=alert_id)
    return alert


def verdicts_current(alert_ids: Iterable[int]) -> dict[int, Verdict]:
    """The verdict that counts, by alert: the newest that is not undone. Ids must come from `alerts_visible`."""
    rows = Verdict.objects.filter(alert_id__in=list(alert_ids), undone_at__isnull=True).select_related("by__user").order_by("id")
    return {verdict.alert_id: verdict for verdict in rows}


def signal_precision(*, actor: Actor, since: datetime, until: datetime) -> list[SignalPrecision]:
    """Verdicts in `[since, until)` per main signal, on alerts that the actor sees; most judged first."""
    rows = (
        Verdict.objects.filter(alert_id__in=alerts_visible(actor).values("id"), undone_at__isnull=True, at__gte=since, at__lt=until)
        .exclude(signal="")
        .values("signal", "verdict")
        .annotate(n=Count("id"))
        .order_by("signal")
    )
    counts: dict[str, dict[str, int]] = {}
    for row in rows:
        counts.setdefault(row["signal"], {})[row["verdict"]] = row["n"]
    found = [SignalPrecision(signal, **verdicts) for signal, verdicts in counts.items()]
    return sorted(found, key=lambda line: (-line.judged, line.signal))


def rule_precision(*, actor: Actor, since: datetime, until: datetime) -> dict[int, SignalPrecision]:
    """Verdicts in `[since, until)` on alerts that rules raised or last lifted, by rule, on alerts that the actor sees.

    Where several rules lifted an alert together, its verdict counts for each of them.
    """
    rows = Verdict.objects.filter(
        alert_id__in=alerts_visible(actor).values("id"), undone_at__isnull=True, at__gte=since, at__lt=until
    ).exclude(alert__raised_by=[])  # fmt: skip
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for rule_ids, verdict in rows.values_list("alert__raised_by", "verdict"):
        for rule_id in rule_ids:
            counts[rule_id][verdict] += 1
    return {rule_id: SignalPrecision(rule_signal(rule_id), **found) for rule_id, found in counts.items()}
