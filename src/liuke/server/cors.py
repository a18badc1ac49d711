"""Pages of other sites may send activities, with a key that names their origin; everything else stays with our own pages.

A browser asks first (OPTIONS), without the key: it hears yes for an origin that some key of pages names. What then comes must carry a
key that names it. Requests without an origin are no browser's; their key alone decides.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

from liuke.accounts.store.origins import origin_allowed, origin_known
from liuke.base.words import render

NEXT = Callable[[HttpRequest], HttpResponseBase]
PATH = "/api/v1/activities"
_REMEMBERED = "600"
"""Seconds for which a browser need not ask again."""


def pages_of_others(get_response: NEXT) -> NEXT:
    """Middleware for the one address that pages of other sites may call."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        origin = request.headers.get("Origin", "")
        if request.path.rstrip("/") != PATH or not origin or _is_own(origin, request):
            return get_response(request)
        if request.method == "OPTIONS":
            return _asked(origin)
        if not origin_allowed(origin, request.headers.get("Authorization", "")):
            return _refused(origin)
        return _open(get_response(request), origin)

    return middleware


def _is_own(origin: str, request: HttpRequest) -> bool:
    return urlsplit(origin).netloc == request.get_host()


def _asked(origin: str) -> HttpResponse:
    answer = HttpResponse(status=204)
    if not origin_known(origin):
        return answer
    answer.headers["Access-Control-Allow-Methods"] = "POST"
    answer.headers["Access-Control-Allow-Headers"] = "authorization, content-type, content-encoding, idempotency-key"
    answer.headers["Access-Control-Max-Age"] = _REMEMBERED
    _open(answer, origin)
    return answer


def _refused(origin: str) -> JsonResponse:
    """The shape of every error; a browser shows it in its console only."""
    message = render("errors.origin_not_allowed", {"origin": origin[:200]}, language="en")
    body = {"code": "origin_not_allowed", "message": message, "params": {}, "faults": [], "request_id": ""}
    answer = JsonResponse(body, status=403)
    answer.headers["Vary"] = "Origin"
    return answer


def _open(answer: HttpResponseBase, origin: str) -> HttpResponseBase:
    answer.headers["Access-Control-Allow-Origin"] = origin
    answer.headers["Access-Control-Expose-Headers"] = "Retry-After"
    answer.headers["Vary"] = "Origin"
    return answer
