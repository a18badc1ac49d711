"""金蝶云星空 as a saved source: its client, and what a try of it finds, stream by stream."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings

from liuke.base.errors import Invalid, LiukeError
from liuke.base.times import utc_now
from liuke.connect.sources.kingdee.faults import refusal_of
from liuke.connect.sources.kingdee.paging import grouped
from liuke.connect.sources.kingdee.rows import COLUMNS, Brought, brought
from liuke.connect.sources.kingdee.settings import KingdeeSettings, settings_of
from liuke.connect.sources.kingdee.streams import STOCK, STOCK_AVAILABLE, STOCK_FORM, STOCK_MATERIAL, STREAMS, Stream
from liuke.vendors.answers import VendorFault
from liuke.vendors.http import Wire
from liuke.vendors.kingdee.client import LOGIN, BillQuery, Client
from liuke.vendors.state import InMemoryTokens

KINGDEE = "kingdee"
SHOWN = 5
"""Rows of a stream that a try shows."""


@dataclass(frozen=True, slots=True)
class StreamProbe:
    """What a try of one stream found: rows as they would be imported, or the fault."""

    name: str
    form: str
    columns: tuple[str, ...] = ()
    rows: Sequence[Sequence[str]] = ()
    fault: LiukeError | None = None
    left_out: Mapping[str, int] = field(default_factory=dict)
    """Of the documents looked at: how many count for nothing, by reason."""


def kingdee_client(made: KingdeeSettings, secret: str, now: Callable[[], datetime] | None = None) -> Client:
    """A client of one run: a session lasts no longer. An address of the own network must be on LIUKE_WEBHOOK_ALLOW.

    Raises Invalid("kingdee_secret") without a secret.
    """
    if not secret:
        raise Invalid("kingdee_secret")
    wire = Wire(made.base_url, made.proxy, allow=settings.LIUKE.webhook_allow)
    clock = now or utc_now
    return Client(made.who(secret), wire, InMemoryTokens(clock), clock)


def kingdee_probe(config: Mapping[str, object], secret: str) -> list[StreamProbe]:
    """Try every chosen stream. What is wrong with the connection itself is raised; what is wrong with a stream stands beside it."""
    made = settings_of(config)
    client = kingdee_client(made, secret)
    found = [_probe(client, made, stream) for name, stream in STREAMS.items() if made.reads(name)]
    connection = next((each.fault for each in found if each.fault is not None and not _is_own(each.fault)), None)
    if connection is not None:
        raise connection
    return [*found, _stock(client)] if made.reads(STOCK) else found


def _is_own(fault: LiukeError) -> bool:
    """Whether a fault is about the stream and not about the site."""
    return fault.code in {"kingdee_refused", "kingdee_fields", "kingdee_shape"}


def _probe(client: Client, made: KingdeeSettings, stream: Stream) -> StreamProbe:
    keys = made.keys(stream)
    query = BillQuery(stream.form, tuple(keys.values()), order=f"{keys['changed']} DESC", limit=10 * SHOWN)
    try:
        rows = client.rows(query)
    except VendorFault as fault:
        checked = [key for name, key in keys.items() if name not in {"id", "line_id"}]
        return StreamProbe(stream.name, stream.form, fault=refusal_of(client, stream, checked, fault))
    return _found(stream, keys, [brought(stream, document, made.currency) for document in grouped(keys, rows)])


def _found(stream: Stream, keys: Mapping[str, str], results: Sequence[Brought]) -> StreamProbe:
    """The first rows as they would be imported, in the columns that this stream fills."""
    left_out = Counter(str(each.left_out) for each in results if each.left_out is not None)
    columns = tuple(name for name in COLUMNS[stream.entity] if name in keys or name == "status")
    shown = [[row[name] for name in columns] for each in results for row in each.rows][:SHOWN]
    return StreamProbe(stream.name, stream.form, columns, shown, left_out=dict(left_out))


def _stock(client: Client) -> StreamProbe:
    columns = ("sku", "quantity")
    try:
        rows = client.rows(BillQuery(STOCK_FORM, (STOCK_MATERIAL, STOCK_AVAILABLE), limit=SHOWN))
    except VendorFault as fault:
        stock = Stream(STOCK, STOCK_FORM, "orders", {})
        return StreamProbe(STOCK, STOCK_FORM, fault=refusal_of(client, stock, (STOCK_MATERIAL, STOCK_AVAILABLE), fault))
    return StreamProbe(STOCK, STOCK_FORM, columns, [[str(cell) for cell in row] for row in rows])


__all__ = ["KINGDEE", "LOGIN", "StreamProbe", "kingdee_client", "kingdee_probe"]
