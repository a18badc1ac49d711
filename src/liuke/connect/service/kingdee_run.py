"""One run of a 云星空 source: pages become inbox batches, and batch, remembered documents and moved cursor are one transaction.

A run reads at most MOST_PAGES and asks for another where more is left, so that a first full load never keeps imports waiting.
Killed anywhere it goes on from the last batch. What is read twice says the same and brings nothing.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.db import transaction

from liuke.base.errors import LiukeError, Transient
from liuke.connect.service.inbox import queue
from liuke.connect.service.kingdee import kingdee_client
from liuke.connect.service.kingdee_memory import Memory
from liuke.connect.service.storing import storing
from liuke.connect.sources.kingdee.faults import refusal_of
from liuke.connect.sources.kingdee.paging import OVERLAP, Document, Page, Place, Reader
from liuke.connect.sources.kingdee.rows import COLUMNS, Brought, Cells, brought
from liuke.connect.sources.kingdee.settings import KingdeeSettings, settings_of
from liuke.connect.sources.kingdee.streams import STOCK, STREAMS, Stream
from liuke.connect.sources.kingdee.supply import AT_ONCE, Supply, deliveries_of, parts, stock_of
from liuke.connect.store.models import Batch, Source
from liuke.vendors.answers import VendorFault
from liuke.vendors.kingdee.client import PAGE, Client

MOST_PAGES = 30
"""Of one run."""
PAGES_A_BATCH = 5
CHECK_EVERY = timedelta(hours=20)
"""So often it is looked what was deleted, and what changed without an edit."""
CHECKED_DAYS = 90
FIRST_BACK = timedelta(days=1)
"""Deliveries are followed from a day before the first run on: what was delivered before came with the orders."""
Tell = Callable[[float, str, int], None]
"""Share done (0–1), stream, documents read so far."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run made, and whether (and after how many seconds) another one should go on."""

    batches: Sequence[Batch]
    more: bool = False
    again_in: int = 0


@dataclass(slots=True)
class _Run:
    """State of one run."""

    source: Source
    made: KingdeeSettings
    client: Client
    now: datetime
    tell: Tell
    cursor: dict[str, dict[str, object]]
    batches: list[Batch] = field(default_factory=list)
    pages: int = 0

    def reader(self, name: str) -> Reader:
        return Reader(self.client, self.made, STREAMS[name], PAGE)

    def place(self, name: str) -> dict[str, object]:
        return self.cursor.setdefault(name, {})


def kingdee_run(source: Source, secret: str, *, now: datetime, tell: Tell) -> Ran:
    """Read what is new. Raises Invalid or Transient with what the site refused, unless something was read before it got busy."""
    made = settings_of(source.config)
    run = _Run(source, made, kingdee_client(made, secret), now, tell, dict(source.cursor or {}))
    try:
        for name in STREAMS:
            if made.reads(name) and not run.place(name).get("done") and _stream(run, name):
                return Ran(run.batches, more=True)
        _checked(run)
        _ended(run)
    except Transient as fault:
        if not run.pages or fault.code != "kingdee_busy":
            raise
        seconds = fault.params.get("seconds")
        return Ran(run.batches, more=True, again_in=seconds if isinstance(seconds, int) else 60)
    return Ran(run.batches)


def _stream(run: _Run, name: str) -> bool:
    """Read one stream; True where the run is used up before its end."""
    state, reader = run.place(name), run.reader(name)
    place = _begin(run, name, state)
    is_last = False
    while not is_last:
        if run.pages >= MOST_PAGES:
            return True
        pages: list[Page] = []
        while not is_last and len(pages) < PAGES_A_BATCH:
            pages.append(_page(run, reader, place))
            place, is_last = pages[-1].place, pages[-1].is_last
        _bring(run, name, [each for page in pages for each in page.documents], place, is_last=is_last)
    return False


def _begin(run: _Run, name: str, state: Mapping[str, object]) -> Place:
    """Where reading goes on: behind the last page of a stream that was left half read, else a little before the last change seen."""
    place = Place(str(state.get("changed", "")), int(str(state.get("id", 0))))
    if name == "deliveries" and not state:
        return Place((run.now - FIRST_BACK).replace(tzinfo=None).isoformat(timespec="milliseconds"))
    return place if state.get("going") else place.back(OVERLAP)


def _page(run: _Run, reader: Reader, place: Place) -> Page:
    with asking(run.client, reader.stream, reader.keys):
        page = reader.page(place)
    run.pages += 1
    return page


def _bring(run: _Run, name: str, documents: Sequence[Document], place: Place, *, is_last: bool) -> None:
    """A batch of what is new in these documents, and the cursor behind them."""
    target = STREAMS["orders" if name == "deliveries" else name]
    state = run.place(name)
    memory = Memory(run.source.pk, target, (str(state.get("changed", "")), int(str(state.get("id", 0)))))
    rows = _told(run, memory, _orders_of(run, documents) if name == "deliveries" else documents)
    state |= {"changed": place.changed, "id": place.id, "documents": int(str(state.get("documents", 0))) + len(memory.new)}
    state |= {"going": not is_last, "done": is_last, "complete": is_last or bool(state.get("complete"))}
    state.setdefault("first", documents[0].changed if documents else "")
    if name != "deliveries":
        before = state.get("left_out")
        state["left_out"] = dict(memory.left_out + Counter(before if isinstance(before, dict) else {}))
    _store(run, target, rows, memory)
    run.tell(_share(state, run.now), name, int(str(state["documents"])))


def _told(run: _Run, memory: Memory, documents: Sequence[Document]) -> list[Cells]:
    """The rows that say something new."""
    memory.look_up(documents)
    return [row for document, found in _brought(run, memory.stream, documents) for row in memory.told(document, found)]


def _ended(run: _Run) -> None:
    """Every stream was read to its end: the next run begins anew, a little before the last changes seen."""
    for state in run.cursor.values():
        state.pop("done", None)
    Source.objects.filter(pk=run.source.pk).update(cursor=run.cursor)


def _share(state: Mapping[str, object], now: datetime) -> float:
    """How far the changes read reach from the first towards now, 0–1."""
    try:
        first, last = (datetime.fromisoformat(str(state.get(name) or "")) for name in ("first", "changed"))
    except ValueError:
        return 0.0
    span = (now.replace(tzinfo=None) - first).total_seconds()
    return min(0.99, max(0.0, (last - first).total_seconds() / span)) if span > 0 else 0.99


def _brought(run: _Run, stream: Stream, documents: Sequence[Document]) -> Iterator[tuple[Document, Brought]]:
    """Documents as rows; orders with their supply."""
    currency, apart = run.made.currency, run.made.reads("receipts")
    found = [(document, brought(stream, document, currency, money_apart=apart)) for document in documents]
    if stream.name != "orders":
        return iter(found)
    supply = _supply(run, [(document, each) for document, each in found if each.known is not None])
    return ((document, replace(each, rows=supply.told(document, each)) if each.known is not None else each) for document, each in found)


def _supply(run: _Run, orders: Sequence[tuple[Document, Brought]]) -> Supply:
    delivered, free = None, None
    if run.made.reads("deliveries"):
        reader = run.reader("deliveries")
        with asking(run.client, reader.stream, reader.keys):
            delivered = deliveries_of(reader, [each.known.number for _, each in orders if each.known])
    if run.made.reads(STOCK):
        articles = [row["sku"] for _, each in orders if each.open for row in each.rows]
        with asking(run.client, STREAMS["orders"], {}):
            free = stock_of(run.client, articles)
    return Supply(delivered, free)


def _orders_of(run: _Run, deliveries: Sequence[Document]) -> list[Document]:
    """The orders that deliveries belong to, read anew."""
    if not run.made.reads("orders"):
        return []
    numbers = [str(line.get("order_id") or "") for document in deliveries for line in document.rows]
    reader = run.reader("orders")
    with asking(run.client, reader.stream, reader.keys):
        return [document for part in parts(numbers) for document in reader.by_number("order_id", part)]


def _checked(run: _Run) -> None:
    """Once a day: what was deleted is taken back; what is open is read anew, as deliveries and write-offs edit nothing."""
    last = str(run.place("check").get("at", ""))
    if last and run.now - datetime.fromisoformat(last) < CHECK_EVERY:
        return
    for name in ("orders", "receivables", "receipts"):
        if run.made.reads(name):
            reader, memory = run.reader(name), Memory(run.source.pk, STREAMS[name])
            since = (run.now - timedelta(days=CHECKED_DAYS)).replace(tzinfo=None).isoformat(timespec="seconds")
            with asking(run.client, reader.stream, reader.keys):
                rows = memory.gone(since, reader.ids_since(since))
                ids = memory.open_ids()
                opened = [each for start in range(0, len(ids), AT_ONCE) for each in reader.by_number("id", ids[start : start + AT_ONCE])]
            _store(run, STREAMS[name], rows + _told(run, memory, opened), memory)
    run.place("check")["at"] = run.now.isoformat()
    Source.objects.filter(pk=run.source.pk).update(cursor=run.cursor)


def _store(run: _Run, stream: Stream, rows: Sequence[Cells], memory: Memory) -> None:
    """Batch, job, memory and cursor in one transaction; without rows only the latter two."""
    with storing() as target:
        if rows:
            target.write(_csv(stream.entity, rows))
        stored = target.keep() if rows else None
    with transaction.atomic():
        memory.keep()
        Source.objects.filter(pk=run.source.pk).update(cursor=run.cursor)
        if stored is not None:
            batch = Batch.objects.create(
                workspace_id=run.source.workspace_id, source=run.source, entity=stream.entity,
                file_name=f"{run.source.name} {stream.name}.csv"[:200], stored_name=stored.name, sha256=stored.sha256,
                mapping=mapping_of(stream.entity, run.made.account),
            )  # fmt: skip
            queue(batch)
            run.batches.append(batch)


def mapping_of(entity: str, account: str) -> dict[str, object]:
    """Every column fills the field of its name. The account is the system: a source made anew knows its rows again."""
    return {
        "entity": entity, "columns": {name: name for name in COLUMNS[entity]}, "date_order": "ymd", "keep_rest": False,
        "encoding": "utf-8", "system": f"kingdee:{account}"[:60],
    }  # fmt: skip


def _csv(entity: str, rows: Sequence[Cells]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS[entity], restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


class asking:  # noqa: N801 - reads as a verb at its uses
    """Turns what the site refuses within the block into a fault for people."""

    def __init__(self, client: Client, stream: Stream, keys: Mapping[str, str]) -> None:
        self._client, self._stream = client, stream
        self._checked = [key for name, key in keys.items() if name not in {"id", "line_id"}]

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: object) -> None:
        """Raises the LiukeError of a vendor's fault."""
        if isinstance(fault, VendorFault):
            told: LiukeError = refusal_of(self._client, self._stream, self._checked, fault)
            raise told from None
