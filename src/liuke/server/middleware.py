"""What every answer of Django carries."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBadRequest, HttpResponseBase

NEXT = Callable[[HttpRequest], HttpResponseBase]


def private_answers(get_response: NEXT) -> NEXT:
    """Answers depend on who asks: no cache keeps them, unless a view says otherwise. An address with NUL has none."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = HttpResponseBadRequest() if "\0" in request.path else get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        return response

    return middleware
