"""流失体检 as one HTML page to forward and to print: no script, nothing from outside, names masked where asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from liuke.align.service.rejects import field_label
from liuke.base.words import render
from liuke.learn.domain.checkup import Call, Checkup, Measured, Month, Share, masked

_STYLE = Path(__file__).with_name("checkup.css")
_WIDTH, _HEIGHT, _GAP = 720, 120, 4


class _Page:
    """Texts in one language and currency."""

    def __init__(self, found: Checkup, language: str, *, mask: bool) -> None:
        self.found, self.language, self.mask = found, language, mask

    def text(self, key: str, **params: object) -> str:
        return escape(render(f"checkup.{key}", params, language=self.language, currency=self.found.currency))

    def who(self, text: str) -> str:
        return escape(masked(text) if self.mask and text else text)


def checkup_html(found: Checkup, *, language: str = "zh-CN", mask: bool = False) -> str:
    """The whole report. `mask`: names and numbers of customers show only their beginning."""
    page = _Page(found, language, mask=mask)
    parts = (_head(page), _losses(page), _measured(page), _calls(page), _method(page))
    title = page.text("title", file="")
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
        f"<style>{_STYLE.read_text('utf-8')}</style></head><body><main>{''.join(parts)}</main></body></html>"
    )


def _head(page: _Page) -> str:
    found, facts = page.found, page.found.facts
    cards = (
        (page.text("card.lost"), page.text("card.lost_value", money=found.losses.money, lost=found.losses.lost)),
        (page.text("card.risk"), page.text("card.risk_value", money=found.money_at_risk, customers=found.at_risk)),
        (page.text("card.seen"), _seen(page)),
    )
    span = page.text("span", first=facts.first, last=facts.last, orders=facts.orders, customers=facts.customers, amount=facts.amount)
    boxes = "".join(f"<div class=card><h3>{name}</h3><p>{value}</p></div>" for name, value in cards)
    return f"<h1>{page.text('title', file='')}</h1><p class=quiet>{escape(facts.name)} · {span}</p><section class=cards>{boxes}</section>"


def _seen(page: _Page) -> str:
    measured = page.found.measured
    if measured is None or measured.caught.value is None:
        return page.text("not_measured_short")
    return page.text("card.seen_value", caught=measured.caught.value, lead=measured.lead_days.value)


def _losses(page: _Page) -> str:
    losses = page.found.losses
    returned = page.text("returned", share=page.found.returned) if page.found.returned is not None else ""
    said = page.text(
        "losses", days=page.found.churn_days, lost=losses.lost, opening=losses.opening, money=losses.money, turnover=losses.turnover
    )
    return f"<section><h2>{page.text('losses_title')}</h2><p>{said} {returned}</p>{_bars(page, losses.months)}</section>"


def _bars(page: _Page, months: Sequence[Month]) -> str:
    """The money lost per month, as a drawing with its numbers in words."""
    if not months:
        return ""
    most, width = max(month.money for month in months) or 1.0, _WIDTH / len(months)
    bars = []
    for nth, month in enumerate(months):
        high, left = _HEIGHT * month.money / most, nth * width
        told = page.text("month", month=month.month, customers=month.customers, money=month.money)
        bars.append(
            f'<rect x="{left + _GAP / 2:.1f}" y="{_HEIGHT - high:.1f}" width="{max(width - _GAP, 1):.1f}" height="{high:.1f}"><title>{told}'
            f'</title></rect><text x="{left + width / 2:.1f}" y="{_HEIGHT + 16}">{month.month[2:]}</text>'
        )
    label = page.text("months")
    return f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT + 22}" role="img" aria-label="{label}">{"".join(bars)}</svg><p class=quiet>{label}</p>'


def _measured(page: _Page) -> str:
    found, title = page.found.measured, f"<h2>{page.text('measured_title')}</h2>"
    if found is None:
        return f"<section>{title}<p>{page.text('not_measured')}</p></section>"
    said = page.text("measured", start=found.start, end=found.end, moments=found.moments)
    return f"<section>{title}<p>{said}</p>{_figures(page, found)}<p class=quiet>{page.text('measured_note', auc=_auc(found))}</p></section>"


def _auc(found: Measured) -> str:
    return f"{found.auc:.3f} / {found.recency_auc:.3f}"


def _figures(page: _Page, found: Measured) -> str:
    rows = (
        ("row.caught", _share(page, found.caught), _share(page, found.recency_caught)),
        ("row.precision", _share(page, found.precision), _share(page, found.recency_precision)),
        ("row.base", _share(page, found.base_rate), ""),
        ("row.lead", _days(page, found.lead_days), ""),
    )
    head = "".join(f"<th>{page.text(name)}</th>" for name in ("column.figure", "column.model", "column.recency"))
    body = "".join(f"<tr><td>{page.text(name)}</td><td>{model}</td><td>{recency}</td></tr>" for name, model, recency in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _share(page: _Page, share: Share) -> str:
    return "—" if share.value is None else page.text("share", value=share.value, low=share.low, high=share.high, n=share.n)


def _days(page: _Page, share: Share) -> str:
    return "—" if share.value is None else page.text("days", value=share.value, low=share.low, high=share.high, n=share.n)


def _calls(page: _Page) -> str:
    if not page.found.calls:
        return f"<section><h2>{page.text('calls_title')}</h2><p>{page.text('no_calls')}</p></section>"
    names = ("column.customer", "column.chance", "column.worth", "column.why")
    head = "".join(f"<th>{page.text(name)}</th>" for name in names)
    body = "".join(_call(page, nth, call) for nth, call in enumerate(page.found.calls, 1))
    said = page.text("calls", days=page.found.churn_days, active=page.found.active)
    return (
        f"<section><h2>{page.text('calls_title')}</h2><p>{said}</p><table class=calls><thead><tr><th>#</th>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></section>"
    )


def _call(page: _Page, nth: int, call: Call) -> str:
    name = f"{page.who(call.name)} <small>{page.who(call.key)}</small>" if call.name else page.who(call.key)
    why = "".join(f"<li>{page.text(f'reasons.{reason.code}', **reason.params)}</li>" for reason in call.reasons)
    chance, worth = page.text("chance", chance=call.chance), page.text("worth", money=call.annual_value)
    return f"<tr><td>{nth}</td><td>{name}</td><td>{chance}</td><td>{worth}</td><td><ul>{why}</ul></td></tr>"


def _method(page: _Page) -> str:
    facts = page.found.facts
    columns = ", ".join(f"{field_label('orders', name, page.language)} = {header}" for name, header in facts.columns.items())
    lines: Iterable[str] = (
        page.text("method.lost", days=page.found.churn_days),
        page.text("method.split"),
        page.text("method.rows", rows=facts.rows, rejected=facts.rejected, cancelled=facts.cancelled),
        page.text("method.columns", columns=columns),
        page.text("method.cause"),
        page.text("method.seconds", seconds=page.found.seconds),
    )
    return f"<section class=quiet><h2>{page.text('method_title')}</h2><ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul></section>"
