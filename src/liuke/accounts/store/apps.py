"""Registers the step's tables with Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Tables of the step `accounts`."""

    name = "liuke.accounts.store"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
