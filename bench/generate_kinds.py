"""What made activities say: how often each kind comes, its value and its attributes, and how a story bends them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from bench.generate_stories import NAMES, Ints, Numbers, People

from liuke.facts.domain.kinds import Kind

COMMON: Mapping[Kind, float] = {
    Kind.PAGE_VIEWED: 0.30, Kind.LOGIN: 0.18, Kind.FEATURE_USED: 0.12, Kind.ORDER_PLACED: 0.08, Kind.SESSION_ENDED: 0.06,
    Kind.CAMPAIGN_SENT: 0.05, Kind.MESSAGE_IN: 0.03, Kind.MESSAGE_OUT: 0.03, Kind.CAMPAIGN_OPENED: 0.02, Kind.PAYMENT_RECEIVED: 0.02,
    Kind.TICKET_OPENED: 0.012, Kind.TICKET_CLOSED: 0.011, Kind.SURVEY_ANSWERED: 0.01, Kind.API_CALLED: 0.01,
}  # fmt: skip
"""Share of all activities; every other kind of the vocabulary has a small one, so that all are there."""
SELDOM = 0.0008
MADE_APART = (Kind.CONTRACT_STARTED, Kind.CONTRACT_ENDS)
KINDS = tuple(kind for kind in Kind if kind not in MADE_APART)
CODE = {kind: at for at, kind in enumerate(KINDS)}
SHARE: Numbers = np.array([COMMON.get(kind, SELDOM) for kind in KINDS]) / sum(COMMON.get(kind, SELDOM) for kind in KINDS)
CHANNELS = ("web", "app", "store", "phone", "wecom")
MONEY = (
    Kind.ORDER_PLACED, Kind.ORDER_LINE, Kind.ORDER_CANCELLED, Kind.REFUND_MADE, Kind.CART_ABANDONED, Kind.FEE_PAID, Kind.PAYMENT_DUE,
    Kind.PAYMENT_RECEIVED, Kind.PAYMENT_OVERDUE, Kind.BALANCE_CHANGED, Kind.PLAN_CHANGED, Kind.CONTRACT_RENEWED, Kind.QUOTE_REQUESTED,
)  # fmt: skip
BENT: Mapping[str, tuple[float, tuple[Kind, ...]]] = {
    "complaining": (0.5, (Kind.TICKET_OPENED, Kind.TICKET_OPENED, Kind.SURVEY_ANSWERED, Kind.REFUND_MADE)),
    "not_paying": (0.4, (Kind.PAYMENT_OVERDUE, Kind.PAYMENT_OVERDUE, Kind.TERMS_BARGAINED)),
    "leaving": (0.5, (Kind.COMPETITOR_VISITED, Kind.DATA_EXPORTED, Kind.CONTACT_LEFT, Kind.COMPETITOR_TRIAL)),
    "surging": (0.4, (Kind.PAGE_VIEWED, Kind.QUOTE_REQUESTED)),
}
"""Story → the share of the activities that become others while it shows, and which."""


def kinds_of(people: People, customer: Ints, warned: np.ndarray, chance: np.random.Generator) -> Ints:
    """A kind (its place in KINDS) per activity. `warned`: whether the customer's story shows by then."""
    kind = chance.choice(len(KINDS), len(customer), p=SHARE).astype(np.int64)
    story = people.story[customer]
    dice = chance.random(len(customer))
    pick = chance.random(len(customer))
    for name, (share, others) in BENT.items():
        bent = warned & (story == NAMES.index(name)) & (dice < share)
        codes = np.array([CODE[other] for other in others])
        kind[bent] = codes[(pick[bent] * len(codes)).astype(np.int64)]
    return kind


def values_of(people: People, customer: Ints, kind: Ints, warned: np.ndarray, chance: np.random.Generator) -> Numbers:
    """The value per activity; NaN where the kind has none."""
    size = len(customer)
    value = np.full(size, np.nan)
    amount = np.round(chance.lognormal(3.5, 0.8, size), 2)
    story = people.story[customer]
    smaller = warned & (story == NAMES.index("shrinking"))
    larger = warned & (story == NAMES.index("growing"))
    amount = np.round(amount * np.where(smaller, 0.33, np.where(larger, 1.4, 1.0)), 2)
    _put(value, kind, MONEY, amount)
    unhappy = warned & (story == NAMES.index("complaining"))
    _put(value, kind, (Kind.SURVEY_ANSWERED,), np.where(unhappy, chance.integers(0, 5, size), chance.integers(6, 11, size)).astype(float))
    _put(value, kind, (Kind.RATING_GIVEN,), chance.integers(1, 6, size).astype(float))
    _put(value, kind, (Kind.CREDIT_USED, Kind.USAGE_MEASURED), np.round(chance.random(size), 3))
    _put(value, kind, (Kind.TICKET_CLOSED, Kind.TRAINING_ANSWERED), np.round(chance.exponential(20, size), 1))
    counted = (Kind.API_CALLED, Kind.DATA_EXPORTED, Kind.COLLABORATOR_REMOVED, Kind.ORDER_DELAYED, Kind.TERMS_BARGAINED)
    _put(value, kind, counted, chance.integers(1, 40, size).astype(float))
    timed = (Kind.PAGE_VIEWED, Kind.SESSION_ENDED, Kind.INFO_VIEWED)
    _put(value, kind, timed, np.round(chance.exponential(60, size), 0))
    return value


def _put(value: Numbers, kind: Ints, kinds: tuple[Kind, ...], numbers: Numbers) -> None:
    chosen = np.isin(kind, [CODE[one] for one in kinds])
    value[chosen] = numbers[chosen]


def attributes_of(kind: Ints, value: Numbers, first: int) -> pa.Array:
    """JSON texts: an order's pieces, a ticket's number and topic, a page's address, and so on; `{}` for the rest."""
    number = pa.array(np.arange(first, first + len(kind))).cast(pa.string())
    pieces = pa.array(np.maximum(1, np.nan_to_num(value) / 8).astype(np.int64)).cast(pa.string())
    few = pa.array((np.arange(len(kind)) * 7919) % 40).cast(pa.string())
    texts: pa.Array = pa.array(np.full(len(kind), "{}"))
    for kinds, parts in (
        ((Kind.ORDER_PLACED, Kind.ORDER_LINE), ('{"order_id":"o', number, '","quantity":', pieces, "}")),
        ((Kind.TICKET_OPENED, Kind.TICKET_CLOSED), ('{"ticket_id":"t', number, '","topic":"topic', few, '"}')),
        ((Kind.PAGE_VIEWED, Kind.COMPETITOR_VISITED), ('{"url":"/p/', few, '"}')),
        ((Kind.FEATURE_USED, Kind.USAGE_MEASURED), ('{"feature":"f', few, '"}')),
        ((Kind.MESSAGE_IN, Kind.MESSAGE_OUT, Kind.MESSAGE_READ), ('{"thread":"m', few, '"}')),
        ((Kind.CAMPAIGN_SENT, Kind.CAMPAIGN_OPENED), ('{"campaign":"c', few, '"}')),
    ):
        chosen = pa.array(np.isin(kind, [CODE[one] for one in kinds]))
        texts = pc.if_else(chosen, pc.binary_join_element_wise(*parts, ""), texts)
    return texts
