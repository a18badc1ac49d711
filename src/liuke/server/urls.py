"""Addresses that Django answers: the API, allauth's headless log-in, health. `asgi.py` routes the rest elsewhere."""

from __future__ import annotations

from allauth.headless.urls import urlpatterns as headless_patterns
from django.conf import settings
from django.http import HttpRequest, HttpResponseNotFound, JsonResponse
from django.urls import URLPattern, URLResolver, include, path

from liuke.server.health import healthz
from liuke.server.metrics import metrics
from liuke.show.api.callbacks import callback
from liuke.show.api.link_pages import link_file, link_seen
from liuke.show.api.login import login_begin, login_done
from liuke.show.api.main import api
from liuke.show.api.public import open_pixel, tracked_link, unsubscribe_page
from liuke.show.api.public_survey import interview_page, survey_page
from liuke.show.api.visits import calendar_read


def no_mail(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - a view
    """Forgotten passwords need a mail server; without one an admin makes a reset link."""
    return JsonResponse({"status": 409, "errors": [{"code": "mail_is_off", "message": "mail_is_off"}]}, status=409)


def closed(request: HttpRequest) -> HttpResponseNotFound:  # noqa: ARG001 - a view
    """The address is how people are recognised and invited: nobody gives themselves another one, still less unproved."""
    return HttpResponseNotFound()


_closed = [path(f"_allauth/{client}/v1/account/{name}", closed) for client in ("browser", "app") for name in ("email", "phone")]
_reset = [] if settings.MAIL else [path("_allauth/browser/v1/auth/password/request", no_mail)]
urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz),
    path("metrics", metrics),
    path("api/v1/", api.urls),
    path("u/<str:token>", unsubscribe_page),
    path("t/<str:token>", tracked_link),
    path("t/<str:token>/file", link_file),
    path("t/<str:token>/seen", link_seen),
    path("s/<str:token>", survey_page),
    path("i/<str:token>", interview_page),
    path("o/<str:token>.gif", open_pixel),
    path("api/callbacks/<int:channel_id>/<str:path_secret>", callback),
    path("api/login/<int:channel_id>/begin", login_begin),
    path("api/login/<int:channel_id>/done", login_done),
    path("api/calendar/<str:token>.ics", calendar_read),
    *_reset,
    *_closed,
    path("_allauth/", include(headless_patterns)),
]
