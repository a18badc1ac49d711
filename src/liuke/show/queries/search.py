"""Ctrl K: customers by name or number, their open alerts, and pages."""

from __future__ import annotations

from django.db.models import Q

from liuke.accounts.domain.roles import Permission, Scope
from liuke.alert.service import alerts_visible
from liuke.show.api.schemas.insight import SearchHit
from liuke.show.queries.customer_list import cards_visible
from liuke.show.queries.reader import Reader
from liuke.show.store.models import CustomerCard

MOST = 20
CUSTOMERS, ALERTS = 10, 5
LONGEST, SCANNED = 100, 200
LAST = chr(0xFFFF)
"""Sorts after every character of a customer's number."""
PAGES: tuple[tuple[str, str, Permission | None], ...] = (
    ("dashboard", "/dashboard", None),
    ("alerts", "/alerts", None),
    ("tasks", "/tasks", None),
    ("customers", "/customers", None),
    ("renewals", "/renewals", None),
    ("data", "/data", Permission.IMPORT),
    ("scoring", "/scoring", None),
    ("people", "/settings/people", Permission.PEOPLE),
    ("channels", "/settings/channels", Permission.CHANNELS),
    ("api_keys", "/settings/api-keys", Permission.PEOPLE),
    ("audit", "/settings/audit", Permission.AUDIT),
    ("profile", "/settings/profile", None),
)
"""Key of the name, link, and the permission that the page needs."""
OF_CUSTOMERS = frozenset({"dashboard", "alerts", "tasks", "customers", "renewals"})
"""Pages that have nothing for somebody who sees no customers."""


def search(*, reader: Reader, q: str) -> list[SearchHit]:
    """At most 20 hits; nothing for a blank query. Numbers and names that begin with the text come first."""
    text = q.strip()[:LONGEST]
    if not text:
        return []
    cards = _cards(reader, text) if reader.actor.scope is not Scope.NONE else []
    return [*(_customer(reader, card) for card in cards), *_alerts(reader, cards), *_pages(reader, text)][:MOST]


def _cards(reader: Reader, text: str) -> list[CustomerCard]:
    """Customers whose number begins with the text by the index, others by one scan of the covering index."""
    visible = cards_visible(reader.actor)
    numbered = visible.filter(key__gte=text, key__lt=f"{text}{LAST}").order_by("key")
    ids = list(numbered.values_list("pk", flat=True)[:CUSTOMERS])
    if len(ids) < CUSTOMERS:
        found = visible.filter(Q(key__icontains=text) | Q(name__icontains=text)).order_by()
        ids += found.values_list("pk", flat=True)[:SCANNED]
    cards = CustomerCard.objects.filter(pk__in=ids)
    begins = text.lower()
    return sorted(cards, key=lambda card: (not _begins(card, begins), -card.score, card.pk))[:CUSTOMERS]


def _begins(card: CustomerCard, text: str) -> bool:
    return card.key.lower().startswith(text) or card.name.lower().startswith(text)


def _customer(reader: Reader, card: CustomerCard) -> SearchHit:
    subtitle = f"{card.key} · {reader.text(f'show.level.{card.level}')} {card.score:.0f}"
    return SearchHit(type="customer", id=str(card.pk), title=card.name, subtitle=subtitle, link=f"/customers/{card.pk}")


def _alerts(reader: Reader, cards: list[CustomerCard]) -> list[SearchHit]:
    alerts = alerts_visible(reader.actor).filter(customer_id__in=[card.pk for card in cards], status="open").select_related("customer")
    return [
        SearchHit(
            type="alert",
            id=str(alert.pk),
            title=f"{reader.text(f'show.level.{alert.level}')} · {alert.customer.name}",
            subtitle=reader.top_reason(alert.reasons),
            link=f"/alerts/{alert.pk}",
        )
        for alert in alerts.order_by("-expected_loss", "pk")[:ALERTS]
    ]


def _opens(reader: Reader, name: str, needed: Permission | None) -> bool:
    if name in OF_CUSTOMERS and reader.actor.scope is Scope.NONE:
        return False
    return needed is None or reader.actor.may(needed)


def _pages(reader: Reader, text: str) -> list[SearchHit]:
    hits = []
    for name, link, needed in PAGES:
        title = reader.text(f"show.page.{name}")
        if _opens(reader, name, needed) and (text.lower() in title.lower() or text.lower() in name):
            hits.append(SearchHit(type="page", id=name, title=title, subtitle="", link=link))
    return hits
