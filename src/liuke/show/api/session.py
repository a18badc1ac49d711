"""The session, first run, own profile, invitations."""

from __future__ import annotations

from importlib.metadata import version

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest
from django.middleware.csrf import get_token
from ninja import Router

from liuke.accounts import service as accounts
from liuke.accounts.store.auth import keep_session, log_in, visits_of
from liuke.accounts.store.models import User
from liuke.base.errors import Invalid
from liuke.show.api.gate import user_of
from liuke.show.api.schemas.accounts import InvitationIn, InvitationOut, MeIn, MeOut, SessionOut, SetupIn
from liuke.show.api.schemas.common import OkOut
from liuke.show.queries.reader import word
from liuke.show.queries.workspace import workspace_out

router = Router(tags=["session"])


def me_out(user: User) -> MeOut:
    """The own account."""
    language = word(user.language)
    return MeOut(id=user.pk, email=user.email, name=user.name, phone=user.phone, language=language, mfa_enabled=is_mfa_enabled(user))


def session_out(request: HttpRequest) -> SessionOut:
    """Who is logged in, and where they belong; sets the CSRF cookie that every change needs."""
    get_token(request)
    user = request.user if isinstance(request.user, User) and request.user.is_active else None
    return SessionOut(
        needs_setup=user is None and accounts.installation_needs_setup(),
        version=version("liuke"),
        csp_nonce=getattr(request, "csp_nonce", ""),
        me=me_out(user) if user else None,
        workspaces=[workspace_out(visit.workspace, visit.actor) for visit in visits_of(user)] if user else [],
    )


@router.get("/session", response=SessionOut, auth=None)
def session_get(request: HttpRequest) -> SessionOut:
    """What the web app needs first; open to everybody."""
    return session_out(request)


@router.post("/setup", response=SessionOut, auth=None)
def setup_run(request: HttpRequest, data: SetupIn) -> SessionOut:
    """First run: creates the admin and logs in. Conflict once anybody exists."""
    user = accounts.installation_setup(name=data.name, email=data.email, password=data.password, language=data.language)
    log_in(request, user)
    return session_out(request)


@router.patch("/me", response=MeOut)
def me_update(request: HttpRequest, data: MeIn) -> MeOut:
    """Own name, phone, language or password."""
    user = user_of(request)
    if data.new_password is not None:
        if data.current_password is None:
            raise Invalid("password_wrong")
        accounts.password_change(user=user, current=data.current_password, new=data.new_password)
        keep_session(request, user)
    return me_out(accounts.profile_update(user=user, name=data.name, phone=data.phone, language=data.language))


@router.get("/invitations/{token}", response=InvitationOut, auth=None)
def invitation_get(request: HttpRequest, token: str) -> InvitationOut:  # noqa: ARG001 - a view
    """Who is invited where."""
    invitation = accounts.invitation_read(token=token)
    user = invitation.membership.user
    return InvitationOut(email=user.email, name=user.name, workspace=invitation.workspace.name)


@router.post("/invitations/{token}", response=OkOut, auth=None)
def invitation_accept(request: HttpRequest, token: str, data: InvitationIn) -> OkOut:
    """Sets the password and logs in."""
    log_in(request, accounts.invitation_accept(token=token, password=data.password))
    return OkOut()
