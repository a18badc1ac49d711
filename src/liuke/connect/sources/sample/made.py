"""What the real set lacks, made from a seed: names, contacts, messages, tickets, surveys, payments, contracts, opportunities.

Every made row follows from real orders up to its own moment and from chance keyed by that order or customer; cutting off
the later orders changes nothing that was made before (a test proves it). It is decoration: no accuracy may be quoted on it.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from liuke.connect.sources.sample import names, phrases
from liuke.connect.sources.sample.chance import Chance

DAY_US = 86_400_000_000
HOUR_US = 3_600_000_000
SEED = 20110910
ANGRY_SHARE, LEAVING_SHARE = 0.03, 0.02
"""Shares of the customers who write so."""
_EPOCH = date(1970, 1, 1)
_CONTRACT_STARTS = ((date(2010, 7, 1) - _EPOCH).days, (date(2011, 4, 1) - _EPOCH).days)
_HISTORY_START = (date(2009, 12, 1) - _EPOCH).days


class Orders:
    """The placed orders as arrays (one row each) and the chance that hangs on their numbers."""

    def __init__(self, lines: pa.Table, seed: int = SEED) -> None:
        placed = lines.filter(pc.invert(pc.starts_with(lines["invoice"], "C")))
        amount = pc.multiply(placed["quantity"], placed["price"])
        rows = (
            placed.append_column("amount", amount)
            .group_by(["invoice", "customer"], use_threads=False)
            .aggregate([("ts_us", "min"), ("amount", "sum"), ("description", "first")])
        )
        self.seed = seed
        self.invoice = rows["invoice"].combine_chunks()
        self.customer = rows["customer"].to_numpy().astype(np.int64)
        self.ts: NDArray[np.int64] = rows["ts_us_min"].to_numpy()
        self.amount: NDArray[np.float64] = np.round(rows["amount_sum"].to_numpy(), 2)
        self.item = pc.utf8_capitalize(rows["description_first"].combine_chunks())
        self.chance = Chance(rows["invoice"].cast(pa.int64()).to_numpy(), seed)

    def customers(self) -> NDArray[np.int64]:
        """The distinct customer numbers, ascending."""
        return np.unique(self.customer)

    def filled(self, templates: list[str], rows: NDArray[np.bool_]) -> pa.Array:
        """Templates with the order's number and article, for the chosen orders."""
        where = pa.array(np.flatnonzero(rows))
        items, invoices = self.item.take(where).to_pylist(), self.invoice.take(where).to_pylist()
        return pa.array([text.format(item=item, order=order) for text, item, order in zip(templates, items, invoices, strict=True)])

    def event(self, name: str, rows: NDArray[np.bool_]) -> dict[str, pa.Array]:
        """Id (such as `T-489520` for the ticket after that order), customer and contact of the chosen orders."""
        customer = pa.array(self.customer[rows]).cast(pa.string())
        return {
            f"{name}_id": pc.binary_join_element_wise(name[0].upper(), self.invoice.filter(pa.array(rows)), "-"),
            "customer_key": customer,
            "contact": pc.binary_join_element_wise(customer, "1", "-"),
        }


def customer_table(lines: pa.Table, seed: int = SEED) -> pa.Table:
    """Name and trade are made; country (of the first order) and first order are real."""
    first = lines.group_by("customer", use_threads=False).aggregate([("ts_us", "min"), ("country", "first")]).sort_by("customer")
    numbers = first["customer"].cast(pa.int64()).to_numpy()
    return pa.table(
        {
            "customer_key": first["customer"],
            "name": [names.company_name(number) for number in numbers.tolist()],
            "registered_at": first["ts_us_min"],
            "country": first["country_first"],
            "industry": Chance(numbers, seed).choose("trade", phrases.TRADES),
        }
    )


def contact_table(customers: NDArray[np.int64], seed: int = SEED) -> pa.Table:
    """A key contact per customer, a second one for a third of them."""
    second = Chance(customers, seed).uniform("second") < 0.35
    number = np.concatenate([customers, customers[second]])
    which = np.concatenate([np.full(len(customers), 1), np.full(int(second.sum()), 2)])
    people = [names.person_name(int(customer) * 3 + int(nth)) for customer, nth in zip(number, which, strict=True)]
    companies = [names.company_name(customer) for customer in number.tolist()]
    return pa.table(
        {
            "customer_key": pa.array(number).cast(pa.string()),
            "contact_id": [f"{customer}-{nth}" for customer, nth in zip(number.tolist(), which.tolist(), strict=True)],
            "name": people,
            "title": Chance(number * 3 + which, seed).choose("title", phrases.TITLES),
            "phone": [names.phone_number(int(customer) * 3 + int(nth)) for customer, nth in zip(number, which, strict=True)],
            "email": [names.email_address(person, company) for person, company in zip(people, companies, strict=True)],
            "is_key": pa.array(which == 1),
        }
    )


def message_table(orders: Orders) -> pa.Table:
    """A message after every fifth order, answered by us most times. One in eight complains.

    A few customers write in anger whatever they write about, a few think aloud of leaving: chance of the customer's number alone.
    """
    rows = orders.chance.uniform("message") < 0.22
    chance = orders.chance.at(rows)
    sent = orders.ts[rows] + chance.between("m-delay", 0.05 * DAY_US, 12 * DAY_US).astype(np.int64)
    temper = Chance(orders.customer[rows], orders.seed).uniform("temper")
    mood = np.digitize(chance.uniform("mood"), [0.66, 0.83, 0.87])
    mood = np.where(temper < ANGRY_SHARE, 4, np.where((temper > 1 - LEAVING_SHARE) & (mood > 0), 5, mood))
    options = (phrases.QUESTION, phrases.THANKS, phrases.RESOLVED, phrases.COMPLAINT, phrases.ANGRY, phrases.LEAVING)
    draw = chance.uniform("m-text")
    texts = [options[kind][int(part * len(options[kind]))] for kind, part in zip(mood.tolist(), draw.tolist(), strict=True)]
    event = orders.event("message", rows)
    incoming = pa.table({**event, "sent_at": sent, "direction": pa.repeat("in", len(sent)), "text": orders.filled(texts, rows)})
    replies = chance.uniform("reply") < 0.85
    answered = chance.at(replies)
    reply = incoming.filter(pa.array(replies))
    outgoing = pa.table(
        {
            "message_id": pc.binary_join_element_wise(reply["message_id"], "r", "-"),
            "customer_key": reply["customer_key"],
            "contact": reply["contact"],
            "sent_at": sent[replies] + answered.between("wait", 0.3 * HOUR_US, 30 * HOUR_US).astype(np.int64),
            "direction": pa.repeat("out", reply.num_rows),
            "text": answered.choose("r-text", phrases.REPLY),
        }
    )
    both = pa.concat_tables([incoming, outgoing]).combine_chunks()
    return both.append_column("channel", pa.repeat("email", both.num_rows))


def ticket_table(orders: Orders) -> pa.Table:
    """A ticket after every twentieth order; a few stay open."""
    rows = orders.chance.uniform("ticket") < 0.05
    chance = orders.chance.at(rows)
    opened = orders.ts[rows] + chance.between("t-delay", 1.5 * DAY_US, 14 * DAY_US).astype(np.int64)
    closed = opened + chance.between("t-open", 2 * HOUR_US, 120 * HOUR_US).astype(np.int64)
    kinds = [phrases.TICKETS[index] for index in chance.pick("t-kind", len(phrases.TICKETS)).tolist()]
    return pa.table(
        {
            **orders.event("ticket", rows),
            "opened_at": opened,
            "closed_at": pa.array(closed, mask=chance.uniform("stays") < 0.04),
            "subject": [kind[0] for kind in kinds],
            "text": orders.filled([kind[1] for kind in kinds], rows),
            "topic": [kind[2] for kind in kinds],
        }
    )


def survey_table(orders: Orders) -> pa.Table:
    """A recommendation score (NPS, 0–10) after one order in fourteen."""
    rows = orders.chance.uniform("survey") < 0.07
    chance = orders.chance.at(rows)
    score = np.select(
        [chance.uniform("group") < edge for edge in (0.18, 0.45)],
        [chance.pick("low", 7), chance.pick("mid", 2) + 7],
        chance.pick("high", 2) + 9,
    )
    praise, blame = chance.choose("praise", phrases.PRAISE), chance.choose("blame", phrases.BLAME)
    return pa.table(
        {
            **orders.event("survey", rows),
            "answered_at": orders.ts[rows] + chance.between("s-delay", 5 * DAY_US, 20 * DAY_US).astype(np.int64),
            "score": score.astype(np.float64),
            "survey": pa.repeat("nps", len(score)),
            "text": [bad if value < 7 else good for value, good, bad in zip(score.tolist(), praise, blame, strict=True)],
        }
    )


def payment_table(orders: Orders) -> pa.Table:
    """Bills of the third of customers that buy on account: 30 days to pay, an eighth of those customers pays late."""
    payer = Chance(orders.customer, orders.seed)
    rows = (payer.uniform("account") < 0.35) & (orders.amount > 0)
    chance, slow = orders.chance.at(rows), payer.at(rows).uniform("slow") < 0.12
    days = (
        8
        + 20 * chance.uniform("p-days")
        + np.where(chance.uniform("p-late") < np.where(slow, 0.6, 0.05), chance.between("p-more", 6, 45), 0)
    )
    event = orders.event("payment", rows)
    event.pop("contact")
    return pa.table(
        {
            **event,
            "order_id": orders.invoice.filter(pa.array(rows)),
            "amount": orders.amount[rows],
            "due_on": pa.array((orders.ts[rows] // DAY_US + 30).astype(np.int32)).cast(pa.date32()),
            "billed_on": pa.array((orders.ts[rows] // DAY_US).astype(np.int32)).cast(pa.date32()),
            "paid_at": orders.ts[rows] + (days * DAY_US).astype(np.int64),
        }
    )


def contract_table(orders: Orders) -> pa.Table:
    """A yearly supply agreement for some customers, worth about what they had spent in the year before it began."""
    customers = orders.customers()
    chance = Chance(customers, orders.seed)
    start = chance.between("begin", *_CONTRACT_STARTS).astype(np.int64)
    at = np.searchsorted(customers, orders.customer)
    age_days = start[at] - orders.ts // DAY_US
    before = np.bincount(at, weights=orders.amount * ((age_days > 0) & (age_days <= 365)), minlength=len(customers))
    yearly = before * 365 / np.minimum(365, start - _HISTORY_START)
    chosen = (yearly >= 1500) & (chance.uniform("signed") < 0.6)
    amount = np.round(yearly * chance.between("worth", 0.85, 1.15), -1)
    days = start[chosen].astype(np.int32)
    number = customers[chosen]
    return pa.table(
        {
            "customer_key": pa.array(number).cast(pa.string()),
            "contract_id": [f"CT-{customer}" for customer in number.tolist()],
            "name": pa.repeat("年度供货协议 Annual supply agreement", len(number)),
            "starts_on": pa.array(days).cast(pa.date32()),
            "ends_on": pa.array(days + 364).cast(pa.date32()),
            "amount": amount[chosen],
        }
    )


def opportunity_table(orders: Orders, as_of_us: int) -> pa.Table:
    """Deals open at `as_of_us` with one in eight customers who ordered in the 200 days before it."""
    recent = (orders.ts < as_of_us) & (orders.ts >= as_of_us - 200 * DAY_US)
    customers, at = np.unique(orders.customer[recent], return_inverse=True)
    mean = np.bincount(at, weights=orders.amount[recent]) / np.bincount(at)
    chance = Chance(customers, orders.seed)
    chosen = (chance.uniform("deal") < 0.12) & (mean > 50)
    chance, number = chance.at(chosen), customers[chosen]
    close = as_of_us // DAY_US + chance.between("close", 10, 120).astype(np.int64)
    return pa.table(
        {
            "customer_key": pa.array(number).cast(pa.string()),
            "opportunity_id": [f"OP-{customer}" for customer in number.tolist()],
            "name": chance.choose("o-name", ("圣诞季备货 Christmas stock", "新品系列 New range", "门店陈列 Shop display")),
            "stage": chance.choose("stage", phrases.STAGES),
            "amount": np.round(mean[chosen] * chance.between("o-size", 2, 8), -1),
            "close_on": pa.array(close.astype(np.int32)).cast(pa.date32()),
            "updated_at": as_of_us - chance.between("moved", 0.2 * DAY_US, 40 * DAY_US).astype(np.int64),
        }
    )


def made_tables(lines: pa.Table, as_of_us: int, seed: int = SEED) -> dict[str, pa.Table]:
    """All made rows by entity, columns named as `align.domain.entities` names its fields; times in UTC microseconds.

    `lines` as `lines.sample_lines` gives them. `customers` carries the real country and first order besides a made name.
    """
    orders = Orders(lines, seed)
    return {
        "customers": customer_table(lines, seed),
        "contacts": contact_table(orders.customers(), seed),
        "messages": message_table(orders),
        "tickets": ticket_table(orders),
        "surveys": survey_table(orders),
        "payments": payment_table(orders),
        "contracts": contract_table(orders),
        "opportunities": opportunity_table(orders, as_of_us),
    }
