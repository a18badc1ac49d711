"""What recipients of a link see: a redirect, or a page with the file that tells how long it is looked at. No log-in, no cookies."""

from __future__ import annotations

import secrets
from html import escape

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotFound, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from liuke.act.links.files import file_path
from liuke.act.links.viewing import VISIT, Found, is_machine, link_find, view_record
from liuke.act.store.models import ContactLink
from liuke.base.words import render

_HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex", "X-Content-Type-Options": "nosniff"}
_STYLE = (
    "html,body{height:100%;margin:0}body{font-family:system-ui,sans-serif;color:#1f2733;display:flex;flex-direction:column}"
    "header{padding:.75rem 1rem;border-bottom:1px solid #dde3ea}h1{font-size:1.05rem;margin:0}a{color:#1d4ed8}"
    "main{flex:1;min-height:0}iframe{border:0;width:100%;height:100%}img{max-width:100%;display:block;margin:auto}p{padding:0 1rem}"
)
_PAGE = """<!doctype html><html lang="{language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>{title}</title><style nonce="{nonce}">{style}</style>
<body><header><h1>{title}</h1>{open}</header><main>{body}</main>{script}</body></html>"""
_SCRIPT = """(()=>{{const b=new Uint8Array(16);crypto.getRandomValues(b);const v=[...b].map(x=>x.toString(16).padStart(2,"0")).join("");
let s=0,l=performance.now();const t=()=>{{const n=performance.now();if(!document.hidden)s+=(n-l)/1e3;l=n}};
const p=()=>fetch("{seen}",{{method:"POST",keepalive:true,body:new URLSearchParams({{visit:v,seconds:Math.round(s)}})}}).catch(()=>{{}});
p();let w=5;const a=()=>{{t();p();w=Math.min(w*1.5,60);setTimeout(a,w*1e3)}};setTimeout(a,w*1e3);
document.addEventListener("visibilitychange",()=>{{const n=performance.now();if(document.hidden){{s+=(n-l)/1e3;p()}}l=n}});
addEventListener("pagehide",()=>{{t();p()}})}})()"""
"""Tells the look at once, then seldom and ever more seldom, and when the page is left; a hidden page is not looked at."""


def contact_link(request: HttpRequest, token: str) -> HttpResponse | None:
    """The answer for a link that somebody gave; None where the token is none of those."""
    found = link_find(token)
    if found is None:
        return None
    if found.is_over:
        return _over(found)
    if found.link.url:
        if request.method == "GET" and not is_machine(request.headers.get("User-Agent", "")) and not request.user.is_authenticated:
            view_record(link=found.link, visit=secrets.token_hex(16))
        return HttpResponseRedirect(found.link.url, headers=_HEADERS)
    return _viewer(found.link)


@require_http_methods(["GET", "HEAD"])
def link_file(request: HttpRequest, token: str) -> HttpResponseBase:  # noqa: ARG001 - a view
    """The file itself, for the page around it. 404 for what is revoked or over, as for what never was."""
    found = link_find(token)
    path = file_path(found.link) if found is not None and not found.is_over else None
    if found is None or path is None:
        return HttpResponseNotFound()
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; object-src 'self'; frame-ancestors 'self'"
    answer = FileResponse(path.open("rb"), content_type=found.link.content_type, filename=found.link.file_name, as_attachment=False)
    for name, value in {**_HEADERS, "Content-Security-Policy": policy, "X-Frame-Options": "SAMEORIGIN"}.items():
        answer.headers[name] = value
    return answer


@csrf_exempt
@require_http_methods(["POST"])
def link_seen(request: HttpRequest, token: str) -> HttpResponse:
    """The page tells a look and how long it has lasted. Colleagues who are logged in here are not counted."""
    found = link_find(token)
    visit, seconds = str(request.POST.get("visit", "")), str(request.POST.get("seconds", ""))
    is_plain = VISIT.fullmatch(visit) is not None and seconds.isascii() and seconds.isdigit() and len(seconds) < 7
    if found is None or found.is_over or not is_plain:
        return HttpResponseNotFound()
    if not request.user.is_authenticated and not is_machine(request.headers.get("User-Agent", "")):
        view_record(link=found.link, visit=visit, seconds=int(seconds))
    return HttpResponse(status=204, headers=_HEADERS)


def _viewer(link: ContactLink) -> HttpResponse:
    nonce, base = secrets.token_urlsafe(16), f"/t/{link.token}"
    title = escape(link.title)
    is_picture = link.content_type.startswith("image/")
    body = f'<img src="{base}/file" alt="{title}">' if is_picture else f'<iframe src="{base}/file" title="{title}"></iframe>'
    words = escape(render("links.page.open", {}, language=link.workspace.locale))
    return _page(
        link, nonce, title=title, body=body, open=f'<a href="{base}/file" target="_blank" rel="noopener">{words}</a>',
        script=f'<script nonce="{nonce}">{_SCRIPT.format(seen=f"{base}/seen")}</script>',
    )  # fmt: skip


def _over(found: Found) -> HttpResponse:
    language = found.link.workspace.locale
    text = escape(render("links.page.over", {"company": found.link.workspace.name}, language=language))
    title = escape(render("links.page.over_title", {}, language=language))
    return _page(found.link, secrets.token_urlsafe(16), status=410, title=title, body=f"<p>{text}</p>", open="", script="")


def _page(link: ContactLink, nonce: str, *, status: int = 200, **parts: str) -> HttpResponse:
    policy = (
        f"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; img-src 'self'; frame-src 'self'; object-src 'self'; "
        "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    )
    body = _PAGE.format(language=escape(link.workspace.locale), nonce=nonce, style=_STYLE, **parts)
    return HttpResponse(body, status=status, headers={**_HEADERS, "Content-Security-Policy": policy})
