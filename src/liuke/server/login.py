"""How people get in: by invitation only, with secrets of the second factor encrypted at rest."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest

from liuke.base.sealed import decrypt, encrypt

PURPOSE = "mfa"


class LoginAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no types
    """Closes open sign-up: an account comes from first-run set-up or an invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Never."""
        return False


class SealedMfaAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth has no types
    """TOTP keys and recovery codes are readable only with the installation's secret, which is not in the database."""

    def encrypt(self, text: str) -> str:
        """Called by allauth before it stores a secret."""
        return encrypt(text, secret=bytes.fromhex(settings.SECRET_KEY), purpose=PURPOSE).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Called by allauth when it reads one."""
        return decrypt(encrypted_text.encode(), secret=bytes.fromhex(settings.SECRET_KEY), purpose=PURPOSE)
