"""What became of order lines: the day on which a line was delivered in full, and whether what is still owed is in stock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from liuke.connect.sources.kingdee.paging import Asks, Document, Reader, text
from liuke.connect.sources.kingdee.rows import AUDITED, VOID, Brought, Cells, remaining
from liuke.connect.sources.kingdee.streams import STOCK_AVAILABLE, STOCK_FORM, STOCK_MATERIAL
from liuke.vendors.kingdee.answers import Cell
from liuke.vendors.kingdee.client import PAGE, BillQuery
from liuke.vendors.kingdee.filters import among

AT_ONCE = 80
"""Numbers asked for in one condition."""
_HAVE, _LACK = "是", "否"


@dataclass(frozen=True, slots=True)
class Delivered:
    """What left for an order line: how much in all, and on which day the last of it."""

    quantity: float = 0.0
    on: str = ""

    def and_more(self, quantity: float, on: str) -> Delivered:
        """With another delivery."""
        return Delivered(self.quantity + quantity, max(self.on, on))

    def day_of(self, ordered: float) -> str:
        """The day on which all that was ordered had left; blank before."""
        return self.on[:10] if self.quantity > 0 and self.quantity >= ordered else ""


@dataclass(frozen=True, slots=True)
class Supply:
    """Deliveries by order and line (by article where a delivery names no line), free stock by article; None = not asked for."""

    delivered: Mapping[tuple[str, str], Delivered] | None
    free: Mapping[str, float] | None

    def told(self, document: Document, found: Brought) -> list[Cells]:
        """The order's rows with `delivered_on` and `in_stock`."""
        return [self._line(row, line) for row, line in zip(found.rows, document.rows, strict=True)]

    def _line(self, row: Cells, line: Mapping[str, Cell]) -> Cells:
        told = dict(row)
        if self.delivered is not None:
            told["delivered_on"] = _sent(self.delivered, row).day_of(_number(line.get("quantity")))
        if self.free is not None and row["status"] == "placed" and remaining(line) > 0 and row["sku"]:
            told["in_stock"] = _HAVE if self.free.get(row["sku"], 0.0) >= remaining(line) else _LACK
        return told


def _sent(delivered: Mapping[tuple[str, str], Delivered], row: Cells) -> Delivered:
    """What left for an order line; a delivery that names no line counts for its article."""
    order = row["order_id"]
    return delivered.get((order, row["line_id"])) or delivered.get((order, f"sku:{row['sku']}")) or Delivered()


def deliveries_of(reader: Reader, numbers: Sequence[str]) -> dict[tuple[str, str], Delivered]:
    """What audited deliveries brought of these orders."""
    found: defaultdict[tuple[str, str], Delivered] = defaultdict(Delivered)
    for part in parts(numbers):
        for document in reader.by_number("order_id", part):
            for line in document.rows:
                if text(line.get("document_status")) in {"", AUDITED} and text(line.get("cancel_status")) != VOID:
                    _add(found, line)
    return dict(found)


def _add(found: defaultdict[tuple[str, str], Delivered], line: Mapping[str, Cell]) -> None:
    entry = text(line.get("line_id"))
    place = (text(line.get("order_id")), entry if entry not in {"", "0"} else f"sku:{text(line.get('sku'))}")
    found[place] = found[place].and_more(_number(line.get("quantity")), text(line.get("delivered_on")))


def stock_of(client: Asks, articles: Sequence[str]) -> dict[str, float]:
    """Free stock by article, over all stores."""
    free: defaultdict[str, float] = defaultdict(float)
    for part in parts(articles):
        start = 0
        while True:
            query = BillQuery(STOCK_FORM, (STOCK_MATERIAL, STOCK_AVAILABLE), among(STOCK_MATERIAL, part), "FID ASC", start, PAGE)
            rows = client.rows(query)
            for article, quantity in rows:
                free[text(article)] += _number(quantity)
            if len(rows) < PAGE:
                break
            start += PAGE
    return dict(free)


def parts(values: Sequence[str]) -> Iterator[list[str]]:
    """Distinct values, some at a time."""
    once = list(dict.fromkeys(value for value in values if value))
    return (once[start : start + AT_ONCE] for start in range(0, len(once), AT_ONCE))


def _number(value: Cell) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
