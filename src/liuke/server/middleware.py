"""What every answer of Django carries, and what is noted of every request."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBadRequest, HttpResponseBase

from liuke.base.logs import fields
from liuke.base.metering import meter
from liuke.base.tracing import request_id_of, tracing

NEXT = Callable[[HttpRequest], HttpResponseBase]
REQUEST_ID = "X-Request-ID"
access = logging.getLogger("liuke.access")


def traced(get_response: NEXT) -> NEXT:
    """Every request has an id: the caller's if it is sane, else a new one. It is answered, logged and kept on jobs it enqueues.

    Requests are counted by the route's template, never by the address itself: that one may name a customer or hold a token.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request_id = request_id_of(request.headers.get(REQUEST_ID, ""))
        begun = time.perf_counter()
        with tracing(request_id=request_id):
            response = get_response(request)
            response.headers[REQUEST_ID] = request_id
            _note(request, response.status_code, time.perf_counter() - begun)
        return response

    return middleware


def _note(request: HttpRequest, status: int, seconds: float) -> None:
    route = f"/{request.resolver_match.route}" if request.resolver_match else "unknown"
    method = request.method or ""
    meter.count("liuke_http_requests_total", route=route, method=method, status=str(status))
    meter.time("liuke_http_request_seconds", seconds, route=route, method=method)
    access.info("%s %s %s", method, route, status, extra=fields(duration_ms=round(seconds * 1000, 1), status=status))


def private_answers(get_response: NEXT) -> NEXT:
    """Answers depend on who asks: no cache keeps them, unless a view says otherwise. An address with NUL has none."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = HttpResponseBadRequest() if "\0" in request.path else get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        return response

    return middleware
