"""Who may call what about a customer's chances."""

from __future__ import annotations

from tests.show.matrix import CUSTOMER, READERS, Row, about

TABLE: tuple[Row, ...] = (about("customer_chances", "get", f"{CUSTOMER}/chances", READERS),)
