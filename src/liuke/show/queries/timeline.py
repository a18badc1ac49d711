"""Everything that happened with a customer, newest first: the warehouse's stream merged with what people did.

Our own doings lie in the stream too, for signals; here they show once, as what people did.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from liuke.act.doings.domain import SOURCE
from liuke.base.times import from_us, to_us
from liuke.base.words import catalogue
from liuke.facts.domain.readings import WORDS, words_of
from liuke.facts.domain.timeline import Activity, Group, Place, group_of, place_of
from liuke.facts.service import activity_counts_read, timeline_read
from liuke.show.api.schemas.customers import TimelineItem, TimelineOut
from liuke.show.queries.events import Event, events_of
from liuke.show.queries.paging import chosen, limit_of
from liuke.show.queries.reader import Reader
from liuke.show.queries.readings import OURS, reading_out
from liuke.show.queries.warehouse import warehouse

CHIPS: Mapping[Group, str] = {
    Group.ORDERS: "order",
    Group.PAYMENTS: "payment",
    Group.MESSAGES: "message",
    Group.TICKETS: "ticket",
    Group.SURVEYS: "survey",
    Group.VISITS: "visit",
    Group.USAGE: "use",
    Group.CONTRACTS: "contract",
    Group.CAMPAIGNS: "campaign",
    Group.OTHER: "other",
}
"""Chips of the stream; those of people's doings are below."""
OWN_CHIPS = ("alert", "work", "outcome", "score")
EVENTS = "~"
"""Stands as the source of events in cursors: sorts after every source at the same moment."""
INSIDE_ORDERS = "order.line"


def timeline_out(*, reader: Reader, customer_id: int, groups: str, cursor: str, limit: int) -> TimelineOut:
    """A page of a visible customer's timeline up to the workspace clock; `groups` filters by chips."""
    reader.require_customers()
    size, wanted = limit_of(limit), chosen("groups", groups, [*CHIPS.values(), *OWN_CHIPS])
    kinds = activity_counts_read(actor=reader.actor, customer_id=customer_id, warehouse=warehouse(), without=SOURCE)
    events = events_of(reader, customer_id)
    shown = [event for event in events if not wanted or event.group in wanted]
    lines = _event_lines(shown, place_of(cursor) if cursor else None)
    only = _kinds_under(wanted, kinds) if wanted else None
    lines += _activities(reader, customer_id, only, cursor, size + 1)
    lines.sort(key=lambda line: _key(line[0]), reverse=True)
    following = lines[size - 1][0].text() if len(lines) > size else None
    return TimelineOut(items=[item for _, item in lines[:size]], next_cursor=following, counts=_counts(kinds, events))


def _event_lines(events: Iterable[Event], before: Place | None) -> list[tuple[Place, TimelineItem]]:
    """What people did, as lines; only what sorts after the cursor's place, if there is one."""
    placed = [(_place(event), event) for event in events]
    return [(place, event_item(event)) for place, event in placed if before is None or _key(place) < _key(before)]


def _kinds_under(chips: Collection[str], kinds: Iterable[str]) -> list[str]:
    return [kind for kind in kinds if kind != INSIDE_ORDERS and CHIPS[group_of(kind)] in chips]


def _activities(
    reader: Reader, customer_id: int, only: Collection[str] | None, cursor: str, limit: int
) -> list[tuple[Place, TimelineItem]]:
    """The stream's part of a page; `only` these kinds, None = all."""
    if only is not None and not only:
        return []
    page = timeline_read(
        actor=reader.actor, customer_id=customer_id, warehouse=warehouse(), kinds=only, before=cursor, limit=limit, without=SOURCE
    )
    return [(Place(row.ts_us, row.source, row.activity_id), activity_item(reader, row)) for row in page.activities]


def _counts(kinds: Mapping[str, int], events: Collection[Event]) -> dict[str, int]:
    counts = Counter(event.group for event in events)
    for kind, count in kinds.items():
        if kind != INSIDE_ORDERS:
            counts[CHIPS[group_of(kind)]] += count
    return dict(counts)


def _place(event: Event) -> Place:
    return Place(to_us(event.at), EVENTS, event.id)


def _key(place: Place) -> tuple[int, str, str]:
    return place.ts_us, place.source, place.activity_id


def event_item(event: Event) -> TimelineItem:
    """An event as the API shows it."""
    return TimelineItem(
        id=f"{EVENTS}{event.id}",
        at=event.at,
        kind=event.kind,
        group=event.group,
        title=event.title,
        text=event.text,
        value=event.value,
        channel="",
        actor=event.actor,
        is_sample=False,
        link=event.link,
        attrs={},
    )


def activity_item(reader: Reader, row: Activity) -> TimelineItem:
    """An activity as the API shows it; kinds of the user's own show by name. `attrs` come masked by role from facts."""
    key = f"show.kind.{row.kind}"
    reading, attrs = reading_out(reader, row.attrs), {name: value for name, value in row.attrs.items() if name not in OURS}
    return TimelineItem(
        id=f"{row.source}:{row.activity_id}",
        at=from_us(row.ts_us),
        kind=row.kind,
        group="order" if row.kind == INSIDE_ORDERS else CHIPS[group_of(row.kind)],
        title=reader.text(key, {"value": row.value, **attrs}) if key in catalogue("zh-CN") else row.kind,
        text=words_of(row.attrs),
        value=row.value,
        channel=row.channel or "",
        actor=row.actor or "",
        is_sample=bool(attrs.pop("sample", False)),
        link=None,
        attrs={name: value for name, value in attrs.items() if name not in WORDS},
        reading=reading,
    )
