"""Who is told today: the attention budget of each owner (ALT-12), spent on the largest expected losses first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from liuke.accounts.domain.calendar import WEEKDAYS, Calendar
from liuke.alert.domain.policy import AlertPolicy
from liuke.alert.domain.workdays import is_working_day, previous_working_day
from liuke.base.times import local_day
from liuke.score.domain.levels import Level


@dataclass(frozen=True, slots=True)
class Candidate:
    """An open alert as the budget sees it."""

    alert_id: int
    owner_id: int | None
    """Whose attention it costs: the owner, who stands in for them, or the first whom its route names."""
    level: Level
    expected_loss: float
    is_stock: bool
    opened_at: datetime
    level_since: datetime
    told_at: datetime | None = None
    """The last push or release; None = nobody was told."""
    snoozed: bool = False
    at_once: bool = True
    """Its route asks for a push; else it waits for the digest."""
    copies: tuple[int, ...] = ()
    """Whom else its route names."""


@dataclass(frozen=True, slots=True)
class Told:
    """Ids by what happens to them today, each in order of expected loss."""

    pushed: tuple[int, ...] = ()
    released: tuple[int, ...] = ()
    """Enter the owner's tasks quietly, with a due date."""
    digest: tuple[int, ...] = ()
    """News of today that is told only in the digest."""
    copies: tuple[tuple[int, int], ...] = ()
    """(alert, membership): pushes to others whom the route names, within their own budget."""
    copied: tuple[tuple[int, int], ...] = ()
    """(alert, membership): the news that they find in their digest."""


def spend(
    candidates: Iterable[Candidate],
    *,
    pushed_today: Mapping[int, int],
    released_today: Mapping[int, int],
    as_of: datetime,
    zone: str,
    policy: AlertPolicy,
    calendar: Calendar = WEEKDAYS,
) -> Told:
    """Divides the open alerts of a working day; on other days nobody is told anything.

    `pushed_today` and `released_today` count per person what earlier runs of the same local day told, so that running a
    day again tells nothing new. Nobody gets more pushes than the budget, copies for supervisors and others included: what is
    over it is in their digest.
    """
    today = local_day(as_of, zone)
    if not is_working_day(today, calendar):
        return Told()
    news, quiet = _news_and_quiet(candidates, previous_working_day(today, calendar), zone, policy)
    pushable = (item for item in news if item.at_once and item.level.rank >= policy.push_from.rank)
    pushed = _best(pushable, policy.pushes_per_owner_and_day, pushed_today)
    released = _best(quiet, policy.stock_releases_per_owner_and_day, released_today)
    ranked = _ranked(news)
    digest = tuple(item.alert_id for item in ranked if item.alert_id not in set(pushed))
    copies, copied = _copies(ranked, set(pushed), Counter(pushed_today), policy.pushes_per_owner_and_day)
    return Told(pushed, released, digest, copies, copied)


def is_news(candidate: Candidate, as_of: datetime, zone: str, calendar: Calendar = WEEKDAYS) -> bool:
    """Whether it came up since the last working day and nobody was told yet."""
    last = previous_working_day(local_day(as_of, zone), calendar)
    return not candidate.snoozed and _untold(candidate) and local_day(candidate.level_since, zone) > last


_Pairs = tuple[tuple[int, int], ...]


def _copies(ranked: Sequence[Candidate], pushed: Collection[int], used: Counter[int], limit: int) -> tuple[_Pairs, _Pairs]:
    """Owners come first: what their budget left over is spent on copies, the largest expected losses first."""
    used.update(item.owner_id for item in ranked if item.alert_id in pushed and item.owner_id is not None)
    now: list[tuple[int, int]] = []
    later: list[tuple[int, int]] = []
    for item in ranked:
        for person in item.copies:
            fits = item.alert_id in pushed and used[person] < limit
            used[person] += fits
            (now if fits else later).append((item.alert_id, person))
    return tuple(now), tuple(later)


def _news_and_quiet(candidates: Iterable[Candidate], last: date, zone: str, policy: AlertPolicy) -> tuple[list[Candidate], list[Candidate]]:
    """What came up after the working day `last`, and older alerts that nobody was told of, both of owners only."""
    news: list[Candidate] = []
    quiet: list[Candidate] = []
    for candidate in candidates:
        if candidate.snoozed or candidate.owner_id is None:
            continue
        if _untold(candidate) and local_day(candidate.level_since, zone) > last:
            news.append(candidate)
        elif candidate.told_at is None and candidate.level.rank >= policy.push_from.rank:
            quiet.append(candidate)
    return news, quiet


def _untold(candidate: Candidate) -> bool:
    risen = candidate.level_since > candidate.opened_at
    untold = candidate.told_at is None or candidate.told_at < candidate.level_since
    return untold and (risen or not candidate.is_stock)


def _ranked(candidates: Iterable[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda item: (-item.expected_loss, -item.level.rank, item.alert_id))


def _best(candidates: Iterable[Candidate], limit: int, spent: Mapping[int, int]) -> tuple[int, ...]:
    used = Counter(spent)
    by_owner: defaultdict[int, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        if candidate.owner_id is not None:
            by_owner[candidate.owner_id].append(candidate)
    chosen = [item for owner, items in by_owner.items() for item in _ranked(items)[: max(limit - used[owner], 0)]]
    return tuple(item.alert_id for item in _ranked(chosen))
