"""Pages that recipients of messages open: no log-in, no cookies, an opaque token. A GET never changes what anybody allows."""

from __future__ import annotations

from html import escape

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from liuke.act.governor.addresses import hint_of
from liuke.act.messages.receiving import click_record, open_record, unsubscribe
from liuke.act.outgoing.sealing import open_text
from liuke.act.store.models import CustomerMessage
from liuke.base.words import render
from liuke.show.api.link_pages import contact_link

_PAGE = """<!doctype html><html lang="{language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>{title}</title>
<body style="font-family:system-ui,sans-serif;max-width:32rem;margin:3rem auto;padding:0 1rem;line-height:1.7;color:#1f2733">
<h1 style="font-size:1.25rem">{title}</h1><p>{text}</p>{form}</body></html>"""
_FORM = (
    '<form method="post"><input type="hidden" name="by" value="page">'
    '<button style="font-size:1rem;min-height:48px;padding:.6rem 1.2rem;border:0;border-radius:6px;background:#1d4ed8;color:#fff">'
    "{button}</button></form>"
)
_POINT = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")
"""A GIF of one transparent pixel."""
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
}


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe_page(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks; POST does, from the page's button or a mail program's `List-Unsubscribe=One-Click` (RFC 8058), without a redirect."""
    row = CustomerMessage.objects.filter(token=token).select_related("workspace").first()
    language = row.workspace.locale if row else "zh-CN"
    if row is None:
        return _page(language, "gone", status=404)
    if request.method != "POST":
        hint = hint_of(row.medium, open_text(row.address)) if row.address else ""
        form = _FORM.format(button=escape(render("messages.page.button", {}, language=language)))
        return _page(language, "ask", hint=hint, company=row.workspace.name, form=form)
    source = "one_click" if request.POST.get("List-Unsubscribe") == "One-Click" else "unsubscribe_page"
    unsubscribe(token=token, source=source)
    return _page(language, "done")


@require_http_methods(["GET", "HEAD"])
def open_pixel(request: HttpRequest, token: str) -> HttpResponse:
    """One transparent point; its loading tells that a mail was opened. The same picture for a token that we never gave."""
    if request.method == "GET":
        open_record(token=token)
    return HttpResponse(_POINT, content_type="image/gif", headers={"Cache-Control": "no-store", "X-Robots-Tag": "noindex"})


@require_http_methods(["GET", "HEAD"])
def tracked_link(request: HttpRequest, token: str) -> HttpResponse:
    """Leads to the stored address of this token, to no other: nothing in the request says where to. HEAD is not a click."""
    given = contact_link(request, token)
    if given is not None:
        return given
    url = click_record(token=token, count=request.method == "GET")
    if url is None:
        return HttpResponseNotFound()
    return HttpResponseRedirect(url, headers={"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"})


def _page(language: str, what: str, *, status: int = 200, form: str = "", **params: object) -> HttpResponse:
    title = escape(render("messages.page.title", {}, language=language))
    text = escape(render(f"messages.page.{what}", params, language=language))
    body = _PAGE.format(language=escape(language), title=title, text=text, form=form)
    return HttpResponse(body, status=status, headers=HEADERS)
