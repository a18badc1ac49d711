"""The session, first run, own profile, invitations."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from liuke.show.api.schemas.accounts import InvitationIn, InvitationOut, MeIn, MeOut, SessionOut, SetupIn
from liuke.show.api.schemas.common import OkOut

router = Router(tags=["session"])


@router.get("/session", response=SessionOut)
def session_get(request: HttpRequest) -> SessionOut:
    """What the web app needs first; open to everybody."""
    raise NotImplementedError


@router.post("/setup", response=SessionOut)
def setup_run(request: HttpRequest, data: SetupIn) -> SessionOut:
    """First run: creates the admin and logs in. Conflict once anybody exists."""
    raise NotImplementedError


@router.patch("/me", response=MeOut)
def me_update(request: HttpRequest, data: MeIn) -> MeOut:
    """Own name, phone, language or password."""
    raise NotImplementedError


@router.get("/invitations/{token}", response=InvitationOut)
def invitation_get(request: HttpRequest, token: str) -> InvitationOut:
    """Who is invited where."""
    raise NotImplementedError


@router.post("/invitations/{token}", response=OkOut)
def invitation_accept(request: HttpRequest, token: str, data: InvitationIn) -> OkOut:
    """Sets the password and logs in."""
    raise NotImplementedError
