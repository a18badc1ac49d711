"""The password policy, with all faults at once and in the reader's language."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from liuke.accounts.store.models import User
from liuke.base.errors import Invalid
from liuke.base.words import LANGUAGES, render

CODES = {"password_too_short": "password_too_short", "password_too_common": "password_too_common"}


def password_check(password: str, *, user: User | None, language: str) -> None:
    """Raises Invalid("password_weak", faults=[{"where", "message"}]) with everything that is wrong with it."""
    try:
        validate_password(password, user)
    except ValidationError as refusal:
        found = [CODES.get(str(error.code), "password_weak") for error in refusal.error_list]
        faults = [{"where": "password", "message": render(f"errors.{code}", {}, language=language)} for code in found]
        raise Invalid("password_weak", faults=faults) from refusal


def email_clean(email: str) -> str:
    """Trimmed and in lower case. Raises Invalid("email_invalid")."""
    cleaned = email.strip().lower()
    try:
        validate_email(cleaned)
    except ValidationError as refusal:
        raise Invalid("email_invalid", email=email) from refusal
    return cleaned


def name_clean(name: str) -> str:
    """Trimmed, 1 to 80 characters. Raises Invalid("name_invalid")."""
    cleaned = name.strip()
    if not 0 < len(cleaned) <= 80:
        raise Invalid("name_invalid", limit=80)
    return cleaned


def language_clean(language: str) -> str:
    """One of the product's languages. Raises Invalid("language_invalid")."""
    if language not in LANGUAGES:
        raise Invalid("language_invalid", language=language, allowed=list(LANGUAGES))
    return language
