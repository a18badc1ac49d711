"""The vocabulary of activity kinds. Users may extend it; these are the ones that built-in metrics know.

`value` is in brackets where it means something. Flags in `attrs` are true or 1. docs/reference/kinds.md is the page for people.
"""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What happened to a customer, or what the customer did."""

    ORDER_PLACED = "order.placed"
    """One order [amount]; attrs: order_id, lines, quantity, discount (money off the list price), short_of_stock (flag), late_days, code."""
    ORDER_LINE = "order.line"
    """One line of an order [amount]; attrs: order_id, sku, description, quantity, price. Never counts as an interaction."""
    ORDER_CANCELLED = "order.cancelled"
    """A cancelled or returned order [amount, positive]; attrs: order_id."""
    ORDER_DELAYED = "order.delayed"
    """A delivery known to be late or short [days late]; attrs: order_id, short_of_stock (flag)."""
    REFUND_MADE = "refund.made"
    """Money given back [amount, positive]; attrs: order_id, reason."""
    CART_ABANDONED = "cart.abandoned"
    """An online cart left without an order [amount]; attrs: items, store."""
    QUOTE_REQUESTED = "quote.requested"
    """The customer asks for a price [amount where known]; attrs: quote."""
    TERMS_BARGAINED = "terms.bargained"
    """The customer asks for longer payment terms or another price [days asked for]; attrs: topic (payment | price)."""
    FEE_PAID = "fee.paid"
    """A regular fee for a plan or licence [amount]; attrs: plan, full (flag: without a reduction)."""
    PAYMENT_DUE = "payment.due"
    """[amount]; attrs: invoice. `ts_us` is the due date, `known_us` when the invoice was written."""
    PAYMENT_SETTLED = "payment.settled"
    """A bill paid before it is due [amount]; attrs: invoice. `ts_us` is the due date, `known_us` the payment; it undoes payment.due."""
    PAYMENT_RECEIVED = "payment.received"
    """[amount]; attrs: invoice, days (from invoice to payment)."""
    PAYMENT_OVERDUE = "payment.overdue"
    """[amount]; attrs: invoice, due_on, days."""
    CREDIT_USED = "credit.used"
    """A reading of the credit line [share used, 0–1]; attrs: limit, used."""
    BALANCE_CHANGED = "balance.changed"
    """A reading of an account [balance afterwards]; attrs: change."""
    PLAN_CHANGED = "plan.changed"
    """Another plan or package [new fee]; attrs: before, after, step (negative = smaller plan)."""
    MESSAGE_IN = "message.in"
    """From the customer; attrs: text, contact, thread."""
    MESSAGE_OUT = "message.out"
    """To the customer; attrs: text, contact, thread, important (flag)."""
    MESSAGE_READ = "message.read"
    """The customer opened one of our messages; attrs: thread, contact."""
    GROUP_MESSAGE = "group.message"
    """The customer spoke in a group chat (社群); attrs: text, contact, group."""
    INFO_SENT = "info.sent"
    """Key information given to the customer; attrs: info (quote | notice | course | other), link, contact, important (flag)."""
    INFO_VIEWED = "info.viewed"
    """The customer opened it [seconds]; attrs: info, link, contact."""
    CALL_MADE = "call.made"
    """attrs: result, note."""
    VISIT_MADE = "visit.made"
    """A person of ours visited, or was visited; attrs: note."""
    STORE_VISITED = "store.visited"
    """The customer came into a store; attrs: store."""
    GUIDE_REPORTED = "guide.reported"
    """What a store's guide noted about the customer [-1 will not buy, 0 undecided, 1 will buy]; attrs: store, text."""
    TICKET_OPENED = "ticket.opened"
    """attrs: ticket_id, subject, text, topic."""
    TICKET_CLOSED = "ticket.closed"
    """[hours open]."""
    SURVEY_ANSWERED = "survey.answered"
    """[score]; attrs: survey (nps | csat), text."""
    RATING_GIVEN = "rating.given"
    """A public or in-app rating [stars, 1–5]; attrs: of, text."""
    TRAINING_ASKED = "training.asked"
    """The customer asked something in training; attrs: question, text."""
    TRAINING_ANSWERED = "training.answered"
    """We answered it [hours until the answer]; attrs: question."""
    QBR_HELD = "qbr.held"
    """A quarterly review took place."""
    QBR_MISSED = "qbr.missed"
    """A quarterly review was due and did not take place."""
    SEARCH_FAILED = "search.failed"
    """A search in documents or help found nothing; attrs: text."""
    PAGE_VIEWED = "page.viewed"
    """[seconds]; attrs: url, title, price (flag: a page of prices), app."""
    FEATURE_USED = "feature.used"
    """attrs: feature, core (flag: a key function)."""
    USAGE_MEASURED = "usage.measured"
    """A reading of what is paid for [share used, 0–1]; attrs: feature."""
    LOGIN = "login"
    SESSION_ENDED = "session.ended"
    """[seconds]."""
    TRIAL_STARTED = "trial.started"
    """A trial was activated; attrs: plan."""
    API_CALLED = "api.called"
    """A reading of calls to our API [number of calls since the reading before]; attrs: errors."""
    DATA_EXPORTED = "data.exported"
    """[rows]; attrs: object."""
    COLLABORATOR_REMOVED = "collaborator.removed"
    """[how many]."""
    ACCOUNT_CLOSED = "account.closed"
    """The customer closed the account."""
    CONTRACT_STARTED = "contract.started"
    """[amount]; attrs: contract."""
    CONTRACT_ENDS = "contract.ends"
    """[amount]; `ts_us` is the end, `known_us` the start: it is known long before it happens."""
    CONTRACT_RENEWED = "contract.renewed"
    """[amount]; attrs: contract."""
    RENEWAL_STARTED = "renewal.started"
    """We began the renewal; attrs: contract."""
    RENEWAL_CONTACTED = "renewal.contacted"
    """We spoke to the customer about the renewal; attrs: contract."""
    RENEWAL_REFUSED = "renewal.refused"
    """The customer declined a renewal reminder; attrs: contract, reason."""
    OPPORTUNITY_MOVED = "opportunity.moved"
    """[amount]; attrs: stage."""
    CAMPAIGN_SENT = "campaign.sent"
    """attrs: campaign, thread."""
    CAMPAIGN_OPENED = "campaign.opened"
    """attrs: campaign, thread."""
    COUPON_ISSUED = "coupon.issued"
    """[worth]; attrs: coupon."""
    COUPON_USED = "coupon.used"
    """[money off]; attrs: coupon, order_id."""
    COMPETITOR_VISITED = "competitor.visited"
    """A competitor's page was opened; attrs: url, competitor."""
    COMPETITOR_TRIAL = "competitor.trial"
    """A trial with a competitor became known; attrs: competitor."""
    MENTION_FOUND = "mention.found"
    """A mention in social media or elsewhere outside; attrs: text, url, competitor."""
    CONTACT_DELETED_US = "wecom.contact_deleted"
    """The customer deleted our employee in WeCom (del_follow_user); attrs: contact, employee."""
    CONTACT_LEFT = "contact.left"
    """A contact left the company; attrs: contact, key (flag: the key contact)."""
    CONTACT_CHANGED = "contact.changed"
    """Another person took over; attrs: contact, key (flag)."""
    TAKEN_BACK = "entry.taken_back"
    """Stands in the place of an entry of ours that was taken back (a visit logged by mistake)."""


NOT_AN_INTERACTION = frozenset(
    {
        Kind.ORDER_LINE, Kind.ORDER_DELAYED, Kind.REFUND_MADE, Kind.FEE_PAID, Kind.PAYMENT_DUE, Kind.PAYMENT_OVERDUE, Kind.CREDIT_USED,
        Kind.PAYMENT_SETTLED,
        Kind.BALANCE_CHANGED, Kind.MESSAGE_OUT, Kind.INFO_SENT, Kind.GUIDE_REPORTED, Kind.TRAINING_ANSWERED, Kind.QBR_MISSED,
        Kind.USAGE_MEASURED, Kind.ACCOUNT_CLOSED, Kind.CONTRACT_STARTED, Kind.CONTRACT_ENDS, Kind.RENEWAL_STARTED,
        Kind.RENEWAL_CONTACTED, Kind.CAMPAIGN_SENT, Kind.COUPON_ISSUED, Kind.COMPETITOR_VISITED, Kind.COMPETITOR_TRIAL,
        Kind.MENTION_FOUND, Kind.CONTACT_DELETED_US, Kind.CONTACT_LEFT, Kind.CONTACT_CHANGED,
        Kind.TAKEN_BACK,
    }
)  # fmt: skip
"""Kinds that the customer did not do, or not with us: they never end a silence."""

ROUTINE = frozenset(
    {
        Kind.ORDER_PLACED, Kind.ORDER_LINE, Kind.FEE_PAID, Kind.PAYMENT_SETTLED, Kind.PAYMENT_RECEIVED, Kind.BALANCE_CHANGED,
        Kind.MESSAGE_OUT, Kind.MESSAGE_READ, Kind.INFO_SENT, Kind.INFO_VIEWED, Kind.STORE_VISITED, Kind.PAGE_VIEWED, Kind.FEATURE_USED,
        Kind.USAGE_MEASURED, Kind.LOGIN, Kind.SESSION_ENDED, Kind.API_CALLED, Kind.CAMPAIGN_SENT, Kind.CAMPAIGN_OPENED,
        Kind.COUPON_ISSUED, Kind.COUPON_USED,
    }
)  # fmt: skip
"""Signs of life and what we did ourselves: one more of them seldom says that a customer leaves. Where much comes at once, customers of
whom anything else came are scored first (`pipeline/live.py`)."""
