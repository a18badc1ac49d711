"""What people change about themselves."""

from __future__ import annotations

from django.db import transaction

from liuke.accounts.service.passwords import language_clean, name_clean, password_check
from liuke.accounts.store.models import User
from liuke.base.errors import Invalid


@transaction.atomic
def profile_update(*, user: User, name: str | None = None, phone: str | None = None, language: str | None = None) -> User:
    """Absent fields stay. Raises Invalid."""
    user.name = user.name if name is None else name_clean(name)
    user.language = user.language if language is None else language_clean(language)
    if phone is not None:
        if len(phone.strip()) > 32:
            raise Invalid("phone_invalid", limit=32)
        user.phone = phone.strip()
    user.save(update_fields=["name", "phone", "language"])
    return user


@transaction.atomic
def password_change(*, user: User, current: str, new: str) -> User:
    """The own password; all other sessions of the person end. Call `store.auth.keep_session` to keep the present one.

    Raises Invalid("password_wrong") or Invalid("password_weak").
    """
    if not user.check_password(current):
        raise Invalid("password_wrong")
    password_check(new, user=user, language=user.language)
    user.set_password(new)
    user.save(update_fields=["password"])
    return user
