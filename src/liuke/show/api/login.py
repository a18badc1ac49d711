"""Log-in through a messenger: `/api/login/<channel>/begin` leads to the vendor, `…/done` is where the vendor leads back to."""

from __future__ import annotations

import hmac
import secrets
import time
from urllib.parse import urlencode

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET

from liuke.accounts.service.limits import callback_allow
from liuke.act.outgoing.logins import login_address, login_channel, login_member, login_recorded
from liuke.base.errors import Forbidden, NotFound, TooMany

STATE = "messenger_login"
LASTS = 600
"""Seconds for scanning."""


@require_GET
def login_begin(request: HttpRequest, channel_id: int) -> HttpResponse:
    """Remember a nonce in the session and go to the vendor. `inside=1`: the page is open in the messenger itself."""
    try:
        callback_allow(channel_id=channel_id)
        channel = login_channel(channel_id)
    except NotFound:
        return HttpResponse(status=404)
    except TooMany:
        return HttpResponse(status=429)
    state = secrets.token_urlsafe(24)
    request.session[STATE] = {"state": state, "channel": channel_id, "next": own_path(request.GET.get("next", "")), "at": int(time.time())}
    return HttpResponseRedirect(login_address(channel, state=state, inside=request.GET.get("inside") == "1"))


@require_GET
def login_done(request: HttpRequest, channel_id: int) -> HttpResponse:
    """The vendor's code becomes a session, by the same steps as a password: who has a second factor is asked for it."""
    begun = request.session.pop(STATE, None) or {}
    to = own_path(str(begun.get("next", "")))
    if not _is_ours(begun, channel_id, request.GET.get("state", "")):
        return _back(to, im="state")
    try:
        callback_allow(channel_id=channel_id)
        channel = login_channel(channel_id)
        member = login_member(channel, request.GET.get("code", ""))
    except Forbidden as refused:
        return _back(to, im=refused.code)
    except (NotFound, TooMany):
        return _back(to, im="login_refused")
    login_recorded(channel, member)
    perform_login(request, Login(user=member.user))
    return HttpResponseRedirect(to) if request.user.is_authenticated else _back(to, step="code")


def own_path(path: str) -> str:
    """A path of this site; the first page for anything else."""
    fine = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() and "\\" not in path
    return path if fine else "/"


def _is_ours(begun: dict[str, object], channel_id: int, state: str) -> bool:
    at = begun.get("at")
    fresh = isinstance(at, int) and 0 <= time.time() - at <= LASTS
    return fresh and begun.get("channel") == channel_id and hmac.compare_digest(str(begun.get("state", "")).encode(), state.encode())


def _back(to: str, **more: str) -> HttpResponse:
    return HttpResponseRedirect(f"/login?{urlencode({'next': to, **more})}")
