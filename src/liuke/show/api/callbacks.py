"""Where vendors call: `/api/callbacks/<channel>/<secret>`. Nobody is logged in; the channel's kind verifies who speaks."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from liuke.accounts.service.limits import callback_allow
from liuke.act.domain.channel_events import Request
from liuke.act.outgoing.callbacks import LONGEST_BODY, callback_hear
from liuke.base.errors import NotFound, TooMany


@csrf_exempt
@require_http_methods(["GET", "POST"])
def callback(request: HttpRequest, channel_id: int, path_secret: str) -> HttpResponse:
    """Verified and stored before the answer; the work comes later. Strangers learn nothing: 404 for whatever is not right."""
    try:
        callback_allow(channel_id=channel_id)
        if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST_BODY:
            return HttpResponse(status=413)
        told = Request(request.method or "GET", request.GET.dict(), _headers(request), request.body)
        answer = callback_hear(channel_id=channel_id, secret=path_secret, request=told)
    except NotFound:
        return HttpResponse(status=404)
    except TooMany:
        return HttpResponse(status=429, headers={"Retry-After": "1"})
    return HttpResponse(answer.body, status=answer.status, content_type=answer.content_type)


def _headers(request: HttpRequest) -> Mapping[str, str]:
    return {name.lower(): value for name, value in request.headers.items()}
