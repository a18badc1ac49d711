"""How people get in: by invitation only."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class LoginAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no types
    """Closes open sign-up: an account comes from first-run set-up or an invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Never."""
        return False
