"""Which slice of the customers a board is about, and the figures of a slice: kept ones, or counted now from the cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Count, IntegerField, QuerySet, Sum, Value, When

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Scope
from liuke.show.domain.figures import BINS, Figures, from_plain
from liuke.show.queries.customer_list import SCOPES, cards_in_scope
from liuke.show.queries.paging import chosen
from liuke.show.queries.reader import Reader
from liuke.show.store.models import CustomerCard, DayFigures

PAST_DAYS = 100
"""How far back the boards' sparks and comparisons look."""
HEAT_SEGMENTS = 12


@dataclass(frozen=True, slots=True)
class Past:
    """A slice's figures by day, oldest first; `now` is counted from the cards where the slice is not kept."""

    now: Figures
    days: Mapping[date, Figures]

    def before(self, days: int) -> Figures | None:
        """The figures of about so many days before the last, at most a week older; None where there are none."""
        if not self.days:
            return None
        wanted = max(self.days) - timedelta(days=days)
        near = [day for day in self.days if wanted - timedelta(days=7) <= day <= wanted]
        return self.days[max(near)] if near else None


def slice_of(actor: Actor, scope: str) -> str:
    """The kept slice of the customers that a scope names for this asker: blank, `team:3` or `owner:12`."""
    chosen("scope", scope, SCOPES)
    own, team = f"owner:{actor.membership_id}", f"team:{actor.team_id}"
    if actor.scope is Scope.OWN or (scope == "mine" and not actor.is_key):
        return own
    if actor.scope is Scope.TEAM:
        return team if actor.team_id is not None else own
    return team if scope == "team" and actor.team_id is not None else ""


def past_of(reader: Reader, scope: str, segment: str) -> Past:
    """The figures for a scope and a segment: one slice by its name, the crossing of two counted from the cards."""
    name = slice_of(reader.actor, scope)
    if segment and not name:
        name = f"segment:{segment}"
    elif segment:
        return Past(counted(cards_in_scope(reader.actor, scope).filter(segment=segment)), {})
    rows = DayFigures.objects.filter(workspace=reader.workspace, slice=name, day__gte=reader.today - timedelta(days=PAST_DAYS))
    days = {row.day: from_plain(row.figures) for row in rows.filter(day__lte=reader.today).order_by("day")}
    if days:
        return Past(days[max(days)], days)
    cards = cards_in_scope(reader.actor, scope)
    return Past(counted(cards.filter(segment=segment) if segment else cards), {})


def segments_of(reader: Reader) -> Sequence[str]:
    """The segments that boards offer, by name: those kept at the last scoring."""
    newest = DayFigures.objects.filter(workspace=reader.workspace, slice="", day__lte=reader.today).order_by("-day").first()
    if newest is None:
        return []
    kept = DayFigures.objects.filter(workspace=reader.workspace, day=newest.day, slice__startswith="segment:")
    return sorted(name.removeprefix("segment:") for name in kept.values_list("slice", flat=True))


def counted(cards: QuerySet[CustomerCard]) -> Figures:
    """Levels, histogram, money and heat map of these cards' active customers, counted now. No turnover: that needs the past."""
    active = cards.filter(status="active").order_by()
    levels = dict(active.values_list("level").annotate(n=Count("pk")))
    bins = [0] * BINS
    for place, count in active.annotate(bin=_bin()).values_list("bin").annotate(n=Count("pk")):
        bins[place] = count
    heat: dict[str, dict[str, int]] = {}
    for segment, family, count in active.exclude(level="normal").values_list("segment", "main_family").annotate(n=Count("pk")):
        heat.setdefault(segment, {})[family] = count
    largest = sorted(heat, key=lambda name: -sum(heat[name].values()))[:HEAT_SEGMENTS]
    return Figures(
        customers=sum(levels.values()),
        levels={name: levels.get(name, 0) for name in ("normal", "early", "medium", "high")},
        histogram=tuple(bins),
        high_value=active.filter(level="high").aggregate(total=Sum("annual_value"))["total"] or 0.0,
        heat={name: heat[name] for name in largest},
    )


def _bin() -> Case:
    whens = [When(score__gte=start * BINS, then=Value(start)) for start in reversed(range(1, BINS))]
    return Case(*whens, default=Value(0), output_field=IntegerField())
